import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { expectNoSidewaysScroll, policy, registry } from './policies'

const content = { registries: [registry(3, 'harbor-frankfurt')], policies: [policy(1, 'nightly')] }

test('screens beside the instances keep the way back to the one that was used last', async ({ page, place }) => {
  const own = await place(content)
  await page.goto(routes.replication(own))
  const nav = page.getByRole('navigation', { name: 'Main' })
  await nav.getByRole('link', { name: 'Manual sync' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Manual sync' })).toBeVisible()
  await expect(nav.getByRole('link', { name: 'Manual sync' })).toHaveAttribute('aria-current', 'page')
  await page.reload()
  await nav.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await nav.getByRole('link', { name: /^Replication/ }).click()
  await expect(page).toHaveURL(routes.replication(own))
})

test('a page that takes its time is announced by a line and its shape, whatever leads to it', async ({
  page,
  place,
  context,
}) => {
  const own = await place(content)
  await page.goto(routes.replication(own))
  const client = await context.newCDPSession(page)
  await client.send('Network.enable')
  await client.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 1_500,
    downloadThroughput: 50_000,
    uploadThroughput: 50_000,
  })
  const line = page.getByRole('progressbar')
  const shape = page.getByRole('main').getByRole('status').filter({ hasText: 'Loading' })
  const title = (name: string) => page.getByRole('heading', { level: 1, name })
  await expect(line).toHaveCount(0)
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /^Registries/ })
    .click()
  await expect(line).toBeVisible()
  await expect(shape).toBeVisible()
  await expect(title('Replication policies')).toBeHidden()
  await expect(title('Registries')).toBeVisible()
  await expect(line).toHaveCount(0)
  await expect(shape).toHaveCount(0)
  // Where it began nothing is on its way any more; the line would come with the page.
  await page.goBack()
  await expect(title('Replication policies')).toBeVisible()
  expect(await line.count()).toBe(0)
  await page.goForward()
  await expect(title('Registries')).toBeVisible()
  // Who turns back while it is on its way has the page as it was.
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click()
  await expect(shape).toBeVisible()
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: /^Registries/ })
    .click()
  await expect(title('Registries')).toBeVisible()
  await expect(shape).toHaveCount(0)
})

test('what is pressed before the scripts have come is done when they are there', async ({ page, place }) => {
  const own = await place(content)
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/_next/static/**/*.js', (route) => released.then(() => route.continue()))
  await page.goto(routes.replication(own), { waitUntil: 'commit' })
  const enabled = page.getByRole('switch', { name: 'Enable nightly' })
  await page.getByRole('button', { name: 'Actions for nightly' }).click()
  // The last press counts, and counts once, however often it was repeated.
  await enabled.click()
  await enabled.click()
  release()
  await expect(page.getByText('nightly is disabled')).toBeVisible()
  await expect(enabled).toHaveAttribute('aria-checked', 'false')
  await expect(page.getByRole('menu')).toHaveCount(0)
  expect(await own.received('PUT')).toHaveLength(1)
})

test('what is chosen before the scripts have come is chosen when they are there', async ({ page, place }) => {
  const policies = [policy(1, 'nightly'), policy(2, 'weekly'), policy(3, 'monthly')]
  const own = await place({ ...content, policies })
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route('**/_next/static/**/*.js', (route) => released.then(() => route.continue()))
  await page.goto(routes.replication(own), { waitUntil: 'commit' })
  const box = (name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true })
  for (const name of ['nightly', 'weekly', 'monthly', 'weekly']) await box(name).click()
  release()
  await expect(page.getByText('2 selected')).toBeVisible()
  await expect(box('nightly')).toBeChecked()
  await expect(box('weekly')).not.toBeChecked()
  await expect(box('monthly')).toBeChecked()
})

test('on paper there are rows, and no controls', async ({ page, place }) => {
  const policies = Array.from({ length: 30 }, (_, at) => policy(at + 1, `policy-${at}`))
  const own = await place({ ...content, policies })
  await page.goto(`${routes.replication(own)}?size=50`)
  await expect(page.getByRole('row')).toHaveCount(31)
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation', { name: 'Main' })).toBeHidden()
  await expect(page.getByRole('searchbox')).toBeHidden()
  await expect(page.getByRole('link', { name: 'New policy' })).toBeHidden()
  await expect(page.getByRole('button', { name: 'Actions for policy-1', exact: true })).toBeHidden()
  await expect(page.getByRole('link', { name: 'policy-29', exact: true })).toBeVisible()
})

test('with letters twice as large the table becomes cards, and nothing is cut', async ({ page, place, accessible }) => {
  const own = await place(content)
  await page.goto(routes.replication(own))
  await page.addStyleTag({ content: 'html { font-size: 200% }' })
  await expect(page.getByRole('columnheader', { name: 'Name' })).toBeHidden()
  await expectNoSidewaysScroll(page)
  const control = page.getByRole('switch', { name: 'Enable nightly' })
  const box = await control.boundingBox()
  expect(box?.height).toBeGreaterThanOrEqual(36)
  const knob = await control.locator('span').boundingBox()
  expect((knob?.y ?? 0) + (knob?.height ?? 0)).toBeLessThanOrEqual((box?.y ?? 0) + (box?.height ?? 0))
  await accessible()
})
