import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { startProvider, type TestProvider } from '@/lib/testing/identity-provider'
import { expect, test } from './fixtures'
import { OwnConsole } from './own-console'
import { admin, signInBy } from './people'

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const navigation = (page: Page) => page.getByRole('navigation', { name: 'Main' })
const alert = (page: Page) => page.getByRole('main').getByRole('alert')
const button = (page: Page) => page.getByRole('button', { name: 'Sign in with single sign-on' })

test.use({ role: 'nobody' })
// One console beside one identity provider serves all of these: it takes long to start.
test.describe.configure({ mode: 'default' })

let console_: OwnConsole
let provider: TestProvider

test.beforeAll(async () => {
  test.setTimeout(120_000)
  console_ = await OwnConsole.make()
  provider = await startProvider(`${console_.url}/api/auth/callback/sso`, false)
  await console_.start({
    PASSWORD_SIGN_IN: 'off',
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.client.clientId,
    OIDC_CLIENT_SECRET: provider.client.clientSecret,
    OIDC_ROLE_MAP: 'releases=operator; everyone=viewer',
  })
})
test.afterAll(async () => {
  await console_.remove()
  await provider.close()
})

test('the button leads through the identity provider and back to the page that was asked for', async ({ page }) => {
  provider.person = { sub: 'olga', email: 'olga@idp.example', groups: ['everyone', 'releases'] }
  const asked = `${console_.url}${routes.auditView({ outcome: 'done', scope: 'accounts' })}`
  await page.goto(asked)
  await expect(heading(page, 'Sign in')).toBeVisible()
  await button(page).click()
  await expect(page).toHaveURL(asked)
  await expect(heading(page, 'Audit log')).toBeVisible()
  await expect(navigation(page)).toContainText('Name of olga · Operator')
  const table = page.getByRole('table', { name: 'Audit log entries' })
  await expect(table.getByRole('row').filter({ hasText: 'olga@idp.example' })).toContainText('Sign in')
  expect(provider.asked).toHaveLength(1)
  expect(Object.fromEntries(provider.asked[0] ?? [])).toMatchObject({ code_challenge_method: 'S256' })

  // The role is the provider's to give, each time anew.
  await page.getByRole('button', { name: 'Name of olga' }).click()
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click()
  provider.person = { ...provider.person, groups: ['everyone'] }
  await button(page).click()
  await expect(navigation(page)).toContainText('Name of olga · Viewer')
})

test('somebody without a mapped role is told so in one place, and gets in nowhere', async ({ page, accessible }) => {
  provider.person = { sub: 'eve', email: 'eve@idp.example', groups: ['visitors'] }
  await page.goto(console_.url + routes.signIn(routes.settings()))
  await button(page).click()
  await expect(alert(page)).toHaveCount(1)
  await expect(alert(page)).toContainText('No role assigned')
  await expect(heading(page, 'Sign in')).toBeVisible()
  await accessible()
  await page.goto(console_.url + routes.settings())
  await expect(heading(page, 'Sign in')).toBeVisible()
  expect((await page.request.get(`${console_.url}/api/swr/default/v2/-/instances`)).status()).toBe(401)
})

test('with password sign-in off there is no password to type, nor anything that takes one', async ({
  page,
  accessible,
}) => {
  await page.goto(console_.url + routes.signIn())
  await expect(page.getByRole('button')).toHaveText(['Sign in with single sign-on'])
  await expect(page.getByRole('textbox')).toHaveCount(0)
  await expect(page.getByLabel('Password')).toHaveCount(0)
  await accessible()
  expect((await signInBy(page.request, admin, console_.url)).status()).toBe(404)
})
