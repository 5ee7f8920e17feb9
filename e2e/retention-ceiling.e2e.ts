import { routes } from '@/lib/routes'
import { address } from './accounts'
import { expect, test } from './fixtures'
import { invite, nobody, signIn, stranger, visitor } from './people'
import { askForRun, dryRun, expectState, library } from './retention-runs'

test('above the ceiling another admin confirms, and not the one who asked', async ({
  page,
  place,
  browser,
  asAdmin,
  accessible,
}) => {
  test.slow()
  const own = await place(library(8))
  await own.pace(0)
  await page.goto(routes.retentionSettings(own))
  await page.getByRole('textbox', { name: 'Tags per run' }).fill('2')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await expect(page.getByText('Limits saved')).toBeVisible()

  await dryRun(page, own)
  const dialog = await askForRun(page)
  await expect(dialog).toContainText('Another admin must confirm')
  await dialog.getByRole('button', { name: 'Request deletion of 3 images' }).click()
  await expectState(page, 'Waiting for confirmation')
  const confirm = page.getByRole('button', { name: 'Confirm…' })
  await expect(confirm).toHaveAccessibleDescription('Another admin must confirm: you started it')
  await accessible()
  // SWR knows nothing of it yet; the policy's page has it in sight all the same.
  const policyPage = await page.context().newPage()
  await policyPage.goto(routes.retentionPolicy(own, 'library', 4))
  const waiting = policyPage.getByRole('list', { name: '1 run waiting, not started or canceled' })
  await expect(waiting.getByText('Waiting for confirmation')).toBeVisible()

  const second = await invite(asAdmin, stranger('admin', 'Second Admin'))
  const context = await browser.newContext({
    baseURL: address.console,
    storageState: nobody,
    extraHTTPHeaders: visitor(),
  })
  const other = await context.newPage()
  await other.goto(page.url())
  await signIn(other, second)
  // Signing in leads back to where one was going.
  await other.getByRole('button', { name: 'Confirm…' }).click()
  const question = other.getByRole('dialog', { name: 'Confirm deletion of 3 images from library?' })
  await question.getByRole('textbox', { name: 'Enter library to confirm' }).fill('library')
  await question.getByRole('button', { name: 'Delete 3 images' }).click()
  await expectState(other, 'Completed')
  await expect(other.getByText(`confirmed by ${second.email}`)).toBeVisible()
  await context.close()
  // Whoever waits is told without doing anything.
  await expectState(page, 'Completed')
  await expect(policyPage.getByRole('table', { name: 'Runs of this policy' })).toContainText('Deletes images', {
    timeout: 30_000,
  })
  await expect(waiting).toBeHidden()
})
