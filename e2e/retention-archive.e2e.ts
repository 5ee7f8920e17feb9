import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { archiveRegistry, askForRun, dryRun, expectState, library } from './retention-runs'
import type { Content } from './sandbox'

interface StoredArtifact {
  digest: string
  tags: { name: string }[]
}

/** Digests by the tags of an instance, whatever shape the sandbox keeps them in. */
function digestsOf(content: Content): Map<string, string> {
  const found = new Map<string, string>()
  const look = (value: unknown) => {
    if (Array.isArray(value)) for (const each of value) look(each)
    else if (typeof value === 'object' && value !== null) {
      const { digest, tags } = value as Partial<StoredArtifact>
      if (typeof digest === 'string' && Array.isArray(tags)) for (const { name } of tags) found.set(name, digest)
      for (const each of Object.values(value)) look(each)
    }
  }
  look(content.namespaces)
  return found
}

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
  for (const tag of wanted) expect(after.get(tag)).toBe(before.get(tag))

  // Copies stay until somebody deletes them.
  await page.goto(routes.retentionSettings(own))
  await page.getByRole('checkbox', { name: 'Select all copies on this page' }).check()
  await page.getByRole('button', { name: 'Delete 20 copies' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 20 copies' }).click()
  await expect(page.getByText('20 copies were deleted')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('1–20 of 20')).toBeVisible()
  expect(digestsOf(await sandbox.stored(archive.instance)).size).toBe(20)
})
