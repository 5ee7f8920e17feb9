import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import {
  expectNames,
  expectNoSidewaysScroll,
  farFromNow,
  minutesAgo,
  openMenu,
  policy,
  policyRow,
  registry,
  run,
  scheduled,
} from './policies'

const content = {
  registries: [registry(3, 'harbor-frankfurt', { region_id: 'eu-west-101' })],
  policies: [policy(1, 'well'), policy(2, 'partly'), policy(3, 'broken'), policy(4, 'new')],
  executions: [
    run(1, 1, 'Succeed'),
    run(2, 2, 'Failed', { total: 4, succeed: 3, failed: 1 }),
    run(3, 3, 'Failed', { total: 4, succeed: 0, failed: 4 }),
  ],
}

test('see every policy with failures at once, by an address that can be sent', async ({ page, place, accessible }) => {
  const own = await place(content)
  await page.goto(routes.replication(own))
  const filter = page.getByRole('button', { name: /^Last run(:|$)/ })
  await filter.click()
  const choices = page.getByRole('group', { name: 'Last run' })
  await choices.getByRole('checkbox', { name: 'Has failures' }).check()
  await expectNames(page, ['broken', 'partly'])
  await expect(choices.getByRole('checkbox', { name: 'Partially failed' })).toBeChecked()
  await accessible()
  await page.keyboard.press('Escape')
  await expect(filter).toBeFocused()
  await expect(filter).toHaveAccessibleName('Last run: Has failures')
  await expect(page).toHaveURL(/last=partly_failed,failed/)
  await page.reload()
  await expectNames(page, ['broken', 'partly'])
  await filter.click()
  await choices.getByRole('checkbox', { name: 'Never ran' }).check()
  await expectNames(page, ['new', 'broken', 'partly'])
})

test('a value of the address that the list does not know is said, not passed over', async ({ page, place }) => {
  const own = await place(content)
  await page.goto(`${routes.replication(own)}?last=failed,exploded&direction=sideways`)
  await expectNames(page, ['broken'])
  const note = page.getByRole('status').filter({ hasText: 'unknown' })
  await expect(note).toContainText('direction=sideways')
  await expect(note).toContainText('last=exploded')
  await page.goto(`${routes.replication(own)}?last=failed`)
  await expectNames(page, ['broken'])
  await expect(note).toHaveCount(0)
})

test('a row and its page offer the same acts in the same order', async ({ page, place, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const own = await place(content)
  await page.goto(routes.replication(own))
  await openMenu(page, 'well')
  const entries = page.getByRole('menuitem')
  await expect(entries).toHaveCount(8)
  const inRow = await entries.allTextContents()
  await page.getByRole('menuitem', { name: 'Copy ID' }).click()
  await expect(page.getByText('ID 1 copied')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('1')
  await policyRow(page, 'well').getByRole('link', { name: 'well', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'well' })).toBeVisible()
  await openMenu(page, 'well')
  await expect(entries).toHaveText(inRow)
})

test.describe('at 1280 pixels', () => {
  test.use({ viewport: { width: 1280, height: 800 } })

  test('eight policies and more fit a screen', async ({ page, place }) => {
    const words = 'A description that is longer than its column is wide, and is cut to one line there'
    const policies = Array.from({ length: 20 }, (_, at) =>
      policy(at + 1, `mobile-offers-to-frankfurt-${at}`, {
        description: words,
        filters: [
          { type: 'name', value: 'mobile/{config,offers}' },
          { type: 'tag', value: 'v2.*' },
        ],
        ...scheduled(farFromNow().cron),
        // Too young to have missed a run, of which its row would say more.
        updated_at: minutesAgo(5),
      }),
    )
    const own = await place({ ...content, policies })
    await page.goto(routes.replication(own))
    // Once the letters have come, which are narrower than those that stand in for them.
    const bottoms = () =>
      page
        .getByRole('table', { name: 'Replication policies' })
        .locator('tbody tr')
        .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().bottom))
    await expect.poll(async () => (await bottoms()).filter((bottom) => bottom <= 800).length).toBeGreaterThanOrEqual(8)
    const region = policyRow(page, 'mobile-offers-to-frankfurt-3').getByText('eu-west-101')
    await expect.poll(() => region.evaluate((element) => element.getClientRects().length)).toBe(1)
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true })

  test('filters stand in a panel, with their number on its button', async ({ page, place, accessible }) => {
    const own = await place(content)
    await page.goto(routes.replication(own))
    const first = page.getByRole('row', { name: /new/ })
    await expect.poll(async () => (await first.boundingBox())?.y).toBeLessThan(370)
    await page.getByRole('button', { name: 'Filters', exact: true }).tap()
    const panel = page.getByRole('dialog', { name: 'Filters' })
    await panel.getByRole('combobox', { name: 'Direction' }).selectOption('Push')
    await panel.getByRole('button', { name: /^Last run/ }).tap()
    await panel.getByRole('checkbox', { name: 'Has failures' }).check()
    await accessible()
    await panel.getByRole('button', { name: 'Show results' }).tap()
    await expect(page.getByRole('button', { name: 'Filters (2)' })).toBeVisible()
    await expectNames(page, ['broken', 'partly'])
    await expectNoSidewaysScroll(page)
  })
})
