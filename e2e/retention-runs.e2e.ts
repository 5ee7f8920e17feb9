import { readFile } from 'node:fs/promises'
import { routes } from '@/lib/routes'
import { address } from './accounts'
import { expect, test } from './fixtures'
import { post } from './people'
import { askForRun, dryRun, expectState, library, runNow } from './retention-runs'

test('a run is locked without, and done with, a dry run that somebody has looked at', async ({
  page,
  place,
  sandbox,
  accessible,
}) => {
  const own = await place(library(8))
  await own.pace(0)
  await page.goto(routes.retentionPolicy(own, 'library', 4))
  await expect(page.getByText(/^Runs that delete are locked/)).toBeVisible()
  await expect(runNow(page)).toHaveAccessibleDescription(/^Start a dry run/)
  // Nor does the server take a run from whoever asks it past the screen.
  const policy = `/api/console/instances/${own.connection}/${own.instance}/retention/library/4`
  const ask = async (id: number) => {
    const { terms } = await (await page.request.get(`${address.console}${policy}/lock`)).json()
    const answer = await post(page.request, `${policy}/runs`, {
      ...{ confirm: 'library', dryRun: id, agreed: terms, withoutCopy: true },
    })
    return { status: answer.status(), body: await answer.json() }
  }
  const refused = { status: 409, body: { code: 'retention_not_armed' } }
  expect(await ask(1)).toMatchObject(refused)
  const started = await page.request.post(`${address.console}${policy}/dry-runs`, {
    headers: { origin: address.console, 'content-type': 'application/json' },
  })
  expect(started.status(), await started.text()).toBe(200)
  const { dryRun: unseen } = await started.json()
  const state = async () => (await (await page.request.get(`${address.console}${policy}/lock`)).json()).because
  await expect.poll(state, { timeout: 30_000 }).toBe('not_seen')
  expect(await ask(unseen.id)).toMatchObject(refused)
  const begun = (await own.received('POST')).map(({ body }) => body)
  expect(begun).toMatchObject([{ dry_run: true }])

  await dryRun(page, own)
  const table = page.getByRole('table', { name: 'Result by image' })
  // 3 of 8 go; whose heading counts as a row.
  await expect(table.getByRole('row')).toHaveCount(4)
  await expect(table).toContainText('library/nginx:v1')
  await expect(table).not.toContainText(':v4')
  await page.getByRole('button', { name: 'Keep 5' }).click()
  await expect(page).toHaveURL(/filter=keep/)
  await expect(table).toContainText('Kept by rule 1')
  await accessible()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download CSV' }).click(),
  ])
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
  // The headings, and what the list shows.
  expect(lines).toHaveLength(6)
  expect(lines[1]).toMatch(/^"library\/nginx","v\d","sha256:/)

  const dialog = await askForRun(page, { withoutCopy: false })
  const act = dialog.getByRole('button', { name: 'Delete 3 images' })
  await expect(act).toHaveAccessibleDescription(/can't be restored/)
  await dialog.getByRole('checkbox', { name: 'Delete without a copy' }).check()
  await dialog.getByRole('textbox', { name: 'Enter library to confirm' }).fill('Library')
  await act.click()
  await expect(dialog).toContainText('This is not the name of the namespace.')
  await dialog.getByRole('textbox', { name: 'Enter library to confirm' }).fill('library')
  await accessible()
  await act.click()
  await expectState(page, 'Completed')
  await expect(page.getByText('3 images with 3 tags deleted')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Deleted images' })).toContainText('library/nginx:v3')
  await accessible()
  const stored = await sandbox.stored(own.instance)
  expect(JSON.stringify(stored.namespaces)).not.toContain('"v3"')
  expect(JSON.stringify(stored.namespaces)).toContain('"v4"')

  // The policy's page lists both, each with its own page.
  await page.goto(routes.retentionPolicy(own, 'library', 4))
  const runs = page.getByRole('table', { name: 'Runs of this policy' })
  await expect(runs.getByText('Deletes images')).toBeVisible()
  await expect(runs.getByRole('cell', { name: /^Dry run/ })).toHaveCount(2)
})

test('verdicts that a filter hides were not looked at', async ({ page, place }) => {
  const own = await place(library(8))
  await own.pace(0)
  const policy = `/api/console/instances/${own.connection}/${own.instance}/retention/library/4`
  const started = await page.request.post(`${address.console}${policy}/dry-runs`, {
    headers: { origin: address.console, 'content-type': 'application/json' },
  })
  const { dryRun: begun } = await started.json()
  const reason = async () => (await (await page.request.get(`${address.console}${policy}/lock`)).json()).because
  const table = page.getByRole('table', { name: 'Result by image' })
  const dryRunPage = routes.retentionDryRun({ ...own, namespace: 'library', policy: 4 }, begun.id)
  for (const filter of ['?filter=keep', '?q=v2', '?filter=all&repository=library%2Fnginx']) {
    await page.goto(`${dryRunPage}${filter}`)
    await expect(table).toContainText('library/nginx:v')
    await expect(page.getByText(/^Opened first by/)).toBeHidden()
    await expect(runNow(page)).toHaveAccessibleDescription(/hasn't been opened yet/)
    expect(await reason()).toBe('not_seen')
  }
  await page.getByRole('button', { name: 'Show all repositories, not only library/nginx' }).click()
  await expect(page.getByText(/^Opened first by/)).toBeVisible()
  expect(await reason()).toBe(null)
})

test('a push in between refuses the run, and nothing is deleted', async ({ page, place, sandbox }) => {
  const own = await place(library(8))
  await own.pace(0)
  await dryRun(page, own)
  await sandbox.images(own.instance, 'library', [{ name: 'nginx', tags: ['v9', 'v10'] }])
  const dialog = await askForRun(page)
  await dialog.getByRole('button', { name: 'Delete 3 images' }).click()
  await expectState(page, 'Not started')
  await expect(page.getByRole('alert').filter({ hasText: 'Pushes since the dry run' })).toContainText(
    'Nothing was deleted.',
  )
  expect(JSON.stringify((await sandbox.stored(own.instance)).namespaces)).toContain('"v1"')
  await page.getByRole('link', { name: 'another dry run' }).click()
  await expect(page).toHaveURL(routes.retentionPolicy(own, 'library', 4))
  // SWR knows nothing of it; the console still leads there.
  await page.getByText('1 run waiting, not started or canceled').click()
  await expect(page.getByRole('list', { name: '1 run waiting' }).getByText('Not started')).toBeVisible()
})

test.describe('where something runs', () => {
  // A list that is none is refused.
  test.use({ expectedErrors: [/status of 4(09|22)/] })

  test('an image that runs in a cluster locks the run until an admin gives a reason', async ({
    page,
    place,
    asAdmin,
  }) => {
    // Its own repository: lists of clusters count in every instance.
    const name = `app-${crypto.randomUUID().slice(0, 8)}`
    const content = library(1)
    const tags = ['v1', 'v2', 'v3', 'v4', 'v5', 'v6'].map((tag, index) => ({
      name: tag,
      pushed: new Date(Date.UTC(2026, 0, index + 1)).toISOString(),
    }))
    const own = await place({ ...content, namespaces: [{ name: 'library', repositories: [{ name, tags }] }] })
    await own.pace(0)
    await page.goto(routes.inUse())
    await page.getByRole('button', { name: 'Add cluster' }).click()
    const panel = page.getByRole('dialog', { name: 'Add cluster' })
    await panel.getByRole('textbox', { name: 'Cluster' }).fill(name)
    await panel.getByRole('textbox', { name: 'Pods or image references' }).fill('<html>')
    await panel.getByRole('button', { name: 'Save list' }).click()
    await expect(panel).toContainText('This is a web page or XML')
    await panel
      .getByRole('textbox', { name: 'Pods or image references' })
      .fill(`registry.example.com/library/${name}:v1`)
    await panel.getByRole('button', { name: 'Save list' }).click()
    await expect(page.getByText(`1 image of cluster ${name} saved`)).toBeVisible()

    await dryRun(page, own)
    await expect(page.getByRole('table', { name: 'Result by image' })).toContainText(`In use: ${name}`)
    const dialog = await askForRun(page)
    await expect(dialog).toContainText(`1 image to be deleted is in use in ${name}`)
    const act = dialog.getByRole('button', { name: 'Delete 1 image' })
    await expect(act).toHaveAccessibleDescription('Accept above that images in use are deleted')
    await dialog.getByRole('checkbox', { name: /^Delete them anyway/ }).check()
    await expect(act).toHaveAccessibleDescription('Enter a reason')
    // The server does not take anybody's word for it.
    const lock = await page.request.get(
      `${address.console}/api/console/instances/${own.connection}/${own.instance}/retention/library/4/lock`,
    )
    const { dryRun: armed, terms } = await lock.json()
    const path = `/api/console/instances/${own.connection}/${own.instance}/retention/library/4/runs`
    const refused = await post(asAdmin, path, {
      confirm: 'library',
      dryRun: armed.id,
      agreed: terms,
      withoutCopy: true,
    })
    expect(refused.status()).toBe(409)
    expect(await refused.json()).toMatchObject({ code: 'retention_in_use' })
    await dialog.getByRole('textbox', { name: /^Reason/ }).fill('the cluster is being switched off')
    await act.click()
    await expectState(page, 'Completed')
    await page.goto(routes.inUse())
    await page.getByRole('button', { name: `Delete cluster ${name}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete cluster' }).click()
    await expect(page.getByText(`Cluster ${name} deleted`)).toBeVisible()
  })
})

test.describe('as viewer', () => {
  test.use({ role: 'viewer' })

  test('acts stay visible and say which role they need', async ({ page, place }) => {
    const own = await place(library(6))
    await page.goto(routes.retentionPolicy(own, 'library', 4))
    await expect(page.getByRole('button', { name: 'Dry run', exact: true })).toHaveAccessibleDescription(
      'Requires the Operator role',
    )
    await expect(runNow(page)).toHaveAccessibleDescription('Requires the Operator role')
  })
})
