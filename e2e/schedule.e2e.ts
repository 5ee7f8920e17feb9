import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { policy, registry, scheduled } from './policies'
import { choose, confirm, field, fillNew, heading, openNew, review, sent } from './replication-steps'
import { openForm, retention, save } from './retentions'
import { expectRows } from './rows'

const registries = [registry(3, 'frankfurt-dr')]
const often = (page: Page) => page.getByRole('combobox', { name: 'Frequency' })
const cron = (page: Page) => field(page, 'Cron expression')

test('schedule a weekly copy without writing cron', async ({ page, place, accessible }) => {
  const own = await place({ registries })
  await openNew(page, own)
  await fillNew(page, { name: 'weekly' })
  await choose(page, 'Trigger', 'Scheduled')
  await expect(often(page)).toHaveValue('')
  await often(page).selectOption('Every week')
  await page.getByLabel('Time (UTC)').fill('18:30')
  // 18:30 UTC is 02:30 on the next day in Shanghai, the zone of these tests.
  await expect(page.getByLabel('Time (UTC)')).toHaveAccessibleDescription('02:30 in Asia/Shanghai, the day after')
  await page.getByRole('checkbox', { name: 'Fri' }).check()
  await expect(cron(page)).toHaveValue('0 30 18 * * 1,5')
  await expect(page.getByText('Runs twice a week.')).toBeVisible()
  // Nobody can make a schedule without a day.
  await page.getByRole('checkbox', { name: 'Mon' }).uncheck()
  await page.getByRole('checkbox', { name: 'Fri' }).click()
  await expect(page.getByRole('checkbox', { name: 'Fri' })).toBeChecked()
  const next = { 'Next runs · Asia/Shanghai': /^Sat.*02:30$/, UTC: /^Fri.*18:30$/ }
  await expectRows(page.getByRole('table', { name: 'Next runs' }), [next, next, next, next, next])
  await accessible()
  await review(page)
  await confirm(page, 'Create policy')
  await expect(heading(page, 'weekly')).toBeVisible()
  expect(await sent(own, 'POST')).toMatchObject(scheduled('0 30 18 * * 5'))
})

test('see in the picker what a cron text means, and in cron what was picked', async ({ page, place }) => {
  const own = await place({ registries })
  await openNew(page, own)
  await choose(page, 'Trigger', 'Scheduled')
  await cron(page).fill('0 15 */6 * * ?')
  await expect(often(page)).toHaveValue('everyHours')
  await expect(page.getByRole('combobox', { name: 'Hours between runs' })).toHaveValue('6')
  await expect(page.getByRole('combobox', { name: 'Minute of the hour' })).toHaveValue('15')
  await expect(page.getByText('Runs 4 times a day.')).toBeVisible()
  await page.getByRole('combobox', { name: 'Hours between runs' }).selectOption('12')
  await expect(cron(page)).toHaveValue('0 15 */12 * * *')
  await often(page).selectOption('Every month')
  await page.getByRole('combobox', { name: 'Day of month', exact: true }).selectOption('31')
  await expect(cron(page)).toHaveValue('0 15 2 31 * *')
  await expect(page.getByText('On day 31 of every month that has one, at 02:15 UTC').first()).toBeVisible()
  await expect(page.getByText('Runs about 7 times a year.')).toBeVisible()
  await often(page).selectOption('Every few minutes')
  await expect(cron(page)).toHaveValue('0 */15 * * * *')
  await expect(page.getByText('Runs 96 times a day.')).toBeVisible()
  // More often than SWR allows for replication is no choice.
  await expect(page.getByRole('combobox', { name: 'Minutes between runs' }).getByRole('option').first()).toHaveText('2')
  await cron(page).fill('0 0 2 13 * 5')
  await expect(often(page)).toHaveValue('other')
  await expect(page.getByText('runs on days matching either field')).toBeVisible()
  await often(page).selectOption('Every day')
  await often(page).selectOption('Cron expression')
  await expect(cron(page)).toHaveValue('0 0 2 * * *')
  await expect(page.getByLabel('Time (UTC)')).toHaveCount(0)
})

test('a schedule that SWR would refuse, or that can never fire, is refused with the reason', async ({
  page,
  place,
}) => {
  const own = await place({ registries })
  await openNew(page, own)
  await fillNew(page, { name: 'never' })
  await choose(page, 'Trigger', 'Scheduled')
  for (const [text, complaint] of [
    ['0 2 * * *', 'Enter six fields'],
    ['* 0 2 * * *', 'The first field (seconds) must be 0.'],
    ['0 */1 2 * * *', "The second field (minutes) can't be every minute."],
    ['0 0 2 31 2,4 *', 'This expression never matches a date'],
  ] as const) {
    await cron(page).fill(text)
    await review(page)
    await expect(cron(page)).toHaveAccessibleDescription(new RegExp(complaint.replace(/[()]/g, '\\$&')))
    await expect(cron(page)).toBeFocused()
    await expect(page.getByRole('table', { name: 'Next runs' })).toHaveCount(0)
  }
  // Picking mends it, and the complaint goes.
  await often(page).selectOption('Every hour')
  await expect(page.getByText('This expression never matches a date')).toHaveCount(0)
  await expect(cron(page)).not.toHaveAttribute('aria-invalid')
  await expect(page.getByText('Runs 24 times a day.')).toBeVisible()
  expect(await own.received('POST')).toEqual([])
})

test.describe('in a zone that changes its clocks', () => {
  test.use({ timezoneId: 'Europe/Berlin' })

  test('next runs are shown in both times, and the change of the clocks is noted', async ({ page, place }) => {
    const own = await place({ registries })
    await openNew(page, own)
    await choose(page, 'Trigger', 'Scheduled')
    // Midwinter and midsummer: whatever day it is, the clocks change between two of them.
    await cron(page).fill('0 0 2 1 1,7 *')
    const runs = page.getByRole('table', { name: 'Next runs' })
    const next = { 'Next runs · Europe/Berlin': /Jan.*03:00|Jul.*04:00/, UTC: /(Jan|Jul).*02:00/ }
    await expectRows(runs, [next, next, next, next, next])
    for (const month of ['Jan', 'Jul'])
      await expect(runs.getByRole('row').filter({ hasText: month }).first()).toBeVisible()
    await expect(
      page.getByText(/^Clocks in Europe\/Berlin go forward by 60 min before the run on Jul 1/).first(),
    ).toBeVisible()
    await expect(
      page.getByText(/^Clocks in Europe\/Berlin go back by 60 min before the run on Jan 1/).first(),
    ).toBeVisible()
  })
})

test('a schedule of another kind is shown as it was read and stays until somebody touches it', async ({
  page,
  place,
}) => {
  const own = await place({ registries, policies: [policy(7, 'odd', scheduled('0 0 2 31 2 ?'))] })
  await page.goto(routes.replicationEdit(own, 7))
  await expect(cron(page)).toHaveValue('0 0 2 31 2 ?')
  await expect(page.getByText("This schedule doesn't follow the form's rules.")).toBeVisible()
  await expect(page.getByText('No next run')).toBeVisible()
  await expect(often(page)).toHaveValue('other')
  await field(page, 'Description').fill('left alone')
  await review(page)
  await expectRows(page.getByRole('dialog').getByRole('table'), [{ Field: 'Description', After: 'left alone' }])
  await page.getByRole('dialog').getByRole('button', { name: 'Back to form' }).click()
  await cron(page).fill('0 0 2 31 2 *')
  await review(page)
  await expect(cron(page)).toHaveAccessibleDescription(/This expression never matches a date/)
  await cron(page).fill('0 0 2 31 2 ?')
  await review(page)
  await confirm(page, 'Save changes')
  await expect.poll(() => own.received('PUT')).toHaveLength(1)
  expect(await sent(own, 'PUT')).toMatchObject(scheduled('0 0 2 31 2 ?'))
})

test('retention is scheduled with the same picker, and may run every minute', async ({ page, place }) => {
  const own = await place({
    namespaces: [{ name: 'library', repositories: [{ name: 'nginx', tags: ['1.0'] }] }],
    retentions: [retention(4, 'nightly')],
  })
  await openForm(page, own)
  await page.getByRole('radio', { name: 'Scheduled' }).check()
  await often(page).selectOption('Every few minutes')
  await page.getByRole('combobox', { name: 'Minutes between runs' }).selectOption('1')
  await expect(page.getByText('Runs 1,440 times a day.')).toBeVisible()
  await often(page).selectOption('Every day')
  await page.getByLabel('Time (UTC)').fill('03:45')
  expect(await save(page, own)).toMatchObject(scheduled('0 45 3 * * *'))
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN', viewport: { width: 360, height: 740 } })

  test('a schedule reads in words, with its frequency', async ({ page, place, accessible }) => {
    const own = await place({ registries, policies: [policy(7, 'weekly', scheduled('0 5 2 * * 1-5'))] })
    await page.goto(routes.replicationEdit(own, 7))
    await expect(page.getByRole('combobox', { name: '频率' })).toHaveValue('weekly')
    await expect(page.getByText('每周一、周二、周三、周四、周五 02:05（UTC）').first()).toBeVisible()
    await expect(page.getByText('每周执行 5 次。')).toBeVisible()
    await expect(page.getByText('Asia/Shanghai 时间 10:05')).toBeVisible()
    await accessible()
  })
})
