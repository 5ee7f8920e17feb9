import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { openList, watchRequests } from './alive'
import { expect, looks, test } from './fixtures'
import { expectNoSidewaysScroll, farFromNow, scheduled, withoutScripts } from './policies'
import {
  amount,
  keeps,
  namespaces,
  openForm,
  retention,
  retentionRow,
  retentionTable,
  review,
  ruled,
  save,
  selectors,
  sent,
} from './retentions'
import { expectRow } from './rows'

const { cron, time } = farFromNow()
const ofPayments = { namespace_id: 2, namespace_name: 'payments' }
const names = (page: Page) => retentionTable(page).getByRole('link')

test('read what each policy keeps in the first HTML, without a further question to SWR', async ({ page, place }) => {
  const own = await place({
    namespaces,
    retentions: [
      ruled(1, 'ten-pushes', { params: { latestPushedK: 10 } }),
      ruled(2, 'one-pull', { template: 'latestPulledN', params: { latestPulledN: '1' } }),
      ruled(3, 'month', { template: 'nDaysSinceLastPull', params: { nDaysSinceLastPull: 30 } }),
      retention(4, 'nightly', scheduled(cron)),
      ruled(5, 'but-latest', {
        tag_selectors: selectors('excludes', 'latest-*'),
        scope_selectors: { repository: selectors('repoMatches', 'team/**') },
      }),
    ],
  })
  const asked = watchRequests(page)
  const document = await openList(page, routes.retention(own))
  const html = withoutScripts((await document?.text()) ?? '')
  for (const text of ['ten-pushes', 'the 10 most recently pushed tags', 'team/**', 'latest-*'])
    expect(html).toContain(text)
  expect(html).toContain('When a policy runs, tags that no rule keeps are deleted from matching repositories.')
  // What the console works out itself may still be under way.
  expect((await asked()).filter((path) => path.startsWith('/api/swr'))).toEqual([])
  const table = retentionTable(page)
  await expectRow(table, 'one-pull', {
    [keeps]: "the most recently pulled tag SWR probably can't read “1” and uses 10 instead.",
  })
  await expectRow(table, 'month', { [keeps]: 'tags pulled within the last 30 days' })
  await expectRow(table, 'nightly', { Schedule: new RegExp(`^Every day at ${time} UTC next in `) })
  await expectRow(table, 'but-latest', {
    Namespace: 'library',
    [keeps]: 'the 5 most recently pushed tags among tags except latest-* in team/**',
    Enabled: 'Enabled',
  })
  await expectRow(table, 'No policy', { Namespace: 'payments', [keeps]: 'Nothing is deleted here.' })
})

test('find a policy by name and namespace, and page through the rest', async ({ page, place }) => {
  const retentions = Array.from({ length: 23 }, (_, at) =>
    retention(at + 1, `keep-${at + 1}`, at % 2 === 0 ? {} : ofPayments),
  )
  const own = await place({ namespaces, retentions })
  await openList(page, `${routes.retention(own)}?size=10`)
  await expect(names(page)).toHaveCount(10)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page).toHaveURL(/page=2/)
  await expect(page.getByText('11–20 of 23')).toBeVisible()
  await page.getByRole('combobox', { name: 'Namespace' }).selectOption('payments')
  await expect(page).toHaveURL(/namespace=payments/)
  await expect(page).not.toHaveURL(/page=/)
  await expect(page.getByText('1–10 of 11')).toBeVisible()
  await page.getByRole('searchbox').fill('keep-2')
  await expect(names(page)).toHaveText(['keep-22', 'keep-20', 'keep-2'])
  await page.reload()
  await expect(names(page)).toHaveText(['keep-22', 'keep-20', 'keep-2'])
  await expect(page.getByRole('searchbox')).toHaveValue('keep-2')
  await page.goBack()
  await expect(page.getByText('1–10 of 11')).toBeVisible()
})

test('a link that is pressed right after typing leads away, and back leads to what was typed', async ({
  page,
  place,
  context,
}) => {
  const own = await place({ namespaces, retentions: [retention(4, 'nightly'), retention(5, 'weekly')] })
  await openList(page, routes.retention(own))
  const client = await context.newCDPSession(page)
  await client.send('Network.enable')
  // A page takes longer than the pause after which a search is asked for.
  const slow = { offline: false, latency: 1_500, downloadThroughput: -1, uploadThroughput: -1 }
  await client.send('Network.emulateNetworkConditions', slow)
  const search = page.getByRole('searchbox')
  // Of the second the search takes the row away.
  for (const name of ['nightly', 'weekly']) {
    await search.fill('night')
    await names(page).filter({ hasText: name }).dispatchEvent('click')
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await page.goBack()
    await expect(page).toHaveURL(/[?&]q=night/)
    await expect(search).toHaveValue('night')
    await expect(names(page)).toHaveText(['nightly'])
    await search.fill('')
    await expect(names(page).filter({ hasText: 'weekly' })).toBeVisible()
  }
})

test('order by name, narrow by status and trigger, and add where nothing is', async ({ page, place }) => {
  const own = await place({
    namespaces,
    retentions: [retention(4, 'b-off', { enabled: false }), retention(5, 'a-nightly', scheduled(cron))],
  })
  await openList(page, routes.retention(own))
  await retentionTable(page).getByRole('button', { name: 'Name', exact: true }).click()
  await expect(page).toHaveURL(/sort=name/)
  await expect(retentionTable(page).getByRole('rowheader')).toHaveText(['a-nightly', 'b-off', 'No policy'])
  await page.getByRole('combobox', { name: 'Status' }).selectOption('Disabled')
  await expect(names(page)).toHaveText(['b-off'])
  await page.getByRole('combobox', { name: 'Status' }).selectOption('All statuses')
  await page.getByRole('combobox', { name: 'Trigger' }).selectOption('Scheduled')
  await expect(names(page)).toHaveText(['a-nightly'])
  await page.reload()
  await expect(names(page)).toHaveText(['a-nightly'])
  await page.getByRole('combobox', { name: 'Trigger' }).selectOption('All triggers')
  await page.getByRole('combobox', { name: 'Status' }).selectOption('No policy')
  await page.getByRole('link', { name: 'Add (payments)' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'New retention policy' })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Namespace' })).toHaveValue('payments')
})

test('a list without rows says why', async ({ page, place }) => {
  const own = await place({})
  await page.goto(routes.retention(own))
  await expect(page.getByText('No retention policies yet')).toBeVisible()
  await page.goto(`${routes.retention(own)}?q=nothing`)
  await expect(page.getByText('No matching policies')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).first().click()
  await expect(page.getByText('No retention policies yet')).toBeVisible()
})

test('what keeps nothing is said wherever it is met, also when it was read', async ({ page, place }) => {
  const own = await place({
    namespaces,
    retentions: [
      ruled(1, 'no-number', { params: { latestPushedK: 0 } }),
      ruled(2, 'minus', { params: { latestPushedK: -5 } }),
      ruled(3, 'half', { params: { latestPushedK: 1.5 } }),
      ruled(4, 'bare-list', { tag_selectors: selectors('matches', 'latest,master') }),
      retention(5, 'sleeper', scheduled('@daily')),
      ruled(6, 'beside', { tag_selectors: selectors('matches', 'a,b') }, { params: { latestPushedK: 3 } }),
    ],
  })
  await page.goto(routes.retention(own))
  const table = retentionTable(page)
  await expectRow(table, 'no-number', { [keeps]: /“0” keeps nothing: a run deletes every tag/ })
  await expectRow(table, 'minus', { [keeps]: /SWR probably can't read “-5” and uses 10 instead\./ })
  await expectRow(table, 'half', { [keeps]: /SWR probably can't read “1\.5” and uses 1 instead\./ })
  await expectRow(table, 'bare-list', { [keeps]: /Keeps nothing: a run deletes every tag/ })
  await expectRow(table, 'beside', { [keeps]: /Keeps nothing: a run deletes tags that no other rule keeps/ })
  await expectRow(table, 'sleeper', { Schedule: /Never runs: SWR can't read this schedule\./ })
  await page.goto(routes.retentionPolicy(own, 'library', 4))
  await expect(page.getByText('Keeps nothing: a run deletes every tag')).toBeVisible()
  await page.goto(routes.checks(own))
  await expect(page.getByRole('region', { name: 'Retention policy that keeps nothing' })).toContainText('bare-list')
  await expect(page.getByRole('region', { name: 'Retention policy that keeps nothing' })).toContainText('no-number')
  await expect(page.getByRole('region', { name: 'Schedule that never runs' })).toContainText('sleeper')
})

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })

  test('read and change a policy', async ({ page, place }) => {
    const nightly = scheduled(cron)
    const own = await place({ namespaces, retentions: [retention(4, 'nightly', nightly)] })
    const document = await page.goto(routes.retention(own))
    const html = withoutScripts((await document?.text()) ?? '')
    for (const text of ['老化策略', '最近推送的 5 个镜像版本', `每天 ${time}（UTC）`, '已启用'])
      expect(html).toContain(text)
    await page.goto(routes.retentionEdit(own, 'library', 4))
    await page.getByRole('combobox', { name: '保留' }).selectOption('最近几天内拉取的镜像版本')
    await page.getByRole('textbox', { name: '天数' }).fill('0')
    await page.getByRole('button', { name: '核对并保存' }).first().click()
    await expect(page.getByText('请输入不小于 1 的整数')).toBeVisible()
    await page.getByRole('textbox', { name: '天数' }).fill('30')
    await page.getByRole('button', { name: '核对并保存' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: '保存修改' }).click()
    await expect(page.getByText('最近 30 天内拉取的镜像版本').first()).toBeVisible()
    expect(await sent(own)).toMatchObject({ rules: [{ params: { nDaysSinceLastPull: 30 } }], ...nightly })
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } })

  test('find a policy and change it', async ({ page, place }) => {
    const name = `keep-${'a-long-name-'.repeat(8)}end`
    const own = await place({ namespaces, retentions: [retention(4, name)] })
    await page.goto(routes.retention(own))
    await expectRow(retentionTable(page), name, { Namespace: /^Namespace: ?library$/ })
    await expectNoSidewaysScroll(page)
    await page.getByRole('link', { name }).click()
    await expectNoSidewaysScroll(page)
    await page.getByRole('link', { name: 'Edit', exact: true }).click()
    await amount(page).fill('8')
    await expectNoSidewaysScroll(page)
    expect(await save(page, own)).toMatchObject({ rules: [{ params: { latestPushedK: 8 } }] })
  })
})

for (const look of looks.filter(({ locale }) => locale === 'en-GB')) {
  test.describe(`${look.colorScheme} theme`, () => {
    test.use(look)

    test('the screens of retention can be used by everyone', async ({ page, place, accessible }) => {
      const nightly = scheduled(cron)
      const own = await place({
        namespaces,
        retentions: [retention(4, 'nightly', nightly), ruled(5, 'off', { disabled: true })],
      })
      await page.goto(routes.retention(own))
      await expect(retentionRow(page, 'nightly')).toBeVisible()
      await accessible()
      await openForm(page, own)
      await page.getByRole('radio', { name: 'Selection' }).check()
      await amount(page).fill('0')
      await review(page)
      await expect(page.getByText('2 fields need attention')).toBeVisible()
      await accessible()
      await page.getByRole('button', { name: 'Select repositories' }).click()
      await page.getByRole('checkbox', { name: 'redis' }).check()
      await accessible()
      await page.getByRole('button', { name: 'Select 1 repository' }).click()
      await amount(page).fill('9')
      await review(page)
      await expect(page.getByRole('dialog')).toContainText('"pattern": "redis"')
      await accessible()
    })
  })
}
