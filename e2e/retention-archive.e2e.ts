import { routes } from '@/lib/routes'
import { untilAlive } from './alive'
import { expect, test } from './fixtures'
import { archiveRegistry, askForRun, digestsOf, dryRun, expectState, library, limit } from './retention-runs'

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
