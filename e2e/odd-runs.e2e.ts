import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { minutesAgo, policy, policyTable, registry, run } from './policies'
import { expectRow } from './rows'
import { chip, progress, small, start, subtask, tagTable, task, why } from './runs'

/* Runs that are neither success nor failure, and as Harbor really runs them: they hang, and a later one copies what failed. */

const registries = [registry(3, 'frankfurt')]

/** As Harbor names the one image of a repository. */
const whole = (id: number) => {
  const resource = `library/app-${id} [1 item(s) in total]`
  return { src_resource: resource, dst_resource: resource, start_time: undefined, end_time: undefined }
}

test('a run that hangs says so in the list, on its page and in the checks', async ({ page, place, accessible }) => {
  const days = (count: number) => minutesAgo(count * 24 * 60)
  const hourly = { type: 'scheduled', trigger_settings: { cron: '0 0 * * * *' } }
  const own = await place({
    registries,
    policies: [policy(1, 'nightly', { trigger: hourly, updated_at: days(30) })],
    deadSchedules: [1],
    executions: [
      run(1, 1, 'Succeed', { created_at: days(10), updated_at: days(10), trigger: 'scheduled' }),
      run(2, 1, 'InProgress', { created_at: days(9), updated_at: days(9), trigger: 'scheduled', succeed: 0 }),
    ],
    tasks: { 2: [task(3, 'InProgress', whole(3))] },
  })
  await page.goto(routes.replication(own))
  await expectRow(policyTable(page), 'nightly', {
    'Last run (repositories)': /^Stuck/,
    Schedule: /missed \d+ runs/,
  })
  await page.goto(routes.replicationRun(own, 1, 2))
  await expect(page.getByRole('heading', { level: 2, name: 'This run is stuck' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeEnabled()
  await accessible()
  await page.goto(routes.checks(own))
  await expect(page.getByRole('region', { name: 'Run is stuck' })).toContainText(
    /The run of nightly has made no progress for 9 days/,
  )
})

test('a later run that copied what had failed is named in the rows and above them', async ({ page, place }) => {
  const own = await place({
    registries,
    policies: [policy(1, 'nightly')],
    executions: [
      run(1, 1, 'Failed', { total: 1, succeed: 0, failed: 1, created_at: minutesAgo(90) }),
      run(2, 1, 'Succeed', { total: 1, succeed: 1, created_at: minutesAgo(30) }),
    ],
    tasks: { 1: [task(3, 'Failed', whole(3))], 2: [task(4, 'Succeed', whole(3))] },
    subtasks: {
      3: [subtask(3, 'Failed', { status_text: "400 Bad Request: Invalid image, fail to parse 'manifest.json'" })],
      4: [subtask(4, 'Succeed', { repository: 'app-3' })],
    },
  })
  await page.goto(routes.replicationRun(own, 1, 1))
  await expect(page.getByText('Everything that failed in this run has been copied since.')).toBeVisible()
  const row = tagTable(page).getByRole('row').filter({ hasText: 'library/app-3:v1' })
  await expectRow(tagTable(page), 'library/app-3:v1', { Status: 'Failed copied later by Run 2' })
  await expect(page.getByRole('button', { name: /^Retry failed/ })).toHaveCount(0)
  // The text stands once, with its cause; in the row it is opened on demand.
  await expect(why(page)).toContainText("The target doesn't accept image indexes")
  await expect(why(page)).toContainText('oci-mediatypes=false, provenance=false')
  const text = row.getByText("fail to parse 'manifest.json'")
  await expect(text).toBeHidden()
  await row.getByText("The target doesn't accept image indexes").click()
  await expect(text).toBeVisible()
})

test('nothing matched is neither success nor failure, and says what to look at', async ({
  page,
  place,
  request,
  accessible,
}) => {
  const filters = [
    { type: 'name', value: 'libary/**' },
    { type: 'tag', value: 'v*' },
  ]
  const own = await place({ ...small, policies: [policy(1, 'nightly', { filters })] })
  await own.pace(0)
  await start(request, own)
  await page.goto(routes.replicationRun(own, 1, 1))
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { level: 2, name: 'No matches' })).toBeVisible()
  await expect(main).toContainText('libary/**')
  await expect(main).toContainText('v*')
  await expect(tagTable(page)).toBeHidden()
  await expect(main.getByRole('link', { name: 'Edit policy' })).toHaveAttribute('href', routes.replicationEdit(own, 1))
  await accessible()
})

test('a run that failed before it began says why, and where to mend it', async ({
  page,
  place,
  request,
  accessible,
}) => {
  const own = await place({ ...small, registries: [] })
  await own.pace(0)
  await start(request, own)
  await page.goto(routes.replicationRun(own, 1, 1))
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { name: 'The run failed before copying anything' })).toBeVisible()
  await expect(main).toContainText('failed to get registry 3: not found')
  await expect(main).toContainText('Select another registry in the policy.')
  await expect(main.getByRole('link', { name: 'Edit policy' })).toBeVisible()
  await expect(progress(page)).toBeHidden()
  await accessible()
})

test('whatever SWR writes is understood or shown as it is', async ({ page, place }) => {
  const spelled = [
    ['Initialized', 'Waiting'],
    ['Scheduled', 'Waiting'],
    ['Running', 'Copying'],
    ['SUCCESS', 'Copied'],
    ['Error', 'Failed'],
    ['Stopped', 'Stopped'],
    ['Hibernating', 'Hibernating'],
  ] as const
  const own = await place({
    ...small,
    executions: [run(1, 1, 'Dreaming', { total: 7, status_text: 'deep' })],
    tasks: { 1: spelled.map(([status], at) => task(at + 1, status)) },
    subtasks: Object.fromEntries(spelled.map(([status], at) => [at + 1, [subtask(at + 1, status, { flow: null })]])),
  })
  await page.goto(routes.replicationRun(own, 1, 1))
  await expect(page.getByText('Dreaming', { exact: true })).toBeVisible()
  await expect(page.getByText('deep', { exact: true })).toBeVisible()
  for (const [at, [, word]] of spelled.entries())
    await expectRow(tagTable(page), `library/app-${at + 1}:v1`, { Status: word })
  await expect(why(page)).toContainText('No reason given by SWR')
  await chip(page, 'Unknown 1').click()
  await expect(tagTable(page).getByRole('row')).toHaveCount(2)
})

test('odd rows take nothing down, and that something is missing is said', async ({ page, place }) => {
  const own = await place({
    ...small,
    executions: [
      run(1, 1, 'Failed', { total: 3, succeed: 1, failed: 2 }),
      run(2, 1, 'Succeed', { total: 9, succeed: 9 }),
    ],
    tasks: { 1: [null, { status: 'Failed' }, task(3, 'Failed', { start_time: 'soon', end_time: 7 })] },
    subtasks: {
      3: [null, subtask(3, 'Failed', { status_text: 'worker 7 gave up', end_time: '0001-01-01T00:00:00Z' })],
    },
  })
  await page.goto(routes.replicationRun(own, 1, 1))
  await expect(page.getByText('Not all of this run could be loaded.')).toBeVisible()
  // SWR's own first words say more than that the reason is another one.
  await expect(why(page).getByRole('heading', { level: 3 })).toHaveText('worker 7 gave up')
  await expect(chip(page, 'Failed 1')).toHaveAttribute('aria-pressed', 'true')
  await expect(tagTable(page).getByRole('row')).toHaveCount(2)
  await chip(page, 'Failed 1').click()
  await expect(tagTable(page).getByRole('row')).toHaveCount(3)
  await page.reload()
  await expect(tagTable(page).getByRole('row')).toHaveCount(3)
  // SWR keeps the counters of a run longer than what it did.
  await page.goto(routes.replicationRun(own, 1, 2))
  await expect(page.getByRole('main')).toContainText('9 of 9 repositories copied')
})
