import { routes } from '@/lib/routes'
import { inHours } from '@/lib/testing/in-hours'
import { openList } from './alive'
import { expect, test } from './fixtures'
import {
  chooseLast,
  expectNames,
  minutesAgo,
  policy,
  policyRow,
  policyTable,
  pullFrom,
  registry,
  run,
  scheduled,
} from './policies'
import { expectRow } from './rows'

const registries = [registry(3, 'harbor-frankfurt'), registry(4, 'harbor-paris')]

const last = 'Last run (repositories)'
const daysAgo = (days: number) => minutesAgo(days * 24 * 60)

test('see how each policy went last, when it runs next, and which are late', async ({ page, place, accessible }) => {
  const hourly = scheduled('0 0 * * * *')
  const yesterday = { created_at: minutesAgo(26 * 60), updated_at: minutesAgo(26 * 60 - 5) }
  const own = await place({
    registries: [...registries, registry(5, 'harbor-rome', { status: 'unhealthy' })],
    policies: [
      policy(1, 'all-well', scheduled(inHours(3))),
      policy(2, 'some-failed', pullFrom(5)),
      policy(3, 'nothing-there'),
      policy(4, 'under-way'),
      policy(5, 'stopped'),
      policy(6, 'from-the-future'),
      policy(7, 'never-ran'),
      policy(8, 'forgotten', { ...hourly, updated_at: daysAgo(3) }),
      policy(9, 'failed-and-forgotten', { ...hourly, updated_at: daysAgo(3) }),
      // Nobody may be accused for what was asked of it a moment ago, nor while it is off.
      policy(10, 'just-made', { ...hourly, updated_at: minutesAgo(2) }),
      policy(11, 'asleep', { ...hourly, updated_at: daysAgo(3), enabled: false }),
    ],
    executions: [
      run(1, 1, 'Succeed', { total: 12, succeed: 12 }),
      run(2, 2, 'Failed', { total: 40, succeed: 37, failed: 3 }),
      run(3, 3, 'Succeed', { total: 0, succeed: 0 }),
      run(4, 4, 'InProgress', { total: 14, succeed: 9, in_progress: 5 }),
      run(5, 5, 'Stopped'),
      run(6, 6, 'Levitating'),
      run(8, 8, 'Succeed', { ...yesterday, trigger: 'scheduled' }),
      run(9, 9, 'Failed', { ...yesterday, trigger: 'scheduled', succeed: 0, failed: 4 }),
    ],
    deadSchedules: [8, 9, 10],
  })
  await openList(page, routes.replication(own))
  const shows = (name: string, cells: Parameters<typeof expectRow>[2]) => expectRow(policyTable(page), name, cells)
  await shows('all-well', { [last]: /^Succeeded, 12 of 12/, Schedule: /next in [23] hours$/ })
  await shows('some-failed', { [last]: /^3 of 40 failed/, Registry: 'Pulls from harbor-rome Unhealthy' })
  await shows('nothing-there', { [last]: /^No matches/ })
  await shows('under-way', { [last]: /^Running, 9 of 14 started/, Schedule: 'Manual running now' })
  await shows('stopped', { [last]: /^Stopped/ })
  await shows('from-the-future', { [last]: /^Levitating/ })
  await shows('never-ran', { [last]: 'Never ran' })
  await shows('forgotten', { [last]: /^Late/, Schedule: /missed 2[0-9] runs next in / })
  // What went wrong is said before that nothing came after it.
  await shows('failed-and-forgotten', { [last]: /^4 of 4 failed/, Schedule: /missed 2[0-9] runs/ })
  await shows('just-made', { [last]: 'Never ran', Schedule: expect.not.stringContaining('missed') })
  await shows('asleep', { [last]: 'Never ran', Schedule: expect.not.stringMatching(/missed|next in/) })
  await accessible()

  for (const [option, names] of [
    ['Late', ['failed-and-forgotten', 'forgotten']],
    ['Never ran', ['asleep', 'just-made', 'never-ran']],
    ['Partially failed', ['some-failed']],
    ['No matches', ['nothing-there']],
    ['Unknown', ['from-the-future']],
  ] as const) {
    await chooseLast(page, option)
    await expectNames(page, names)
    await expect(page.getByText(`1–${names.length} of ${names.length} (filtered from 11)`)).toBeVisible()
  }
  // The run itself is one press away.
  await chooseLast(page, 'Partially failed')
  await expectNames(page, ['some-failed'])
  const link = policyRow(page, 'some-failed').getByRole('link', { name: '3 of 40 failed' })
  await expect(link).toHaveAttribute('href', routes.replicationRun(own, 2, 2))
})

test('watch a run from the list: it moves by itself, and rests when the run has ended', async ({ page, place }) => {
  const repositories = ['web', 'api', 'worker', 'cron'].map((name) => ({ name, tags: ['1.0'] }))
  const own = await place({
    registries,
    namespaces: [{ name: 'library', repositories }],
    policies: [policy(1, 'release'), policy(2, 'other')],
  })
  await own.pace(60)
  await page.goto(routes.replication(own))
  await expectRow(policyTable(page), 'release', { [last]: 'Never ran' })
  await page.getByRole('checkbox', { name: 'Select release' }).check()
  await page.getByRole('button', { name: 'Run 1' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Run 1' }).click()
  await expectRow(policyTable(page), 'release', { Schedule: 'Manual running now', [last]: /^Running/ })
  await own.pace(0)
  await expectRow(policyTable(page), 'release', { [last]: /^Succeeded, 4 of 4/ }, { timeout: 30_000 })
  await expectRow(policyTable(page), 'other', { [last]: 'Never ran' })
})

test('policies whose runs are long past still say how these went', async ({ page, place }) => {
  // More runs than the console reads of an instance at once, and one policy that ran before all of them.
  const busy = Array.from({ length: 1_100 }, (_, index) => run(index + 10, 1, 'Succeed'))
  const own = await place({
    registries,
    policies: [policy(1, 'busy'), policy(2, 'rare'), policy(3, 'never')],
    executions: [
      run(1, 2, 'Failed', { created_at: daysAgo(90), updated_at: daysAgo(90), succeed: 0, failed: 4 }),
      ...busy.map((each, index) => ({
        ...each,
        created_at: minutesAgo(2_000 - index),
        updated_at: minutesAgo(2_000 - index),
      })),
    ],
  })
  await page.goto(routes.replication(own))
  await expectRow(policyTable(page), 'busy', { [last]: /^Succeeded, 4 of 4/ })
  await expectRow(policyTable(page), 'rare', { [last]: /^4 of 4 failed/ })
  await expectRow(policyTable(page), 'never', { [last]: 'Never ran' })
  await expect(page.getByText("Some last runs couldn't be loaded")).toBeHidden()
  const one = (await own.received('GET')).filter(({ query }) => query.policy_id !== undefined)
  expect(one.map(({ query }) => query.policy_id).sort()).toEqual(['2', '3'])
})
