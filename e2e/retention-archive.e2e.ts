import { routes } from '@/lib/routes'
import { untilAlive } from './alive'
import { expect, test } from './fixtures'
import { archiveRegistry, askForRun, dailyTags, digestsOf, dryRun, expectState, library, limit } from './retention-runs'

test('40 tags are archived and deleted, and three of them come back with equal digests', async ({
  page,
  place,
  sandbox,
  accessible,
}) => {
  test.slow()
  const archive = await place({ namespaces: [{ name: 'kept', repositories: [] }] })
  const own = await place(library(45, { registries: [archiveRegistry(archive)] }))
  await own.pace(0)
  const before = digestsOf(await sandbox.stored(own.instance))
  expect(before.size).toBe(45)

  await page.goto(routes.retention(own))
  await page.getByRole('link', { name: 'Limits and archive' }).click()
  await page.getByRole('combobox', { name: 'Registry' }).selectOption('archive')
  await page.getByRole('combobox', { name: 'Namespace', exact: true }).fill('kept')
  await page.getByRole('textbox', { name: 'Keep copies for (days)' }).fill('0')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await expect(page.getByRole('textbox', { name: 'Keep copies for (days)' })).toHaveAccessibleDescription(
    /Enter a number within the range shown/,
  )
  await page.getByRole('textbox', { name: 'Keep copies for (days)' }).fill('30')
  await accessible()
  await page.getByRole('button', { name: 'Save limits' }).click()
  await expect(page.getByText('Limits saved')).toBeVisible()

  await dryRun(page, own)
  const dialog = await askForRun(page, { withoutCopy: false })
  await expect(dialog).toContainText('Each tag is copied to kept in registry archive')
  await dialog.getByRole('button', { name: 'Delete 40 images' }).click()
  await expectState(page, 'Completed')
  await expect(page.getByText('40 of 40 archived')).toBeVisible()
  await expect(page.getByText('40 images with 40 tags deleted')).toBeVisible()
  expect(digestsOf(await sandbox.stored(own.instance)).size).toBe(5)

  // The list draws the rows that are in sight: the newest stand first.
  const wanted = ['v40', 'v39', 'v38']
  for (const tag of wanted)
    await page.getByRole('checkbox', { name: `Select library/nginx:${tag}`, exact: true }).check()
  await page.getByRole('button', { name: 'Restore 3 images' }).click()
  await accessible()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore 3 images' }).click()
  await expect(page.getByText('Restored, same digest')).toHaveCount(3, { timeout: 90_000 })
  const after = digestsOf(await sandbox.stored(own.instance))
  expect(after.size).toBe(8)
  for (const tag of wanted) expect(after.get(`nginx:${tag}`)).toBe(before.get(`nginx:${tag}`))

  // Copies stay until somebody deletes them.
  await page.goto(routes.retentionSettings(own))
  await untilAlive(page)
  await page.getByRole('checkbox', { name: 'Select all copies on this page' }).check()
  await page.getByRole('button', { name: 'Delete 20 copies' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 20 copies' }).click()
  await expect(page.getByText('20 copies were deleted')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('1–20 of 20')).toBeVisible()
  expect(digestsOf(await sandbox.stored(archive.instance)).size).toBe(20)
})

test('what cannot be restored is told with its cause, and how far the rest has come', async ({
  page,
  place,
  sandbox,
  asAdmin,
  accessible,
}) => {
  test.slow()
  const archive = await place({ namespaces: [{ name: 'kept', repositories: [] }] })
  const own = await place(library(8, { registries: [archiveRegistry(archive)] }))
  await own.pace(0)
  await limit(asAdmin, own, { archive: { registry: 3, namespace: 'kept', days: 30 } })
  await dryRun(page, own)
  const dialog = await askForRun(page, { withoutCopy: false })
  await dialog.getByRole('button', { name: 'Delete 3 images' }).click()
  // The dry run is completed as well: this is said of the run alone.
  await expect(page.getByText('3 images with 3 tags deleted')).toBeVisible({ timeout: 30_000 })
  // Somebody has pushed another image under a name that was deleted.
  await sandbox.images(own.instance, 'library', [{ name: 'nginx', tags: ['v2'] }])
  const pushed = digestsOf(await sandbox.stored(own.instance)).get('nginx:v2')
  await page.getByRole('button', { name: 'Select all 3 images that can be restored' }).click()
  await page.getByRole('button', { name: 'Restore 3 images' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore 3 images' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Not all images were restored' })).toBeVisible({
    timeout: 90_000,
  })
  await expect(page.getByText('2 of 3 images restored, 1 failed')).toBeVisible()
  const causes = page.getByRole('list', { name: "Why images weren't restored" }).getByRole('listitem')
  await expect(causes).toHaveCount(1)
  await expect(causes).toContainText('The tag exists again with different content and was not overwritten')
  await expect(causes).toContainText('1 image in library/nginx')
  await causes.getByRole('button', { name: 'Show failed images' }).click()
  await expect(page).toHaveURL(/filter=failed/)
  const table = page.getByRole('table', { name: 'Deleted images' })
  await expect(table).toContainText('library/nginx:v2')
  await expect(table).not.toContainText('library/nginx:v1')
  await accessible()
  expect(digestsOf(await sandbox.stored(own.instance)).get('nginx:v2')).toBe(pushed)
})

test('an archive that refuses one tag leaves everything undeleted, and its page says which and why', async ({
  page,
  place,
  sandbox,
  asAdmin,
  accessible,
}) => {
  const archive = await place({ namespaces: [{ name: 'kept', repositories: [] }] })
  const tags = [{ name: 'fault-denied', pushed: '2025-06-01T00:00:00Z' }, ...dailyTags(7)]
  const own = await place({
    ...library(1, { registries: [archiveRegistry(archive)] }),
    namespaces: [{ name: 'library', repositories: [{ name: 'nginx', tags }] }],
  })
  await own.pace(0)
  await limit(asAdmin, own, { archive: { registry: 3, namespace: 'kept', days: 30 } })
  await dryRun(page, own)
  const dialog = await askForRun(page, { withoutCopy: false })
  await dialog.getByRole('button', { name: 'Delete 3 images' }).click()
  await expectState(page, 'Not started')
  const alert = page.getByRole('alert').filter({ hasText: "An image couldn't be archived" })
  await expect(alert).toContainText('Nothing was deleted.')
  await expect(page.getByText('2 of 3 archived, 1 failed')).toBeVisible()
  const causes = page.getByRole('list', { name: "Why images weren't archived" }).getByRole('listitem')
  await expect(causes).toHaveCount(1)
  await expect(causes.getByRole('heading', { name: 'The target rejected the credential' })).toBeVisible()
  await expect(causes).toContainText('1 image in library/nginx')
  await expect(causes).toContainText('Check the login for the archive')
  await accessible()
  await causes.getByRole('button', { name: 'Show failed images' }).click()
  const table = page.getByRole('table', { name: 'Images to be deleted' })
  await expect(table).toContainText('library/nginx:fault-denied')
  await expect(table).not.toContainText('library/nginx:v1')
  expect(digestsOf(await sandbox.stored(own.instance)).size).toBe(8)
  expect((await own.received('POST')).filter(({ body }) => JSON.stringify(body) === '{"dry_run":false}')).toEqual([])
})

test.describe('while the dialog stands open', () => {
  // What is not any more as it was shown is refused.
  test.use({ expectedErrors: [/status of 409/] })

  test('an archive that somebody takes away is told, and agreed to anew', async ({
    page,
    place,
    sandbox,
    asAdmin,
    accessible,
  }) => {
    const archive = await place({ namespaces: [{ name: 'kept', repositories: [] }] })
    const own = await place(library(8, { registries: [archiveRegistry(archive)] }))
    await own.pace(0)
    await limit(asAdmin, own, { archive: { registry: 3, namespace: 'kept', days: 30 } })
    await dryRun(page, own)
    const dialog = await askForRun(page, { withoutCopy: false })
    await expect(dialog).toContainText('Each tag is copied to kept in registry archive')
    await dialog.getByRole('textbox', { name: /^Reason/ }).fill('cleaning up')
    await limit(asAdmin, own, { archive: null })

    const act = dialog.getByRole('button', { name: 'Delete 3 images' })
    await act.click()
    await expect(dialog.getByRole('alert')).toContainText('The archive has changed.')
    await expect(dialog).toContainText("Deleted images can't be restored")
    expect((await own.received('POST')).filter(({ body }) => JSON.stringify(body).includes('false'))).toEqual([])
    // What was typed stays; that nothing comes back is agreed to now.
    await expect(dialog.getByRole('textbox', { name: 'Enter library to confirm' })).toHaveValue('library')
    await expect(dialog.getByRole('textbox', { name: /^Reason/ })).toHaveValue('cleaning up')
    await expect(act).toHaveAccessibleDescription(/can't be restored/)
    await accessible()
    await dialog.getByRole('checkbox', { name: 'Delete without a copy' }).check()
    await act.click()
    await expect(page.getByText('3 images with 3 tags deleted')).toBeVisible({ timeout: 30_000 })
    expect(digestsOf(await sandbox.stored(own.instance)).size).toBe(5)
  })
})
