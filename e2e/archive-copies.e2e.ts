import { routes } from '@/lib/routes'
import { untilAlive } from './alive'
import { expect, test } from './fixtures'
import { archiveRegistry, askForRun, dailyTags, dryRun, library, limit } from './retention-runs'
import { expectLines } from './rows'

test('a copy that cannot be deleted is named, with the reason in words', async ({
  page,
  place,
  asAdmin,
  accessible,
}) => {
  test.slow()
  // Its own repository: lists of clusters count in every instance.
  const name = `app-${crypto.randomUUID().slice(0, 8)}`
  const archive = await place({ namespaces: [{ name: 'kept', repositories: [] }] })
  const own = await place(
    library(7, {
      namespaces: [{ name: 'library', repositories: [{ name, tags: dailyTags(7) }] }],
      registries: [archiveRegistry(archive)],
    }),
  )
  await own.pace(0)
  await limit(asAdmin, own, { archive: { registry: 3, namespace: 'kept', days: 30 } })
  await dryRun(page, own)
  const dialog = await askForRun(page, { withoutCopy: false })
  await dialog.getByRole('button', { name: 'Delete 2 images' }).click()
  await expect(page.getByText('2 of 2 archived')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText('2 images with 2 tags deleted')).toBeVisible({ timeout: 30_000 })

  await page.goto(routes.inUse())
  await page.getByRole('button', { name: 'Add cluster' }).click()
  await page.getByRole('textbox', { name: 'Cluster' }).fill(name)
  await page.getByRole('textbox', { name: 'Pods or image references' }).fill(`registry.example.com/kept/${name}:v1`)
  await page.getByRole('button', { name: 'Save list' }).click()
  await expect(page.getByText(`1 image of cluster ${name} saved`)).toBeVisible()

  await page.goto(routes.retentionSettings(own))
  await untilAlive(page)
  await page.getByRole('checkbox', { name: 'Select all copies on this page' }).check()
  await page.getByRole('button', { name: 'Delete 2 copies' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 2 copies' }).click()
  const outcome = page.getByRole('status').filter({ hasText: '1 copy was deleted' })
  await expect(outcome).toContainText("1 copy couldn't be deleted")
  await expectLines(outcome.getByRole('listitem').first(), [['In use in a cluster', `library/${name}:v1`]])
  // It is still there, and still selected.
  await expect(page.getByRole('checkbox', { name: `Select library/${name}:v1` })).toBeChecked()
  await accessible()
  await page.goto(routes.inUse())
  await page.getByRole('button', { name: `Delete cluster ${name}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete cluster' }).click()
  await expect(page.getByText(`Cluster ${name} deleted`)).toBeVisible()
})
