import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { addByPattern, aim, basket, frankfurt, send, unseen } from './syncs'

const numbered = (count: number, start: string) => Array.from({ length: count }, (_, at) => `${start}${at}`)

test('a pattern that takes more repositories than one look is searched to its end at a press', async ({
  page,
  organization,
}) => {
  const own = await organization(numbered(450, 'service-').map((name) => ({ name, tags: ['1.0', 'dev'] })))
  await page.goto(routes.sync('default', { organization: own.name }))
  await page.getByRole('radio', { name: 'By pattern' }).click()
  await page.getByRole('textbox', { name: 'Tag pattern' }).fill('1.*')
  await expect(page.getByText('200 of 450 matching repositories searched so far.')).toBeVisible()
  await page.getByRole('button', { name: 'Search 250 more repositories' }).click()
  await page.getByRole('button', { name: 'Add 450 tags' }).click()
  await expect(basket(page)).toContainText('450 tags of 450 repositories')
  await expect(page.getByText(/searched/)).toBeHidden()
})

test('a pattern that takes more tags than a job says so, and fills the basket', async ({ page, organization }) => {
  const own = await organization([{ name: 'web', tags: numbered(10_002, 'b-') }])
  await page.goto(routes.sync('default', { organization: own.name, repository: 'web' }))
  await addByPattern(page, `${own.name}/web`, 'b-*', 'Add 10,000 tags')
  await expect(page.getByText('10,002 tags in 1 repository')).toBeVisible()
  await expect(page.getByText(/Only the first 10,000 matches are kept/)).toBeVisible()
  await expect(basket(page)).toContainText('10,000 tags of 1 repository')
  await expect(basket(page)).toContainText('The basket is full')
  await page.getByRole('textbox', { name: 'Tag pattern' }).fill('b-10001')
  await expect(page.getByText("1 tag doesn't fit into the basket.")).toBeVisible()
  await expect(page.getByRole('button', { name: 'Nothing to add' })).toBeDisabled()
})

test('a drag beyond the edge scrolls the grid and chooses what it passes; so do the keys', async ({
  page,
  sandbox,
  organization,
}) => {
  const own = await organization([{ name: 'web', tags: numbered(300, 'b-') }])
  await sandbox.organization(own.name, [], { region: frankfurt })
  await page.goto(routes.sync('default'))
  await addByPattern(page, `${own.name}/web`, '*', 'Add 300 tags')
  await aim(page, frankfurt)
  const grid = page.getByRole('grid')
  const first = grid.getByRole('gridcell').first()
  await expect(first).toHaveText('New', { useInnerText: true })
  await first.hover()
  await page.mouse.down()
  const box = await grid.boundingBox()
  if (!box) throw new Error('no grid')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height + 200, { steps: 5 })
  await expect(page.getByText('300 cells selected')).toBeVisible()
  await expect(grid.locator(':focus')).toHaveAttribute('data-cell', '299')
  // Back over the upper edge of the screen it goes the other way.
  await page.mouse.move(box.x + box.width / 2, -200, { steps: 5 })
  await expect(page.getByText('1 cell selected')).toBeVisible()
  await page.mouse.up()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height + 200)
  await expect(page.getByText('1 cell selected')).toBeVisible()
  await expect(first).toBeFocused()
  for (let press = 1; press <= 4; press++) await page.keyboard.press('Shift+PageDown')
  await expect(page.getByText('41 cells selected')).toBeVisible()
  await expect(grid.locator(':focus')).toHaveAttribute('data-cell', '40')
  await expect(grid.locator(':focus')).toBeInViewport({ ratio: 1 })
})

test('a job of more cells than fit into a page is loaded by the page, and can be read to its end', async ({
  page,
  request,
  organization,
}) => {
  test.slow()
  const own = await organization([{ name: 'web', tags: numbered(2_100, 'b-') }])
  await page.goto(routes.sync('default'))
  await addByPattern(page, `${own.name}/web`, '*', 'Add 2,100 tags')
  await aim(page, unseen)
  await send(page, 'Send 2,100 tags to 1 region')
  await expect(page.getByText('Sent, not verified')).toBeVisible({ timeout: 40_000 })
  const html = await (await request.get(page.url())).text()
  expect(html).toContain('Sync job')
  expect(html).not.toContain('b-2099')
  await page.reload()
  const grid = page.getByRole('grid')
  await expect(grid).toHaveAttribute('aria-rowcount', '2101')
  await expect(page).toHaveTitle(/^2,100 of 2,100 can't be verified – Sync job \d+/)
  await grid.getByRole('gridcell').first().click()
  await page.keyboard.press('Control+End')
  const last = grid.locator(':focus')
  await expect(last).toHaveAttribute('data-cell', '2099')
  await expect(last).toHaveText("Reported, can't verify", { useInnerText: true })
  await expect(last).toBeInViewport({ ratio: 1 })
})
