import type { Page } from '@playwright/test'
import { expect, type Place, test } from './fixtures'
import { archiveRegistry, askForRun, dailyTags, dryRun, expectState, library, nameArchive } from './retention-runs'
import type { Content } from './sandbox'

/** An instance with an archive, of whose two repositories a run would delete three images and two. */
async function armed(page: Page, place: (content: Content) => Promise<Place>): Promise<Place> {
  const archive = await place({ namespaces: [{ name: 'kept', repositories: [] }] })
  const content = library(8, { registries: [archiveRegistry(archive)] })
  content.namespaces?.[0]?.repositories.push({ name: 'web', tags: dailyTags(7, 'w') })
  const own = await place(content)
  await own.pace(0)
  await nameArchive(page, own, 'kept')
  await dryRun(page, own)
  return own
}

test('a run that fails halfway says what is gone, and all of it is brought back at once', async ({
  page,
  place,
  sandbox,
  accessible,
}) => {
  test.slow()
  const own = await armed(page, place)
  // So late that the dry run has not met it: SWR fails at it.
  await sandbox.images(own.instance, 'library', [{ name: 'fault-whole', tags: ['x1'] }])
  const dialog = await askForRun(page, { withoutCopy: false })
  await dialog.getByRole('button', { name: 'Delete 5 images' }).click()
  await expectState(page, 'Failed')
  const outcome = page.getByRole('alert').filter({ hasText: "SWR's run didn't complete" })
  await expect(outcome).toContainText('5 images with 5 tags were deleted')
  await expect(outcome).toContainText('SWR says')
  await expect(outcome).toContainText('Failed')
  await accessible()

  // One repository first, then the rest but one.
  const table = page.getByRole('table', { name: 'Images of this run' })
  await table.getByRole('button', { name: 'Show only library/web' }).first().click()
  await page.getByRole('button', { name: 'Select all 2 images of library/web' }).click()
  await expect(page.getByText('2 images selected')).toBeVisible()
  await page.getByRole('button', { name: 'Restore 2 images' }).click()
  const question = page.getByRole('dialog', { name: 'Restore 2 images to library?' })
  await question.getByRole('button', { name: 'Restore 2 images' }).click()
  await expect(page.getByText('Restored, same digest')).toHaveCount(2, { timeout: 90_000 })
  await page.getByRole('button', { name: 'Show all repositories, not only library/web' }).click()
  await page.getByRole('button', { name: 'Select all 3 images that can be restored' }).click()
  await page.getByRole('checkbox', { name: 'Select library/nginx:v2', exact: true }).uncheck()
  await page.getByRole('button', { name: 'Restore 2 images' }).click()
  await accessible()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore 2 images' }).click()
  await expect(page.getByText('Restored, same digest')).toHaveCount(4, { timeout: 90_000 })
  const stored = JSON.stringify((await sandbox.stored(own.instance)).namespaces)
  expect(['"v1"', '"v2"', '"v3"', '"w1"', '"w2"'].map((tag) => stored.includes(tag))).toEqual([
    true,
    false,
    true,
    true,
    true,
  ])
})

test('what a run has deleted before SWR stopped it is told, and can be restored', async ({ page, place, sandbox }) => {
  test.slow()
  const own = await armed(page, place)
  await sandbox.images(own.instance, 'library', [{ name: 'fault-hangs', tags: ['x1'] }])
  const dialog = await askForRun(page, { withoutCopy: false })
  await dialog.getByRole('button', { name: 'Delete 5 images' }).click()
  await expectState(page, 'Deleting')
  await expect.poll(async () => JSON.stringify((await sandbox.stored(own.instance)).namespaces)).not.toContain('"w2"')
  const { retentionExecutions = [] } = await sandbox.stored(own.instance)
  const running = retentionExecutions.find(({ status }) => status === 'InProgress')
  if (!running) throw new Error('SWR was not told to delete')
  const named = (tag: string) => ({ tag, action: 'DEL', status: 'Succeed' })
  const task = { execution_id: running.id, status: 'Succeed', total: 8, retained: 5 }
  await sandbox.rows(own.instance, {
    retentionExecutions: [{ ...running, status: 'Stopped' }],
    // It was stopped before it got to library/web, as far as it says.
    retentionTasks: { [running.id]: [{ ...task, id: 71, repository: 'nginx' }] },
    retentionSubtasks: { 71: [named('v1'), named('v2'), named('v3')] },
  })
  await expectState(page, 'Failed')
  const outcome = page.getByRole('alert').filter({ hasText: "SWR's run didn't complete" })
  await expect(outcome).toContainText('3 images with 3 tags were deleted')
  await expect(outcome).toContainText('It is unknown whether 2 images were deleted.')
  await expect(outcome).toContainText('Stopped')
  await page.getByRole('button', { name: 'Unknown 2' }).click()
  await page.getByRole('button', { name: 'Select all 2 images that can be restored' }).click()
  await page.getByRole('button', { name: 'Restore 2 images' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restore 2 images' }).click()
  await expect(page.getByText('Restored, same digest')).toHaveCount(2, { timeout: 90_000 })
  expect(JSON.stringify((await sandbox.stored(own.instance)).namespaces)).toContain('"w2"')
})
