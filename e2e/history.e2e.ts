import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { focusSearch } from './alive'
import { expect, type Place, test } from './fixtures'
import { outside } from './outside'
import { admin } from './people'
import { chooseAction, policy, registry } from './policies'
import { putPolicy } from './policy-requests'
import { confirm, field, heading, review } from './replication-steps'
import { openForm, retention, save as saveRetention } from './retentions'
import { expectLines, expectRow } from './rows'

const registries = [registry(3, 'harbor-frankfurt')]
const namespaces = [{ name: 'library', repositories: [] }]
const id = 7
const nightly = policy(id, 'nightly', { description: 'as made' })

const dialog = (page: Page) => page.getByRole('dialog')
const versions = (page: Page) => page.getByRole('region', { name: 'Versions' }).getByRole('listitem')

async function edit(page: Page, own: Place, description: string, reason = '') {
  await page.goto(routes.replicationEdit(own, id))
  await field(page, 'Description').fill(description)
  await review(page)
  await dialog(page).getByLabel('Reason').fill(reason)
  await confirm(page, 'Save changes')
  await expect(heading(page, 'nightly')).toBeVisible()
}

const toHistory = async (page: Page) => {
  await page.getByRole('navigation', { name: 'Policy views' }).getByRole('link', { name: 'History' }).click()
  await expect(page).toHaveURL(/tab=history/)
}

test('the history tells every version with its author, its reason and what it changed', async ({
  page,
  place,
  accessible,
}) => {
  const own = await place({ registries, policies: [nightly] })
  await edit(page, own, 'for the audit', 'ticket 4711')
  await toHistory(page)
  await expect(versions(page)).toHaveCount(2)
  const [newest, first] = [versions(page).nth(0), versions(page).nth(1)]
  await expect(newest).toContainText(`Saved in the console by ${admin.email}`)
  await expect(newest).toContainText('ticket 4711')
  await expect(newest).toContainText('Current version')
  const change = { Before: 'as made', After: 'for the audit' }
  await expectRow(newest.getByRole('table'), 'Description', change)
  await expect(first).toContainText('First seen by the console')
  // The first version is not only a time: it says what the policy was.
  await expectRow(first.getByRole('table'), 'Repositories', { Value: 'library/**' })
  await expectRow(first.getByRole('table'), 'Description', { Value: 'as made' })
  await accessible()
  await page.getByRole('link', { name: 'Audit log of this policy' }).click()
  await expect(page.getByText('Replication policy #7 only')).toBeVisible()
  await page.goBack()
  await newest.getByRole('link', { name: 'Audit log entry' }).click()
  await expect(dialog(page)).toContainText('ticket 4711')
  await expectRow(dialog(page).getByRole('table'), 'Description', change)
})

test('a change that was made outside of the console is noticed and entered', async ({ page, place }) => {
  const own = await place({ registries, policies: [nightly] })
  await page.goto(routes.replicationHistory(own, id))
  await expect(versions(page)).toHaveCount(1)
  const { id: _, created_at, updated_at, src_registry, ...body } = nightly
  const params = { instance_id: own.instance, policy_id: String(id) }
  expect(await outside('replicationUpdate', params, { ...body, dest_namespace: 'elsewhere' })).toBe(200)
  // The next read notices it, and the one after shows it: the history is entered beside the answer.
  await page.goto(routes.replicationPolicy(own, id))
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('elsewhere')
  await expect(async () => {
    await page.goto(routes.replicationHistory(own, id))
    await expect(versions(page)).toHaveCount(2, { timeout: 1000 })
  }).toPass()
  await expect(versions(page).first()).toContainText('Changed outside the console')
  await expectRow(versions(page).first().getByRole('table'), 'Target namespace', { After: 'elsewhere' })
  await expect(versions(page).first().getByRole('link', { name: 'Audit log entry' })).toHaveCount(0)
})

test('an earlier version is restored as an edit that is reviewed like any other', async ({
  page,
  place,
  sandbox,
  accessible,
}) => {
  const own = await place({ registries, policies: [nightly] })
  await edit(page, own, 'a mistake')
  await toHistory(page)
  await versions(page).nth(1).getByRole('link', { name: 'Restore this version' }).click()
  await expect(page.getByText(/The form contains the version from .* Review and save to restore it/)).toBeVisible()
  await expect(field(page, 'Description')).toHaveValue('as made')
  await accessible()
  expect(await own.received('PUT')).toHaveLength(1)
  await review(page)
  await expectRow(dialog(page).getByRole('table'), 'Description', { Before: 'a mistake', After: 'as made' })
  await confirm(page, 'Save changes')
  await expect(heading(page, 'nightly')).toBeVisible()
  expect((await sandbox.stored(own.instance)).policies?.[0]).toMatchObject({ description: 'as made' })
  await toHistory(page)
  await expect(versions(page)).toHaveCount(3)
})

test('a deleted policy is made again from its last version', async ({ page, place, sandbox, accessible }) => {
  const own = await place({ registries, policies: [policy(id, 'nightly', { description: 'worth keeping' })] })
  await page.goto(routes.replication(own))
  await chooseAction(page, 'nightly', 'Delete')
  await dialog(page).getByLabel('Reason').fill('no longer needed')
  await dialog(page).getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('nightly was deleted')).toBeVisible()
  await page.getByRole('link', { name: 'Deleted policies' }).click()
  await expect(heading(page, 'Deleted policies')).toBeVisible()
  const gone = page.getByRole('table', { name: 'Deleted policies' })
  await expectRow(gone, 'nightly', {
    Deleted: expect.stringContaining(`Deleted in the console by ${admin.email}`),
  })
  await accessible()
  await gone.getByRole('link', { name: 'Recreate' }).click()
  await expect(page.getByText('The form contains the last version of nightly.')).toBeVisible()
  await expect(field(page, 'Description')).toHaveValue('worth keeping')
  await review(page)
  await confirm(page, 'Create policy')
  await expect(heading(page, 'nightly')).toBeVisible()
  const [made] = (await sandbox.stored(own.instance)).policies ?? []
  expect(made).toMatchObject({ name: 'nightly', description: 'worth keeping', filters: nightly.filters, enabled: true })
})

test.describe('on an address that SWR knows no more', () => {
  test.use({ expectedErrors: [/status of 404/] })

  test('the page of a deleted policy says who deleted it, shows its history and makes it again', async ({
    page,
    place,
    accessible,
  }) => {
    const own = await place({ registries, policies: [nightly] })
    await edit(page, own, 'the last words')
    const count = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Replication/ })
    await expectLines(count, [['Replication', '1']])
    await chooseAction(page, 'nightly', 'Delete')
    await dialog(page).getByLabel('Reason').fill('no longer needed')
    await dialog(page).getByRole('button', { name: 'Delete' }).click()
    // The toast offers it at once, and the count follows.
    await expect(page.getByText('nightly was deleted')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Recreate' })).toBeVisible()
    await expectLines(count, [['Replication', '0']])

    await page.goto(routes.replicationPolicy(own, id))
    await expect(heading(page, 'nightly')).toBeVisible()
    const main = page.getByRole('main')
    await expect(main).toContainText(`${admin.email} deleted nightly`)
    await expect(main).toContainText('no longer needed')
    await expect(versions(page).last()).toContainText('as made')
    await accessible()
    await page.goto(routes.replicationEdit(own, id))
    await expect(main).toContainText(`${admin.email} deleted nightly`)
    await main.getByRole('link', { name: 'Recreate' }).click()
    await expect(field(page, 'Description')).toHaveValue('the last words')
    await review(page)
    await confirm(page, 'Create policy')
    await expect(page.getByText('nightly was created')).toBeVisible()
    await expectLines(count, [['Replication', '1']])
    // The new policy knows the one before it.
    await toHistory(page)
    await page.getByRole('link', { name: `nightly #${id}` }).click()
    await expect(main).toContainText(`${admin.email} deleted nightly`)
  })
})

test('the toast after a deletion leads to making the policy again', async ({ page, place }) => {
  const own = await place({ registries, policies: [nightly] })
  await page.goto(routes.replication(own))
  await chooseAction(page, 'nightly', 'Delete')
  await dialog(page).getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Recreate' }).click()
  await expect(page.getByText('The form contains the last version of nightly.')).toBeVisible()
  await expect(field(page, 'Name')).toHaveValue('nightly')
})

test('deleting by keyboard goes on at the policy that has taken its place', async ({ page, place }) => {
  const own = await place({ registries, policies: [nightly, policy(8, 'weekly')] })
  await page.goto(routes.replication(own))
  await focusSearch(page)
  const menu = page.getByRole('button', { name: 'Actions for nightly' })
  await menu.press('Enter')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.getByRole('menuitem', { name: 'Delete' }).press('Enter')
  await dialog(page).getByRole('button', { name: 'Delete' }).press('Enter')
  // The question names the other policy as well, until it is closed.
  await expect(dialog(page)).toHaveCount(0)
  await expect(menu).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'weekly', exact: true })).toBeFocused()
  await expect(page.getByRole('region', { name: /^Notifications/ })).toContainText('nightly was deleted')
})

test.describe('an address of nothing', () => {
  test.use({ expectedErrors: [/status of 404/] })

  test('a policy that is not there offers the way back, not to try again', async ({ page, place }) => {
    const own = await place({ namespaces, retentions: [retention(4, 'keep')] })
    await page.goto(routes.retentionPolicy(own, 'library', 999))
    const alert = page.getByRole('main').getByRole('alert')
    await expect(alert).toContainText('Not found in SWR')
    await expect(alert.getByRole('button')).toHaveCount(0)
    await alert.getByRole('link', { name: 'All retention policies' }).click()
    await expect(heading(page, 'Retention policies')).toBeVisible()
  })
})

test('a retention policy has a history too, and gets an earlier version back', async ({ page, place, sandbox }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'keep')] })
  await openForm(page, own)
  await page.getByRole('textbox', { name: /^Number of/ }).fill('50')
  await saveRetention(page, own)
  await page.goto(routes.retentionPolicy(own, 'library', 4))
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('the 50 most recently pushed tags')
  await toHistory(page)
  await expectRow(versions(page).first().getByRole('table'), 'Tags kept, newest push first', {
    Before: '5',
    After: '50',
  })
  await versions(page).nth(1).getByRole('link', { name: 'Restore this version' }).click()
  await expect(page.getByRole('textbox', { name: /^Number of/ })).toHaveValue('5')
  await review(page)
  await confirm(page, 'Save changes')
  await expect(heading(page, 'keep')).toBeVisible()
  const [kept] = (await sandbox.stored(own.instance)).retentions ?? []
  expect(kept).toMatchObject({ rules: [{ params: { latestPushedK: 5 } }] })
})

test.describe('a viewer', () => {
  test.use({ role: 'viewer' })

  test('reads the history, and learns which role restores', async ({ page, place, asAdmin }) => {
    const own = await place({ registries, policies: [nightly] })
    const { id: _, created_at, updated_at, src_registry, ...body } = nightly
    const answer = await putPolicy(asAdmin, own, id, { ...body, description: 'by the admin' })
    expect(answer.status()).toBe(200)
    await page.goto(routes.replicationHistory(own, id))
    await expect(versions(page)).toHaveCount(2)
    const restore = versions(page).nth(1).getByRole('button', { name: 'Restore this version' })
    await expect(restore).toBeDisabled()
    await expect(restore).toHaveAccessibleDescription('Requires the Admin role')
  })
})
