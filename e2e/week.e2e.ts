import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import {
  expectNoSidewaysScroll,
  minutesAgo,
  policy,
  pushTo,
  registry,
  run,
  scheduled,
  withoutScripts,
} from './policies'
import { retention } from './retentions'
import { expectRow, expectRows } from './rows'

const registries = [registry(3, 'harbor-frankfurt'), registry(4, 'harbor-paris')]

/** Five that crowd every night around two, one beside them, one that is off, one that nobody can read. */
const content = {
  namespaces: [{ name: 'library', repositories: [] }],
  registries,
  policies: [
    policy(1, 'alpha', scheduled('0 0 2 * * *')),
    policy(2, 'bravo', scheduled('0 5 2 * * *', pushTo(4))),
    policy(3, 'charlie', scheduled('0 10 2 * * *')),
    policy(4, 'delta', scheduled('0 14 2 * * *')),
    policy(5, 'alone', scheduled('0 0 15 * * 1')),
    policy(6, 'asleep', scheduled('0 2 2 * * *', { enabled: false })),
    policy(7, 'unreadable', scheduled('every now and then')),
    policy(8, 'by-hand'),
  ],
  retentions: [
    retention(1, 'keep-releases', scheduled('0 12 2 * * *')),
    retention(2, 'keep-by-hand', { namespace_name: 'payments' }),
  ],
  executions: [1, 2, 3].map((id) =>
    run(id, 1, 'Succeed', { created_at: minutesAgo(id * 1_440), updated_at: minutesAgo(id * 1_440 - 7) }),
  ),
  // How long they take is told by these runs alone.
  deadSchedules: [1, 2, 3, 4, 5],
}

test('see where the schedules of an instance crowd, in words as well', async ({ page, place, accessible }) => {
  const own = await place(content)
  await page.goto(routes.replication(own))
  await page.getByRole('link', { name: 'Weekly schedule' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Weekly schedule' })).toBeVisible()
  const html = withoutScripts(await (await page.request.get(routes.week(own))).text())
  for (const text of ['alpha', 'keep-releases', 'Peak times']) expect(html).toContain(text)

  await page.getByRole('radio', { name: 'UTC' }).check()
  const crowds = page.getByRole('table', { name: 'Peak times' })
  // What is off crowds nobody.
  await expectRows(crowds, [{ Time: 'Every day, 02:00–02:15', Count: '5' }])
  await expect(crowds.getByRole('link')).toHaveText(['alpha', 'bravo', 'charlie', 'keep-releases', 'delta'])

  const all = page.getByRole('table', { name: 'All schedules' })
  const [many, usual] = ['Runs in 7 days', 'Usual duration']
  await expectRow(all, 'alpha', {
    Policy: 'alpha Replication · harbor-frankfurt',
    Schedule: /^Every day at 02:00 UTC/,
    [many]: '7',
    [usual]: '7 min',
  })
  await expectRow(all, 'alone', { Schedule: /^Every Mon at 15:00 UTC/, [many]: '1', [usual]: 'Unknown' })
  await expectRow(all, 'asleep', { Policy: /disabled$/ })
  await expectRow(all, 'unreadable', { Schedule: /every now and then/, [many]: 'None' })
  await expectRow(all, 'keep-releases', { Policy: 'keep-releases Retention · library' })
  await expect(page.getByText('by-hand')).toHaveCount(0)
  await accessible()
  await all.getByRole('link', { name: 'keep-releases' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'keep-releases' })).toBeVisible()
})

test('switch between one’s own zone and UTC; the choice is remembered', async ({ page, place }) => {
  const own = await place(content)
  await page.goto(routes.week(own))
  const crowds = page.getByRole('table', { name: 'Peak times' })
  // The tests' browser stands in Shanghai, eight hours ahead.
  await expect(page.getByRole('radio', { name: 'Your time (Asia/Shanghai)' })).toBeChecked()
  await expectRows(crowds, [{ Time: 'Every day, 10:00–10:15' }])
  await page.getByRole('radio', { name: 'UTC' }).check()
  await expectRows(crowds, [{ Time: 'Every day, 02:00–02:15' }])
  const answer = await page.reload()
  expect(withoutScripts((await answer?.text()) ?? '')).toContain('02:00–02:15')
  await expect(page.getByRole('radio', { name: 'UTC' })).toBeChecked()
})

test('look at the week by registry, by the address', async ({ page, place, accessible }) => {
  const own = await place(content)
  await page.goto(routes.week(own))
  const strip = page.getByRole('figure', { name: 'Runs over 7 days' })
  await expect(strip.getByRole('listitem')).toHaveCount(8)
  await expect(strip.getByRole('listitem').filter({ hasText: 'asleep' })).toContainText('disabled')
  await page.getByRole('radio', { name: 'By registry' }).check()
  await expect(page).toHaveURL(/by=registry/)
  await expect(strip.getByRole('listitem')).toHaveText([
    /harbor-frankfurt.*29 runs/,
    /harbor-paris.*7 runs/,
    /Retention.*7 runs/,
  ])
  await page.reload()
  await expect(strip.getByRole('listitem')).toHaveCount(3)
  await accessible()
})

test('search and narrow the schedules of the week, a page at a time', async ({ page, place }) => {
  const many = Array.from({ length: 25 }, (_, at) =>
    policy(at + 20, `quiet-${at}`, scheduled(`0 ${at % 60} ${4 + (at % 12)} * * *`)),
  )
  const own = await place({ ...content, policies: [...content.policies, ...many] })
  await page.goto(routes.week(own))
  const rows = page.getByRole('table', { name: 'All schedules' }).getByRole('rowheader')
  await expect(rows).toHaveCount(20)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page).toHaveURL(/page=2/)
  await expect(rows).toHaveCount(13)
  await page.getByRole('combobox', { name: 'Registry' }).selectOption('harbor-paris')
  await expect(rows).toHaveText([/^bravo/])
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('button', { name: 'Crowded times only' }).click()
  await expect(rows).toHaveCount(5)
  await page.getByRole('searchbox').fill('keep')
  await expect(rows).toHaveText([/^keep-releases/])
  await page.reload()
  await expect(rows).toHaveText([/^keep-releases/])
  await page.getByRole('searchbox').fill('nowhere')
  await expect(page.getByText('No schedule matches')).toBeVisible()
})

test('a week without schedules says what would be here', async ({ page, place }) => {
  const own = await place({ registries, policies: [policy(1, 'by-hand')] })
  await page.goto(routes.week(own))
  await expect(page.getByRole('main')).toContainText('No scheduled policies')
  await page.getByRole('main').getByRole('link', { name: 'Replication policies' }).last().click()
  await expect(page.getByRole('heading', { level: 1, name: 'Replication policies' })).toBeVisible()
})

for (const width of [360, 1920]) {
  test.describe(`at ${width} pixels`, () => {
    test.use({ viewport: { width, height: 900 }, colorScheme: 'dark', locale: 'zh-CN' })

    test('the week fits', async ({ page, place, accessible }) => {
      const own = await place(content)
      await page.goto(routes.week(own))
      await expect(page.getByRole('heading', { level: 1, name: '每周计划' })).toBeVisible()
      await expect(page.getByRole('table', { name: '高峰时段' })).toContainText('每天 10:00–10:15')
      await expectNoSidewaysScroll(page)
      await accessible()
    })
  })
}
