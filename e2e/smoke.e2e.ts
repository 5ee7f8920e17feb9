import { routes } from '@/lib/routes'
import { accounts, address } from './accounts'
import { expect, looks, test } from './fixtures'

test('the console and its sandbox answer', async ({ request, sandbox }) => {
  const health = await request.get('/api/health')
  expect(await health.json()).toEqual({ ok: true })
  expect(health.headers()['cache-control']).toBe('no-store')
  expect(await sandbox.received({ access: 'nobody' })).toEqual([])
})

for (const look of looks) {
  test.describe(`${look.locale}, ${look.colorScheme}`, () => {
    test.use(look)

    test('the home page names every connection', async ({ page, accessible }) => {
      await page.goto(routes.home())
      await expect(page.locator('html')).toHaveAttribute('lang', look.locale === 'zh-CN' ? 'zh-CN' : 'en')
      for (const name of ['Shared sandbox', 'Frankfurt', 'Hong Kong', 'Temporary key'])
        await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
      await accessible()
    })
  })
}

test.describe('beside connections that are refused', () => {
  test.use({ baseURL: address.refused, expectedErrors: [/status of 502/] })

  test('the home page still shows the good one', async ({ page, accessible }) => {
    await page.goto(routes.home())
    await expect(page.getByRole('link', { name: 'prod-registry' })).toBeVisible()
    await expect(page.getByRole('main')).toContainText('Nobody listens')
    await accessible()
  })
})

test('a place of its own is reached through the console and signed', async ({ place, request }) => {
  const own = await place({ namespaces: [{ name: 'library', repositories: [{ name: 'web', tags: ['1.0'] }] }] })
  expect(await own.received()).toEqual([])
  const shown = await request.get(`/api/swr/default/v2/-/instances/${own.instance}`)
  expect(await shown.json()).toMatchObject({ id: own.instance })
  expect(await own.received()).toMatchObject([{ method: 'GET', status: 200, access: accounts.default.access }])
})

test('no secret is among what the browser gets', async ({ page, bytes }) => {
  await page.goto(routes.home())
  await page.getByRole('link', { name: 'prod-registry' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview')
  await page.goto(routes.settings())
  await expect(page.getByRole('main')).toContainText('Shared sandbox')
  expect(await bytes.expectNoSecrets()).toBeGreaterThan(10)
})
