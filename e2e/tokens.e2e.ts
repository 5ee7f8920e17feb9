import type { APIRequestContext, Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { address } from './accounts'
import { expect, test } from './fixtures'
import { signIn } from './people'

const rows = (page: Page) => page.getByRole('list', { name: 'API tokens' }).getByRole('listitem')
const ask = (context: APIRequestContext, token: string) =>
  context.get(`${address.console}/api/v1/connections`, { headers: { authorization: `Bearer ${token}` } })

test.describe('API tokens', () => {
  test.use({ role: 'nobody', permissions: ['clipboard-read', 'clipboard-write'] })

  test('are made, shown once, used by a program and revoked', async ({ page, account, elsewhere, accessible }) => {
    await page.goto(routes.settings())
    await signIn(page, await account('viewer'))
    await expect(page.getByText('No tokens')).toBeVisible()
    await page.getByRole('button', { name: 'Create token' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('nightly pipeline')
    await dialog.getByRole('radio', { name: 'In 30 days' }).check()
    await accessible()
    await dialog.getByRole('button', { name: 'Create token' }).click()
    await expect(dialog).toContainText('It is not shown again.')
    await accessible()
    const token = await dialog.getByLabel('API token').inputValue()
    expect(token).toMatch(/^swrc_[\w-]{32,}$/)
    await page.keyboard.press('Escape')
    await expect(dialog.getByRole('alert')).toContainText("You haven't copied the token")
    await dialog.getByRole('button', { name: 'Copy token' }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token)
    await dialog.getByRole('button', { name: 'Close' }).click()

    await expect(rows(page)).toHaveText([/nightly pipeline.*Expires.*never used/s])
    await expect(rows(page)).toContainText(token.slice(-4))
    const answer = await ask(elsewhere, token)
    expect([answer.status(), await answer.json()]).toEqual([
      200,
      expect.objectContaining({ items: expect.arrayContaining([expect.objectContaining({ id: 'default' })]) }),
    ])
    expect((await elsewhere.get(`${address.console}/api/v1`)).status()).toBe(401)
    await page.reload()
    await expect(rows(page)).toHaveText([/last used/])
    expect(await page.content()).not.toContain(token)

    await page.getByRole('button', { name: 'Revoke: nightly pipeline' }).click()
    await expect(dialog).toContainText('Requests with this token are rejected from now on.')
    await accessible()
    await dialog.getByRole('button', { name: 'Revoke' }).click()
    await expect(page.getByText('No tokens')).toBeVisible()
    expect((await ask(elsewhere, token)).status()).toBe(401)
  })
})
