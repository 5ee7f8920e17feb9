import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { address } from './accounts'
import { expect, test } from './fixtures'
import { type Account, nobody, signIn, signInBy, stranger } from './people'
import { chooseAction, policy, registry } from './policies'
import { expectRow } from './rows'

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const table = (page: Page) => page.getByRole('table', { name: 'Users' })
const rowOf = (page: Page, { email }: { email: string }) => table(page).getByRole('row').filter({ hasText: email })

async function act(page: Page, person: Account, item: string) {
  await rowOf(page, person)
    .getByRole('button', { name: `Actions for ${person.name}` })
    .click()
  await page.getByRole('menuitem', { name: item }).click()
}

const expectedErrors = [/status of (401|403|409|422)/]

test.describe('accounts', () => {
  test.use({ expectedErrors, permissions: ['clipboard-read', 'clipboard-write'] })

  test('invite somebody: the link is shown once and works once', async ({ page, browser, accessible }) => {
    const person = stranger('operator', 'Ines Invited')
    await page.goto(routes.users())
    await page.getByRole('button', { name: 'Invite user' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Email').fill(person.email)
    await dialog.getByLabel('Name').fill(person.name)
    await dialog.getByRole('radio', { name: 'Operator' }).check()
    await expect(dialog).toContainText('Can also run policies and sync images.')
    await accessible()
    await dialog.getByRole('button', { name: 'Create invitation link' }).click()
    await expect(dialog).toContainText('is not shown again')
    await accessible()
    const url = await dialog.getByLabel('One-time link').inputValue()
    expect(url).toContain(`${address.console}${routes.password()}#`)
    // Whoever closes it by mistake is asked once, and still has it.
    await page.keyboard.press('Escape')
    await expect(dialog.getByRole('alert')).toContainText("You haven't copied the link")
    await expect(dialog.getByRole('button', { name: 'Close without copying' })).toBeVisible()
    await accessible()
    await dialog.getByRole('button', { name: 'Copy link' }).click()
    await expect(dialog.getByRole('alert')).toBeHidden()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url)
    await dialog.getByRole('button', { name: 'Close' }).click()
    await expect(page.getByRole('button', { name: 'Invite user' })).toBeFocused()
    await expectRow(table(page), person.name, { Status: 'Invited', 'Last sign-in': 'Never' })
    await expect(page.getByText(url)).toHaveCount(0)

    const theirs = await (await browser.newContext({ storageState: nobody })).newPage()
    await theirs.goto(url)
    const set = async (password: string) => {
      await theirs.getByLabel('New password', { exact: true }).fill(password)
      await theirs.getByLabel('Confirm new password').fill(password)
      await theirs.getByRole('button', { name: 'Set password' }).click()
    }
    await set(person.password)
    await expect(theirs.getByText('Password set.')).toBeVisible()
    expect(theirs.url()).not.toContain('#')
    await theirs.getByRole('link', { name: 'Go to sign-in' }).click()
    await signIn(theirs, person)
    await expect(theirs.getByRole('navigation', { name: 'Main' })).toContainText('Ines Invited · Operator')
    await theirs.goto(url)
    await set('another password of mine')
    await expect(theirs.getByRole('alert').first()).toContainText('This link has expired')
    await theirs.context().close()

    await page.getByRole('button', { name: 'Refresh' }).click()
    await expectRow(table(page), person.name, { Status: 'Active' })
    await page.getByRole('button', { name: 'Invite user' }).click()
    await dialog.getByLabel('Email').fill(person.email.toUpperCase())
    await dialog.getByLabel('Name').fill('Once more')
    await dialog.getByRole('button', { name: 'Create invitation link' }).click()
    await expect(dialog.getByRole('alert')).toContainText('A user with this email already exists')
  })

  test('find somebody by name or e-mail, and lift the limit of their sign-in', async ({ page, account, elsewhere }) => {
    const person = await account('viewer', 'Lena Locked-out')
    for (let each = 0; each < 11; each++) await signInBy(elsewhere, { ...person, password: 'not the password of hers' })
    expect((await signInBy(elsewhere, person)).status()).toBe(429)
    await page.goto(routes.users())
    for (const text of ['lena lock', person.email.toUpperCase()]) {
      await page.getByRole('searchbox').fill(text)
      await expect(table(page).getByRole('row')).toHaveCount(2)
    }
    await act(page, person, 'Lift sign-in limit')
    await expect(page.getByText('Lena Locked-out can try to sign in again')).toBeVisible()
    expect((await signInBy(elsewhere, person)).status()).toBe(200)
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expectRow(table(page), person.name, { 'Last sign-in': /second/ })
    await page.getByRole('searchbox').fill('nobody of this name')
    await expect(page.getByText('No matching users')).toBeVisible()
  })

  test('another role takes effect at once, also where the person is at work', async ({
    page,
    browser,
    place,
    account,
  }) => {
    const own = await place({ registries: [registry(3, 'harbor-frankfurt')], policies: [policy(1, 'nightly')] })
    const person = await account('admin', 'Rolf Role')
    const theirs = await (await browser.newContext({ storageState: nobody })).newPage()
    await theirs.goto(address.console + routes.signIn(routes.replication(own)))
    await signIn(theirs, person)
    await expect(theirs.getByRole('link', { name: 'New policy' })).toBeVisible()

    await page.goto(routes.users())
    await act(page, person, 'Change role')
    const dialog = page.getByRole('dialog', { name: 'Change the role of Rolf Role' })
    await expect(dialog.getByRole('radio', { name: 'Admin' })).toBeChecked()
    await dialog.getByRole('radio', { name: 'Viewer' }).check()
    await dialog.getByRole('button', { name: 'Change role' }).click()
    await expect(page.getByText('Rolf Role now has the Viewer role')).toBeVisible()
    await expectRow(table(page), person.name, { Role: 'Viewer' })

    await theirs.getByRole('switch', { name: 'Enable nightly' }).click()
    await expect(heading(theirs, 'Sign in')).toBeVisible()
    expect(await own.received('PUT')).toEqual([])
    await signIn(theirs, person)
    await expect(theirs).toHaveURL(address.console + routes.replication(own))
    await expect(theirs.getByRole('button', { name: 'New policy' })).toBeDisabled()
    await theirs.context().close()
  })

  test('disable an account: its session ends at once; enable it again', async ({ page, account, elsewhere }) => {
    const person = await account('operator', 'Dora Dormant')
    await signInBy(elsewhere, person)
    const instances = '/api/swr/default/v2/-/instances'
    expect((await elsewhere.get(instances)).status()).toBe(200)
    await page.goto(routes.users())
    await act(page, person, 'Disable')
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
    await expectRow(table(page), person.name, { Status: 'Disabled' })
    expect((await elsewhere.get(instances)).status()).toBe(401)
    expect((await (await signInBy(elsewhere, person)).json()).code).toBe('account_disabled')
    await act(page, person, 'Enable')
    await expectRow(table(page), person.name, { Status: 'Active' })
    expect((await signInBy(elsewhere, person)).status()).toBe(200)
    await act(page, person, 'Sign out everywhere')
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click()
    await expect(page.getByText('Dora Dormant is signed out everywhere')).toBeVisible()
    expect((await elsewhere.get(instances)).status()).toBe(401)
  })

  test('a new password link: the old password works until the link is used', async ({ page, account, elsewhere }) => {
    const person = await account('viewer', 'Paul Password')
    await page.goto(routes.users())
    await act(page, person, 'Create password link')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Create link' }).click()
    const url = await dialog.getByLabel('One-time link').inputValue()
    expect((await signInBy(elsewhere, person)).status()).toBe(200)
    const set = { token: new URL(url).hash.slice(1), newPassword: 'the password after that' }
    const answer = await elsewhere.post('/api/auth/reset-password', { data: set, headers: { origin: address.console } })
    expect(answer.status()).toBe(200)
    expect((await elsewhere.get('/api/swr/default/v2/-/instances')).status()).toBe(401)
    expect((await signInBy(elsewhere, person)).status()).toBe(401)
    expect((await signInBy(elsewhere, { ...person, password: set.newPassword })).status()).toBe(200)
  })
})

test.describe('where there is one admin only', () => {
  test.use({ baseURL: address.refused, expectedErrors })

  test('the last admin stays one: the refusal is said in the dialog', async ({ page, accessible }) => {
    await page.goto(routes.users())
    await expect(table(page).getByRole('row')).toHaveCount(4)
    await chooseAction(page, 'Demo admin', 'Disable')
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('This is your own account')
    await dialog.getByRole('button', { name: 'Disable' }).click()
    await expect(dialog.getByRole('alert')).toContainText("You can't remove the last admin")
    await accessible()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await chooseAction(page, 'Demo admin', 'Change role')
    await dialog.getByRole('radio', { name: 'Operator' }).check()
    await dialog.getByRole('button', { name: 'Change role' }).click()
    await expect(dialog.getByRole('alert')).toContainText("You can't remove the last admin")
    await page.reload()
    await expect(rowOf(page, { email: 'admin@demo.test' })).toContainText('Active')
  })
})
