import type { BrowserContext, Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { address } from './accounts'
import { expect, type Place, test } from './fixtures'
import { outside } from './outside'
import { type Account, nobody, signInBy } from './people'
import { chooseAction, policy, policyRow, registry } from './policies'
import { policiesPath } from './policy-requests'
import { confirm, field, heading, review } from './replication-steps'
import { openForm, retention } from './retentions'
import { expectLines, expectRows } from './rows'

const registries = [registry(3, 'harbor-frankfurt'), registry(4, 'plant-suzhou')]
const namespaces = [{ name: 'library', repositories: [] }]
const id = 7
const nightly = policy(id, 'nightly', { description: 'as made' })
const params = (own: Place) => ({ instance_id: own.instance, policy_id: String(id) })

/** What somebody else writes: the whole policy as a request, with these changes. */
const request = (more: Record<string, unknown> = {}) => ({
  name: 'nightly',
  description: 'as made',
  dest_registry: { id: 3 },
  dest_namespace: '',
  filters: [
    { type: 'name', value: 'library/**' },
    { type: 'tag', value: '**' },
  ],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
  override: false,
  enabled: true,
  ...more,
})

const dialog = (page: Page) => page.getByRole('dialog')
const save = (page: Page) => confirm(page, 'Save changes')
/** What differs, with its three versions. */
const question = (page: Page, name: string) => dialog(page).getByRole('group', { name, exact: true })
const side = (page: Page, name: string, label: 'Current' | 'Yours') =>
  question(page, name).getByRole('radio', { name: new RegExp(`^${label}`) })

async function openEdit(page: Page, own: Place, name = 'nightly') {
  await page.goto(routes.replicationEdit(own, id))
  await expect(heading(page, `Edit ${name}`)).toBeVisible()
}

const stored = async (sandbox: { stored: (instance: string) => Promise<{ policies?: object[] }> }, own: Place) =>
  (await sandbox.stored(own.instance)).policies?.[0]

/** How often SWR was asked for the policy. */
const shows = async (own: Place) =>
  (await own.received('GET')).filter(({ path }) => path.endsWith(`/policies/${id}`)).length

/** Another person in another browser. */
async function signedIn(context: BrowserContext, person: Account): Promise<Page> {
  expect((await signInBy(context.request, person)).status()).toBe(200)
  return await context.newPage()
}

test.describe('somebody else was faster', () => {
  test.use({ expectedErrors: [/status of (409|404)/] })

  test('two admins edit the same policy at once and neither loses anything', async ({
    page,
    browser,
    place,
    sandbox,
    account,
    accessible,
  }) => {
    const own = await place({ registries, policies: [nightly] })
    const context = await browser.newContext({ storageState: nobody })
    const bea = await account('admin', 'Bea Busy')
    const other = await signedIn(context, bea)
    await openEdit(page, own)
    await openEdit(other, own)

    await field(other, 'Description').fill('hers')
    await field(other, 'Tags').fill('v*')
    await review(other)
    await save(other)
    await expect(heading(other, 'nightly')).toBeVisible()
    await context.close()

    await field(page, 'Description').fill('mine')
    await field(page, 'Target namespace').fill('mirror')
    await review(page)
    await dialog(page).getByLabel('Reason').fill('ticket 12')
    const read = await shows(own)
    await save(page)
    await expect(
      dialog(page).getByRole('heading', { name: 'nightly was changed while you were editing it' }),
    ).toBeVisible()
    expect(await own.received('PUT')).toHaveLength(1)
    // The refusal has brought the policy along: nobody asks SWR for it a second time.
    expect(await shows(own)).toBe(read + 1)
    await expect(dialog(page)).toContainText(`Changed by ${bea.email}`)
    await expect(dialog(page)).toContainText('in this console')
    // Only mine stays mine, only hers stays hers; what both changed has to be chosen.
    await expect(side(page, 'Target namespace', 'Yours')).toBeChecked()
    await expect(side(page, 'Tags', 'Current')).toBeChecked()
    await expect(side(page, 'Description', 'Current')).not.toBeChecked()
    await expect(side(page, 'Description', 'Yours')).not.toBeChecked()
    await expectLines(question(page, 'Description'), [
      ['Description', 'Original', 'as made', 'Current', 'hers', 'Yours', 'mine', 'Changed by both: select one.'],
    ])
    await expect(dialog(page).getByText('1 field left to resolve')).toBeVisible()
    await expect(dialog(page).getByRole('button', { name: 'Review merged changes' })).toBeDisabled()
    await accessible()
    await side(page, 'Description', 'Yours').check()
    await dialog(page).getByRole('button', { name: 'Review merged changes' }).click()

    // The review is against what is there now: her tags are no change of mine.
    const changes = dialog(page).getByRole('region', { name: 'Changes' })
    await expect(changes).toContainText('Description')
    await expect(changes).toContainText('hers')
    await expect(changes).toContainText('Target namespace')
    await expect(changes).not.toContainText('Tags')
    await expect(dialog(page).getByLabel('Reason')).toHaveValue('ticket 12')
    await save(page)
    await expect(heading(page, 'nightly')).toBeVisible()
    expect(await stored(sandbox, own)).toMatchObject({
      description: 'mine',
      dest_namespace: 'mirror',
      filters: [
        { type: 'name', value: 'library/**' },
        { type: 'tag', value: 'v*' },
      ],
    })
  })

  test('what was typed survives looking at the conflict and going back to the form', async ({ page, place }) => {
    const own = await place({ registries, policies: [nightly] })
    await openEdit(page, own)
    await field(page, 'Description').fill('a long explanation')
    const theirs = request({
      override: true,
      dest_registry: { id: 4 },
      trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } },
    })
    expect(await outside('replicationUpdate', params(own), theirs)).toBe(200)
    await review(page)
    await save(page)
    await expect(dialog(page).getByText('Changed outside of this console.')).toBeVisible()
    await expect(side(page, 'Overwrite existing tags', 'Current')).toBeChecked()
    // What differs is said in the words of the form, not of the wire.
    await expect(question(page, 'Direction and registry')).toContainText('Pushes to harbor-frankfurt')
    await expect(question(page, 'Direction and registry')).toContainText('Pushes to plant-suzhou')
    await expect(question(page, 'Trigger')).toContainText('Manual')
    await expect(question(page, 'Trigger')).toContainText('Every day at 02:00 UTC')
    await expect(question(page, 'Overwrite existing tags')).toContainText('Keep existing')
    await dialog(page).getByText('What if someone else edits this at the same time?').click()
    await expect(dialog(page).getByText('SWR has no locking')).toBeVisible()
    await dialog(page).getByRole('button', { name: 'Back to form' }).click()
    await expect(field(page, 'Description')).toHaveValue('a long explanation')
    // Nothing was decided, so nothing may be written.
    await review(page)
    await save(page)
    await expect(dialog(page).getByRole('heading', { name: /was changed while you were editing it/ })).toBeVisible()
    expect((await own.received('PUT')).map(({ body }) => body)).toEqual([theirs])
  })

  test('a draft brings back only what was typed, not what others have changed since', async ({
    page,
    place,
    sandbox,
  }) => {
    const own = await place({ registries, policies: [nightly] })
    await openEdit(page, own)
    await field(page, 'Description').fill('typed before the reload')
    expect(await outside('replicationUpdate', params(own), request({ dest_namespace: 'theirs' }))).toBe(200)
    page.on('dialog', (asked) => asked.accept())
    await page.reload()
    await expect(page.getByText('Your unsaved draft was restored.')).toBeVisible()
    await expect(field(page, 'Description')).toHaveValue('typed before the reload')
    await expect(field(page, 'Target namespace')).toHaveValue('theirs')
    await review(page)
    await save(page)
    await expect(heading(page, 'nightly')).toBeVisible()
    expect(await stored(sandbox, own)).toMatchObject({
      description: 'typed before the reload',
      dest_namespace: 'theirs',
    })
  })

  test('a policy that was deleted meanwhile is created again from the form', async ({ page, place, sandbox }) => {
    const own = await place({ registries, policies: [nightly] })
    await openEdit(page, own)
    await field(page, 'Description').fill('still wanted')
    expect(await outside('replicationDelete', params(own))).toBe(204)
    await review(page)
    await save(page)
    await expect(
      dialog(page).getByRole('heading', { name: 'nightly was deleted while you were editing it' }),
    ).toBeVisible()
    await expect(dialog(page).getByText('Deleted outside of this console.')).toBeVisible()
    expect(await own.received('PUT')).toEqual([])
    await dialog(page).getByRole('button', { name: 'Recreate' }).click()
    await dialog(page).getByRole('button', { name: 'Create policy' }).click()
    await expect(page.getByText('nightly was created')).toBeVisible()
    expect(await stored(sandbox, own)).toMatchObject({ name: 'nightly', description: 'still wanted' })
  })

  test('two changes of one retention policy are put together', async ({ page, place, sandbox }) => {
    const own = await place({ namespaces, retentions: [retention(4, 'keep')] })
    await openForm(page, own)
    await page.getByRole('textbox', { name: /^Number of/ }).fill('20')
    const { id: _, namespace_id: __, namespace_name: ___, ...body } = retention(4, 'keep')
    const place4 = { instance_id: own.instance, namespace_name: 'library', policy_id: '4' }
    const [rule] = body.rules
    const { id: ____, ...ruleBody } = rule ?? {}
    const theirs = { ...body, name: 'keep-theirs', rules: [ruleBody] }
    expect(await outside('retentionUpdate', place4, theirs)).toBe(201)
    await review(page)
    await save(page)
    await expect(side(page, 'Rules', 'Yours')).toBeChecked()
    await expect(question(page, 'Rules')).toContainText('the 5 most recently pushed tags')
    await expect(question(page, 'Rules')).toContainText('the 20 most recently pushed tags')
    await expect(side(page, 'Name', 'Current')).toBeChecked()
    await dialog(page).getByRole('button', { name: 'Review merged changes' }).click()
    await save(page)
    await expect(heading(page, 'keep-theirs')).toBeVisible()
    const [kept] = (await sandbox.stored(own.instance)).retentions ?? []
    expect(kept).toMatchObject({ name: 'keep-theirs', rules: [{ params: { latestPushedK: 20 } }] })
  })

  test('a switch on a row that has changed says so and shows what is there now', async ({
    page,
    place,
    accessible,
  }) => {
    const own = await place({ registries, policies: [nightly] })
    await page.goto(routes.replication(own))
    expect(
      await outside('replicationUpdate', params(own), request({ filters: [{ type: 'name', value: 'team/**' }] })),
    ).toBe(200)
    const own7 = policyRow(page, 'nightly')
    await own7.getByRole('switch').click()
    await expect(page.getByText('nightly was changed by someone else. It was not switched')).toBeVisible()
    await expect(own7).toContainText('team/**')
    await expect(own7.getByRole('switch')).toHaveAttribute('aria-checked', 'true')
    expect(await own.received('PUT')).toHaveLength(1)
    await accessible()
    // Now it is what is shown, and the switch works.
    await own7.getByRole('switch').click()
    await expect(page.getByText('nightly is disabled')).toBeVisible()
    expect((await own.received('PUT')).at(-1)?.body).toMatchObject({
      enabled: false,
      filters: [{ type: 'name', value: 'team/**' }],
    })
  })

  test('a policy that has changed is shown anew before it can be deleted', async ({ page, place }) => {
    const own = await place({ registries, policies: [nightly] })
    await page.goto(routes.replication(own))
    await chooseAction(page, 'nightly', 'Delete')
    await expect(dialog(page)).toContainText('library/**')
    expect(
      await outside('replicationUpdate', params(own), request({ filters: [{ type: 'name', value: 'team/**' }] })),
    ).toBe(200)
    await dialog(page).getByRole('button', { name: 'Delete' }).click()
    await expect(dialog(page).getByText('Someone else changed this')).toBeVisible()
    await expect(dialog(page).getByText('The policy was not deleted.')).toBeVisible()
    await expect(dialog(page)).toContainText('team/**')
    expect(await own.received('DELETE')).toEqual([])
    await dialog(page).getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByText('nightly was deleted')).toBeVisible()
    expect(await own.received('DELETE')).toHaveLength(1)
  })
})

test('a write without the hash of what it changes, or with an old one, is refused by the API', async ({
  page,
  place,
}) => {
  const own = await place({ registries, policies: [nightly] })
  const path = policiesPath(own, id)
  const headers = { origin: address.console }
  const shown = await (await page.request.get(path)).json()
  const missing = await page.request.put(path, { data: request(), headers })
  expect([missing.status(), (await missing.json()).code]).toEqual([428, 'precondition_missing'])
  const old = await page.request.put(path, {
    data: request(),
    headers: { ...headers, 'if-match': '"of-another-time"' },
  })
  expect(old.status()).toBe(409)
  expect(await old.json()).toMatchObject({
    code: 'changed_meanwhile',
    now: { name: 'nightly', content_hash: shown.content_hash },
  })
  const gone = await page.request.delete(path, { headers })
  expect(gone.status()).toBe(428)
  expect([...(await own.received('PUT')), ...(await own.received('DELETE'))]).toEqual([])
  const ifMatch = { ...headers, 'if-match': `"${shown.content_hash}"` }
  expect((await page.request.put(path, { data: request({ description: 'by hand' }), headers: ifMatch })).status()).toBe(
    200,
  )
  expect(await own.received('PUT')).toHaveLength(1)
})

test('after a save the page says what is stored otherwise than it was sent', async ({ page, place, accessible }) => {
  const own = await place({ registries, policies: [nightly] })
  await openEdit(page, own)
  // Takes place at once and answers late: time for another to change what will be read back.
  await field(page, 'Name').fill('fault-slow')
  await review(page)
  await save(page)
  await expect.poll(async () => (await own.received('PUT')).length).toBe(1)
  expect(await outside('replicationUpdate', params(own), request({ name: 'renamed' }))).toBe(200)
  const note = page.getByRole('status').filter({ hasText: 'SWR adjusted 1 value of fault-slow' })
  await expect(note).toContainText('fault-slow')
  await expect(note).toContainText('renamed')
  await expect(heading(page, 'renamed')).toBeVisible()
  await accessible()
  await note.getByRole('button', { name: 'Dismiss' }).click()
  await expect(note).toHaveCount(0)
})

test('the review speaks the words of the form and names the registry', async ({ page, place, accessible }) => {
  const own = await place({ registries, policies: [nightly] })
  await openEdit(page, own)
  await page.getByRole('combobox', { name: 'Target registry' }).selectOption('4')
  await page.getByRole('radio', { name: 'Scheduled' }).check()
  await field(page, 'Cron expression').fill('0 0 2 * * *')
  await page.getByRole('radio', { name: 'Overwrite' }).check()
  await page.getByRole('checkbox', { name: 'Enabled' }).uncheck()
  await review(page)
  await expectRows(dialog(page).getByRole('table'), [
    { Field: 'Target registry', Before: 'harbor-frankfurt', After: 'plant-suzhou' },
    { Field: 'Trigger', Before: 'Manual', After: 'Scheduled' },
    { Field: 'Schedule', Before: '–', After: 'Every day at 02:00 UTC 0 0 2 * * *' },
    { Field: 'If the tag already exists', Before: 'Keep existing', After: 'Overwrite' },
    { Field: 'Enabled', Before: 'Yes', After: 'No' },
  ])
  // The request is still there for whoever wants to read it.
  await expect(dialog(page)).toContainText('"dest_registry": {')
  await accessible()
})

test('a form in which nothing was changed offers nothing to save', async ({ page, place }) => {
  const own = await place({ registries, policies: [nightly] })
  await openEdit(page, own)
  await review(page)
  await expect(dialog(page).getByRole('heading', { name: 'No changes' })).toBeVisible()
  await expect(dialog(page).getByRole('button')).toHaveText(['Back to form'])
  await dialog(page).getByRole('button', { name: 'Back to form' }).click()
  await expect(page.getByRole('button', { name: 'Review and save' }).first()).toBeFocused()
})

test('whoever discards a draft goes on at the top of the form', async ({ page, place }) => {
  const own = await place({ registries, policies: [nightly] })
  await openEdit(page, own)
  await field(page, 'Description').fill('not meant')
  page.on('dialog', (asked) => asked.accept())
  await page.reload()
  await page.getByRole('button', { name: 'Discard draft' }).press('Enter')
  await expect(field(page, 'Description')).toHaveValue('as made')
  await expect(field(page, 'Name')).toBeFocused()
})
