import type { APIResponse, BrowserContext, Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { address } from './accounts'
import { expect, looks, test } from './fixtures'
import { content, repositories, screens } from './pages'
import { endSessions, nobody, post, signIn, signInBy, stranger, visitor } from './people'
import { expectNames, expectNoSidewaysScroll, policy, registry } from './policies'
import { expectRows } from './rows'

const registries = [registry(3, 'harbor-frankfurt')]
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const alert = (page: Page) => page.getByRole('main').getByRole('alert')
const codeOf = async (answer: APIResponse) => [answer.status(), (await answer.json()).code]

const sessionCookie = async (context: BrowserContext) => {
  const cookies = await context.cookies(address.console)
  const [cookie] = cookies.filter(({ name }) => name.endsWith('session_token'))
  if (!cookie) throw new Error('nobody is signed in')
  return cookie
}

test.use({ role: 'nobody' })

test('sign in, and arrive at the page that was asked for', async ({ page, context, place, account }) => {
  const own = await place({ registries, policies: [policy(1, 'nightly')] })
  const person = await account('viewer', 'Vera Viewer')
  await page.goto(`${routes.replication(own)}?q=night`)
  await expect(heading(page, 'Sign in')).toBeVisible()
  await signIn(page, person)
  await expectNames(page, ['nightly'])
  await expect(page).toHaveURL(`${routes.replication(own)}?q=night`)
  await expect(page.getByRole('navigation', { name: 'Main' })).toContainText('Vera Viewer · Viewer')
  const { httpOnly, sameSite, secure, expires, value } = await sessionCookie(context)
  expect({ httpOnly, sameSite, secure }).toEqual({ httpOnly: true, sameSite: 'Lax', secure: false })
  expect(expires).toBeLessThanOrEqual(Date.now() / 1000 + 12 * 3600 + 60)
  // Whoever is signed in is sent on; a sign-in begins another session and ends the one before.
  await page.goto(routes.signIn(routes.settings()))
  await expect(heading(page, 'Settings')).toBeVisible()
  expect((await signInBy(context.request, person)).status()).toBe(200)
  const again = await sessionCookie(context)
  expect(again.value).not.toBe(value)
  await context.addCookies([{ ...again, value }])
  await page.goto(routes.home())
  await expect(heading(page, 'Sign in')).toBeVisible()
})

test('after sign-in no other site is led to', async ({ page, account }) => {
  const person = await account('viewer')
  for (const to of ['//elsewhere.example.com', '/\\elsewhere.example.com', 'https://elsewhere.example.com']) {
    await page.goto(`${routes.signIn()}?to=${encodeURIComponent(to)}`)
    await signIn(page, person)
    await expect(heading(page, 'Instances')).toBeVisible()
    expect(new URL(page.url()).origin).toBe(address.console)
    await page.context().clearCookies()
  }
})

test.describe('a sign-in that is refused', () => {
  test.use({ expectedErrors: [/status of (401|403|429)/] })

  test('tells nothing about which accounts exist', async ({ page, account, asAdmin, accessible }) => {
    const person = await account('admin')
    const disabled = await account('viewer')
    const off = { data: { disabled: true }, headers: { origin: address.console } }
    expect((await asAdmin.patch(`${address.console}/api/console/users/${disabled.id}`, off)).status()).toBe(200)
    await page.goto(routes.signIn())
    const said: string[] = []
    for (const { email } of [person, disabled, stranger('viewer')]) {
      const answer = page.waitForResponse(/\/api\/auth\/sign-in\/email$/)
      await signIn(page, { email, password: 'not the password' })
      expect((await answer).status()).toBe(401)
      await expect(alert(page)).toHaveCount(1)
      said.push(await alert(page).innerText())
      await expect(page.getByLabel('Email')).toHaveValue(email)
    }
    expect(new Set(said)).toEqual(new Set([said[0]]))
    expect(said[0]).toContain('Incorrect email or password')
    await accessible()
    // Only whoever knows the password learns that the account is disabled.
    await signIn(page, disabled)
    await expect(alert(page)).toContainText('This account is disabled')
    await page.goto(routes.home())
    await expect(heading(page, 'Sign in')).toBeVisible()
  })

  test('for the eleventh time waits, also with the right password, and others do not', async ({
    page,
    account,
    playwright,
    extraHTTPHeaders: here = {},
  }) => {
    const [person, neighbour] = [await account('viewer'), await account('viewer')]
    const from = (address: Record<string, string>) =>
      playwright.request.newContext({ extraHTTPHeaders: address, storageState: nobody })
    // Each from one address, where the limit of all its sign-ins comes later.
    for (const [one, address] of [[person, here] as const, [stranger('viewer'), visitor()] as const]) {
      const context = await from(address)
      const codes: string[] = []
      for (let count = 0; count < 11; count += 1)
        codes.push((await codeOf(await signInBy(context, { ...one, password: 'wrong' }))).join(' '))
      expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => '401 wrong_sign_in'))
      expect(codes.at(10)).toBe('429 too_many_attempts')
      await context.dispose()
    }
    // At another address the account is open, which does not open it at this one.
    const away = await from(visitor())
    expect((await signInBy(away, person)).status()).toBe(200)
    await away.dispose()
    await page.goto(routes.signIn())
    await signIn(page, person)
    await expect(alert(page)).toContainText('Too many attempts')
    await expect(alert(page)).toContainText(/Try again in 1[45] minutes/)
    await signIn(page, neighbour)
    await expect(heading(page, 'Instances')).toBeVisible()
  })
})

test('sign out here: the cookie is worth nothing any more, another browser goes on', async ({
  page,
  context,
  account,
  elsewhere,
}) => {
  const person = await account('operator')
  await signInBy(elsewhere, person)
  await page.goto(routes.signIn())
  await signIn(page, person)
  await expect(heading(page, 'Instances')).toBeVisible()
  const cookie = await sessionCookie(context)
  await page.getByRole('button', { name: person.name }).click()
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click()
  await expect(heading(page, 'Sign in')).toBeVisible()
  await page.goBack()
  await expect(heading(page, 'Sign in')).toBeVisible()
  await context.addCookies([cookie])
  await page.goto(routes.home())
  await expect(heading(page, 'Sign in')).toBeVisible()
  expect((await elsewhere.get('/api/swr/default/v2/-/instances')).status()).toBe(200)
})

test.describe('in two browsers', () => {
  test.use({ expectedErrors: [/status of (401|422)/] })

  test('sign out everywhere ends both sessions at once', async ({ page, account, elsewhere }) => {
    const person = await account('operator')
    await signInBy(elsewhere, person)
    await page.goto(routes.signIn(routes.settings()))
    await signIn(page, person)
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await expect(heading(page, 'Sign in')).toBeVisible()
    expect(await codeOf(await elsewhere.get('/api/swr/default/v2/-/instances'))).toEqual([401, 'not_signed_in'])
  })

  test('change the password: this session goes on, the other ends, the old password is wrong', async ({
    page,
    account,
    elsewhere,
    accessible,
  }) => {
    const person = await account('viewer')
    await signInBy(elsewhere, person)
    await page.goto(routes.signIn(routes.settings()))
    await signIn(page, person)
    const change = async (present: string, next: string, again = next) => {
      await page.getByLabel('Current password').fill(present)
      await page.getByLabel('New password', { exact: true }).fill(next)
      await page.getByLabel('Confirm new password').fill(again)
      await page.getByRole('button', { name: 'Change password' }).click()
    }
    await change('not the present one', 'quite another password')
    await expect(alert(page)).toContainText('Current password is incorrect')
    await change(person.password, 'quite another password', 'quite another passwort')
    await expect(page.getByLabel('Confirm new password')).toBeFocused()
    expect((await elsewhere.get('/api/swr/default/v2/-/instances')).status()).toBe(200)
    await change(person.password, 'quite another password')
    await expect(page.getByText('Password changed.')).toBeVisible()
    await accessible()
    expect((await elsewhere.get('/api/swr/default/v2/-/instances')).status()).toBe(401)
    expect(await codeOf(await signInBy(elsewhere, person))).toEqual([401, 'wrong_sign_in'])
    expect((await signInBy(elsewhere, { ...person, password: 'quite another password' })).status()).toBe(200)
    await page.reload()
    await expect(heading(page, 'Settings')).toBeVisible()
  })
})

test.describe('a session that has ended', () => {
  test.use({ expectedErrors: [/status of 401/] })

  test('a save leads to sign-in and back to the form, with what was typed', async ({
    page,
    place,
    account,
    asAdmin,
  }) => {
    const own = await place({ registries, policies: [policy(1, 'nightly')] })
    const person = await account('admin', 'Anna Admin')
    await page.goto(routes.signIn(routes.replicationEdit(own, 1)))
    await signIn(page, person)
    const name = page.getByRole('textbox', { name: /^Name/ })
    await name.fill('nightly-renamed')
    await page.getByRole('button', { name: 'Review and save' }).first().click()
    // What the dialog asks for itself would meet the end of the session before the save does.
    await expect(page.getByRole('dialog').getByText('No conflicts found.')).toBeVisible()
    await endSessions(asAdmin, person)
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect(heading(page, 'Sign in')).toBeVisible()
    await expect(page.getByText('Your unsaved input is kept.')).toBeVisible()
    expect(await own.received('PUT')).toEqual([])
    await signIn(page, person)
    await expect(page).toHaveURL(routes.replicationEdit(own, 1))
    await expect(page.getByText('Your unsaved draft was restored.')).toBeVisible()
    await expect(name).toHaveValue('nightly-renamed')
    await page.getByRole('button', { name: 'Review and save' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect(heading(page, 'nightly-renamed')).toBeVisible()
    expect(await own.received('PUT')).toHaveLength(1)
  })

  test('an altered cookie is nobody’s, on pages and at the API', async ({ page, context, place, account }) => {
    const own = await place({ registries, policies: [policy(1, 'nightly')] })
    await page.goto(routes.signIn())
    await signIn(page, await account('admin'))
    await expect(heading(page, 'Instances')).toBeVisible()
    const cookie = await sessionCookie(context)
    const asked = (await own.received()).length
    const [token = '', signature = ''] = cookie.value.split('.', 2)
    const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
    for (const value of [`${token}.${flipped}`, token, `x${cookie.value}`]) {
      await context.addCookies([{ ...cookie, value }])
      await page.goto(routes.replication(own))
      await expect(heading(page, 'Sign in')).toBeVisible()
      const list = `/api/swr/default/v2/-/instances/${own.instance}/replication/policies?offset=0&limit=10`
      expect(await codeOf(await context.request.get(list))).toEqual([401, 'not_signed_in'])
    }
    expect(await own.received()).toHaveLength(asked)
  })
})

test('every screen leads whoever is not signed in to sign-in, and asks SWR nothing', async ({
  page,
  place,
  organization,
}) => {
  const own = await place(content)
  const { name, received } = await organization(repositories)
  for (const { address } of screens) {
    const path = address(own, name, { dryRun: 1, run: 1 })
    await test.step(path, async () => {
      await page.goto(path)
      await expect(heading(page, 'Sign in')).toBeVisible()
      await expect(page).toHaveURL(routes.signIn(path))
    })
  }
  expect([...(await own.received()), ...(await received())]).toEqual([])
})

test('requests of another site are refused, whoever is signed in', async ({ place, account, elsewhere }) => {
  const own = await place({ registries, policies: [policy(1, 'nightly')] })
  const person = await account('admin')
  const foreign = 'https://elsewhere.example.com'
  expect(
    await codeOf(
      await elsewhere.post('/api/auth/sign-in/email', {
        data: { email: person.email, password: person.password },
        headers: { origin: foreign },
      }),
    ),
  ).toEqual([403, 'foreign_origin'])
  expect((await signInBy(elsewhere, person)).status()).toBe(200)
  const policies = `/api/swr/default/v2/-/instances/${own.instance}/replication/policies`
  const sites: Record<string, string>[] = [
    { origin: foreign },
    { origin: address.console, 'sec-fetch-site': 'cross-site' },
  ]
  for (const headers of sites) {
    const answers = [
      await elsewhere.delete(`${policies}/1`, { headers }),
      await elsewhere.post('/api/console/users', { headers, data: { email: 'x@y.example', name: 'X', role: 'admin' } }),
      await elsewhere.post('/api/auth/sign-out-everywhere', { headers, data: {} }),
    ]
    for (const answer of answers) expect(await codeOf(answer)).toEqual([403, 'foreign_origin'])
  }
  expect(await own.received()).toEqual([])
  expect((await elsewhere.get(`${policies}/1`)).status()).toBe(200)
})

test.describe('the audit log', () => {
  test.use({ role: 'viewer' })

  test('also says what was refused to somebody who is not signed in, and to another site', async ({
    page,
    place,
    account,
    elsewhere,
    accessible,
  }) => {
    const own = await place({ registries, policies: [policy(1, 'nightly')] })
    const person = await account('admin')
    const path = `/api/swr/default/v2/-/instances/${own.instance}/replication/policies/1`
    const ours = { origin: address.console }
    expect(await codeOf(await elsewhere.delete(path, { headers: ours }))).toEqual([401, 'not_signed_in'])
    expect((await elsewhere.get(path)).status()).toBe(401)
    expect((await signInBy(elsewhere, person)).status()).toBe(200)
    const foreign = { origin: 'https://elsewhere.example.com' }
    expect(await codeOf(await elsewhere.delete(path, { headers: foreign }))).toEqual([403, 'foreign_origin'])
    await page.goto(routes.auditView({ connection: own.connection, instance: own.instance }))
    const log = page.getByRole('table', { name: 'Audit log entries' })
    const refused = { Action: 'Delete replication policy', Object: '#1', Outcome: 'Denied' }
    await expectRows(log, [
      { User: `${person.email} Admin`, ...refused },
      { User: 'Anonymous Not signed in', ...refused },
    ])
    await accessible()
    await log
      .getByRole('link', { name: /^View details of entry/ })
      .last()
      .click()
    const dialog = page.getByRole('dialog')
    for (const text of ['Nothing was sent to SWR.', 'Anonymous', 'not_signed_in', '401'])
      await expect(dialog).toContainText(text)
    expect(await own.received('DELETE')).toEqual([])
  })
})

test.describe('in the demo', () => {
  test.use({ baseURL: address.refused, expectedErrors: [/status of 502/] })

  for (const role of ['viewer', 'operator', 'admin'] as const)
    test(`one button signs in as ${role}`, async ({ page }) => {
      await page.goto(routes.signIn(routes.settings()))
      await page.getByRole('button', { name: `Sign in as ${role}` }).click()
      await expect(heading(page, 'Settings')).toBeVisible()
      await expect(page.getByRole('main')).toContainText(new RegExp(`${role}@demo\\.test · ${role}`, 'i'))
    })

  test('another name of this machine leads to the one that counts', async ({ page }) => {
    const to = routes.settings()
    await page.goto(address.refused.replace('127.0.0.1', 'localhost') + routes.signIn(to))
    await expect(page).toHaveURL(
      ({ origin, searchParams }) => origin === address.refused && searchParams.get('to') === to,
    )
    await expect(heading(page, 'Sign in')).toBeVisible()
  })
})

test('outside of the demo no account is offered, and its passwords open nothing', async ({ page, request }) => {
  const answer = await page.goto(routes.signIn())
  await expect(page.getByRole('button')).toHaveText(['Sign in'])
  expect(await answer?.text()).not.toContain('@demo.test')
  const known = { ...stranger('admin'), email: 'admin@demo.test', password: 'demo-admin-password' }
  expect((await signInBy(request, known)).status()).toBe(401)
})

const before = [
  { path: `${address.console}${routes.signIn(routes.settings())}`, en: 'Sign in', zh: '登录' },
  { path: `${address.refused}${routes.signIn()}`, en: 'Sign in', zh: '登录' },
  { path: `${address.console}${routes.password()}#token`, en: 'Set your password', zh: '设置密码' },
  { path: `${address.console}${routes.password()}`, en: 'Set your password', zh: '设置密码' },
  { path: `${address.console}${routes.setUp()}#token`, en: 'Create the first admin', zh: '创建首个管理员' },
] as const

for (const look of looks) {
  test.describe(`${look.locale}, ${look.colorScheme}`, () => {
    test.use({ ...look, viewport: { width: 360, height: 740 } })

    test('the pages before sign-in are accessible and fit a phone', async ({ page, accessible }) => {
      for (const { path, en, zh } of before) {
        await test.step(path, async () => {
          await page.goto(path)
          await expect(heading(page, look.locale === 'zh-CN' ? zh : en)).toBeVisible()
          await expectNoSidewaysScroll(page)
          await accessible()
        })
      }
    })
  })
}

test('a link that is wrong or used up says so and sets nothing', async ({ page, request }) => {
  for (const [path, body] of [
    ['/api/auth/reset-password', { token: 'made-up', newPassword: 'a password of some length' }],
    [
      '/api/auth/set-up',
      { token: 'made-up', email: 'eve@x.example', name: 'Eve', password: 'a password of some length' },
    ],
  ] as const)
    expect(await codeOf(await post(request, path, body))).toEqual([422, 'link_expired'])
  await page.goto(routes.password())
  await expect(alert(page)).toContainText('Incomplete link')
})
