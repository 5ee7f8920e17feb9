import { readFile } from 'node:fs/promises'
import type { APIRequestContext, Page } from '@playwright/test'
import type { AuditEntry, ConsoleOutput } from '@/lib/contract/console/schemas'
import { routes } from '@/lib/routes'
import { address } from './accounts'
import { repeatUntil } from './alive'
import { expect, type Place, test } from './fixtures'
import { OwnConsole } from './own-console'
import { admin, cookiesOf, nobody, signInBy } from './people'
import { expectNoSidewaysScroll, policy, registry, withoutScripts } from './policies'
import { currentHash, policiesPath, putPolicy } from './policy-requests'
import { expectRow, expectRows, expectTerms } from './rows'

const registries = [registry(3, 'harbor-frankfurt')]
const id = 7
const nightly = policy(id, 'nightly', { description: 'as made' })
const body = {
  name: 'nightly',
  description: 'as made',
  dest_registry: { id: 3 },
  filters: [{ type: 'name', value: 'library/**' }],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual' },
  override: false,
  enabled: true,
}

const put = (client: APIRequestContext, own: Place, more: object, reason?: string) =>
  putPolicy(client, own, id, { ...body, ...more }, reason)

const table = (page: Page) => page.getByRole('table', { name: 'Audit log entries' })
const rows = (page: Page) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('cell') })
const dialog = (page: Page) => page.getByRole('dialog')
const changes = (page: Page) => dialog(page).getByRole('table')
const fact = (page: Page, term: string) =>
  dialog(page)
    .locator('dl > div')
    .filter({ has: page.getByRole('term').filter({ hasText: new RegExp(`^${term}$`) }) })
/** Chooses or fills in the first filter of a page, as soon as that is alive. */
const narrow = (page: Page, act: () => Promise<unknown>, address: RegExp) =>
  repeatUntil(act, () => expect(page).toHaveURL(address, { timeout: 1000 }))
const openEntry = (page: Page, at = 0) =>
  rows(page)
    .nth(at)
    .getByRole('link', { name: /^View details of entry/ })
    .click()
/** The log of one instance: what other tests do is not in it. */
const logOf = ({ connection, instance }: Place, more: Record<string, string> = {}) =>
  routes.auditView({ connection, instance, ...more })

test('the log says who changed what, field by field, with its reason and SWR’s request id', async ({
  page,
  place,
  accessible,
}) => {
  const own = await place({ registries, policies: [nightly] })
  expect((await put(page.request, own, { description: 'changed' }, 'ticket 17 – ältere Regel')).status()).toBe(200)
  const answer = await page.goto(logOf(own))
  expect(withoutScripts((await answer?.text()) ?? '')).toContain('Update replication policy')
  await expectRows(table(page), [
    {
      User: `${admin.email} Admin`,
      Action: 'Update replication policy Description as made → changed · Tags ** → –',
      Object: `nightly #${id}`,
      Outcome: 'Succeeded',
    },
  ])
  await accessible()
  await openEntry(page)
  await expect(page).toHaveURL(/entry=\d+/)
  await expectTerms(dialog(page), {
    Reason: 'ticket 17 – ältere Regel',
    'SWR request ID': /[0-9a-f-]{16,}/i,
    Status: /200/,
  })
  await expectRow(changes(page), 'Description', { Before: 'as made', After: 'changed' })
  await accessible()
  // The entry has an address of its own, whatever else is in the log.
  const { searchParams } = new URL(page.url())
  await page.goto(routes.auditEntry(Number(searchParams.get('entry'))))
  await expect(fact(page, 'Object')).toContainText('nightly')
  await dialog(page).getByRole('link', { name: 'nightly' }).click()
  await expect(page).toHaveURL(routes.replicationPolicy(own, id))
})

test('what SWR refused and what the console denied are in the log as well', async ({ page, place, browser }) => {
  const own = await place({ registries, policies: [nightly] })
  expect((await put(page.request, own, { name: 'fault-400' })).status()).toBe(400)
  const viewer = await browser.newContext({ storageState: cookiesOf('viewer'), baseURL: address.console })
  expect((await put(viewer.request, own, { description: 'not mine to change' })).status()).toBe(403)
  await viewer.close()
  await page.goto(logOf(own))
  await expectRows(table(page), [
    { User: 'vito@team.example Viewer', Outcome: 'Denied' },
    { User: `${admin.email} Admin`, Outcome: 'Rejected by SWR' },
  ])
  expect(await own.received('PUT')).toHaveLength(1)

  const outcome = page.getByRole('combobox', { name: 'Outcome' })
  await narrow(page, () => outcome.selectOption('Denied'), /outcome=denied/)
  await expectRows(table(page), [{ Outcome: 'Denied' }])
  await openEntry(page)
  await expect(dialog(page)).toContainText('Nothing was sent to SWR.')
  await expectTerms(dialog(page), { Error: "You don't have permission to do this role_too_low" })
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/entry=/)

  await outcome.selectOption('Rejected by SWR')
  // The rows from before stay until the new ones are there.
  await expectRows(table(page), [{ Outcome: 'Rejected by SWR' }])
  await openEntry(page)
  await expectTerms(dialog(page), { Status: /400/, 'SWR request ID': /[0-9a-f-]{16,}/i })
})

test('filters by person, object, operation and time are in the address', async ({
  page,
  place,
  account,
  playwright,
}) => {
  const own = await place({ registries, policies: [nightly] })
  const bea = await account('admin', 'Bea Busy')
  const hers = await playwright.request.newContext({ storageState: nobody })
  expect((await signInBy(hers, bea)).status()).toBe(200)
  expect((await put(page.request, own, { description: 'mine' })).status()).toBe(200)
  expect((await put(hers, own, { description: 'hers' })).status()).toBe(200)
  const made = await hers.post(policiesPath(own), {
    data: { ...body, name: 'weekly' },
    headers: { origin: address.console },
  })
  expect(made.status()).toBe(200)
  await hers.dispose()

  await page.goto(logOf(own))
  await expectRows(table(page), [{ Action: /^Create replication policy/ }, {}, {}])
  await narrow(page, () => page.getByRole('textbox', { name: 'User' }).fill(bea.email.slice(0, 12)), /person=admin-/)
  await expect(rows(page)).toHaveCount(2)
  await page.getByRole('textbox', { name: 'Object' }).fill('weekly')
  await expect(rows(page)).toHaveCount(1)
  await page.reload()
  await expect(rows(page)).toHaveCount(1)
  await expect(page.getByRole('textbox', { name: 'Object' })).toHaveValue('weekly')
  await page.goBack()
  await page.goto(logOf(own, { operation: 'replicationUpdate' }))
  await expect(rows(page)).toHaveCount(2)
  await expect(page.getByRole('combobox', { name: 'Action' })).toHaveValue('replicationUpdate')
  // Entered as the viewer's own time, Shanghai; kept as an instant.
  const until = page.getByLabel('Until', { exact: true })
  await narrow(page, () => until.fill('2020-01-01T08:00').then(() => until.press('Enter')), /to=2020-01-01T00/)
  await expect(page.getByText('No matching entries')).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Rows per page' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Clear filters' }).first().click()
  await expect(page).toHaveURL(routes.audit())
})

test('the log is exported with its filters, as CSV and as JSON lines', async ({ page, place }) => {
  const own = await place({ registries, policies: [nightly] })
  const described = { description: '=1+1, "quoted"', filters: nightly.filters }
  expect((await put(page.request, own, described)).status()).toBe(200)
  expect((await put(page.request, own, { name: 'fault-400' })).status()).toBe(400)
  await page.goto(logOf(own, { outcome: 'done' }))
  const download = async (name: string) => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name, exact: true }).click(),
    ])
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
  }
  const csv = await download('Export CSV')
  expect(csv.name).toMatch(/^audit-log-.*\.csv$/)
  expect(csv.text.trimEnd().split('\r\n')).toHaveLength(2)
  expect(csv.text).toContain('"replicationUpdate","Update replication policy"')
  expect(csv.text).toContain('"description: as made → =1+1, ""quoted"""')
  expect(csv.text).toContain(own.instance)
  const lines = await download('Export JSON Lines')
  expect(lines.name).toMatch(/\.jsonl$/)
  const entries = lines.text
    .trimEnd()
    .split('\n')
    .map((line): AuditEntry => JSON.parse(line))
  expect(entries).toMatchObject([
    {
      operation: 'replicationUpdate',
      outcome: 'done',
      actorName: admin.email,
      after: { description: '=1+1, "quoted"' },
    },
  ])
})

test('a row says what changed, a switch is an act of its own, and the row is one link', async ({ page, place }) => {
  const own = await place({ registries, policies: [nightly] })
  const filters = (tag: string) => [
    { type: 'name', value: 'library/**' },
    { type: 'tag', value: tag },
  ]
  expect((await put(page.request, own, { filters: filters('v2.*') })).status()).toBe(200)
  expect((await put(page.request, own, { filters: filters('v3.*') })).status()).toBe(200)
  expect((await put(page.request, own, { filters: filters('v3.*'), enabled: false })).status()).toBe(200)
  const late = await page.request.put(policiesPath(own, id), {
    data: { ...body, description: 'too late' },
    headers: { origin: address.console, 'if-match': `"${'0'.repeat(64)}"` },
  })
  expect(late.status()).toBe(409)
  await page.goto(logOf(own))
  await expectRows(table(page), [
    { Outcome: 'Changed by someone else, nothing written' },
    { Action: /^Disable replication policy/ },
    { Action: 'Update replication policy Tags v2.* → v3.*' },
    { Action: /^Update replication policy/ },
  ])
  // Anywhere in it, where there is nothing else to press.
  const action = await rows(page).nth(1).getByRole('cell').nth(2).boundingBox()
  if (!action) throw new Error('the row is not shown')
  // By the mouse: what is hit there is the link of the row, which lies over its cells.
  await page.mouse.click(action.x + 4, action.y + 4)
  await expect(page.getByRole('dialog', { name: 'Disable replication policy: nightly' })).toBeVisible()
  await expect(fact(page, 'Instance').getByRole('link')).not.toHaveText(own.instance)
})

test('the log begins with policies and registries; sign-ins are a choice away', async ({ page, place }) => {
  const own = await place({ registries, policies: [nightly] })
  expect((await put(page.request, own, { description: 'mine' })).status()).toBe(200)
  await page.goto(routes.audit())
  await expect(rows(page).first()).toBeVisible()
  await expect(rows(page).filter({ hasText: 'Sign in' })).toHaveCount(0)
  const scope = page.getByRole('combobox', { name: 'Scope' })
  await narrow(page, () => scope.selectOption('Users and sign-ins'), /scope=accounts/)
  await expect(rows(page).filter({ hasText: 'replication policy' })).toHaveCount(0)
  await expect(rows(page).filter({ hasText: 'Sign in' }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Last 7 days' }).click()
  await expect(page).toHaveURL(/from=/)
  await expect(page.getByRole('button', { name: 'Last 7 days' })).toHaveAttribute('aria-pressed', 'true')
  const from = new URL(page.url()).searchParams.get('from') ?? ''
  expect(Math.abs(Date.now() - Date.parse(from) - 7 * 86_400_000)).toBeLessThan(60_000)
})

test('the log is paged by the server, newest first', async ({ page, place }) => {
  const own = await place({ registries, policies: [nightly] })
  for (let at = 1; at <= 12; at += 1)
    expect((await put(page.request, own, { description: `change ${at}` })).status()).toBe(200)
  await page.goto(logOf(own, { size: '10' }))
  await expect(rows(page)).toHaveCount(10)
  await expect(page.getByText('1–10 of 12')).toBeVisible()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page).toHaveURL(/page=2/)
  await expect(rows(page)).toHaveCount(2)
  await openEntry(page, -1)
  await expectRow(changes(page), 'Description', { Before: 'as made', After: 'change 1' })
})

test.describe('a viewer on a phone', () => {
  test.use({ role: 'viewer', viewport: { width: 360, height: 740 } })

  test('reads the log and one of its entries', async ({ page, place, asAdmin, accessible }) => {
    const own = await place({ registries, policies: [nightly] })
    expect((await put(asAdmin, own, { description: 'by the admin' })).status()).toBe(200)
    await page.goto(logOf(own))
    await expect(rows(page)).toHaveCount(1)
    await expectNoSidewaysScroll(page)
    await openEntry(page)
    await expectRow(changes(page), 'Description', { Before: 'as made', After: 'by the admin' })
    await expectNoSidewaysScroll(page)
    await accessible()
  })
})

test('a console that is killed in the middle of a write leaves an entry that says so', async ({
  browser,
  playwright,
  place,
}) => {
  test.setTimeout(120_000)
  const own = await place({ registries, policies: [nightly] })
  const console_ = await OwnConsole.make()
  try {
    await console_.start()
    const client = await playwright.request.newContext({ baseURL: console_.url, storageState: nobody })
    expect((await signInBy(client, admin, console_.url)).status()).toBe(200)
    const path = policiesPath(own, id)
    const ifMatch = await currentHash(client, path)
    const writing = client
      .put(path, {
        data: { ...body, name: 'fault-slow', description: 'halfway' },
        headers: { origin: console_.url, 'if-match': ifMatch, 'x-console-reason': 'before%20the%20crash' },
      })
      .catch(() => null)
    await expect.poll(async () => (await own.received('PUT')).length).toBe(1)
    await console_.kill()
    expect(await writing).toBeNull()

    // It finds the lock of a process that is gone, and takes it over.
    await console_.start()
    expect((await signInBy(client, admin, console_.url)).status()).toBe(200)
    const log = await client.get(`/api/console/audit?operation=replicationUpdate`)
    const { entries }: ConsoleOutput<'auditList'> = await log.json()
    expect(entries).toMatchObject([
      {
        outcome: 'interrupted',
        closedAt: null,
        actorName: admin.email,
        objectId: String(id),
        reason: 'before the crash',
        before: { name: 'nightly' },
        after: { name: 'fault-slow', description: 'halfway' },
      },
    ])
    const context = await browser.newContext({ baseURL: console_.url, storageState: await client.storageState() })
    const page = await context.newPage()
    await page.goto(routes.auditView({ outcome: 'interrupted' }))
    await expectRows(table(page), [{ Outcome: 'Interrupted' }])
    await openEntry(page)
    await expect(dialog(page)).toContainText('The result is unknown.')
    await context.close()
    await client.dispose()
  } finally {
    await console_.remove()
  }
})
