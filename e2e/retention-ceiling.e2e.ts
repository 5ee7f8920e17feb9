import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { askForRun, dryRun, expectState, library } from './retention-runs'
import { asSecondAdmin } from './second-admin'

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

  await asSecondAdmin({ browser, asAdmin }, page.url(), async (other, { email }) => {
    await other.getByRole('button', { name: 'Confirm…' }).click()
    const question = other.getByRole('dialog', { name: 'Confirm deletion of 3 images from library?' })
    await question.getByRole('textbox', { name: 'Enter library to confirm' }).fill('library')
    await question.getByRole('button', { name: 'Delete 3 images' }).click()
    await expectState(other, 'Completed')
    await expect(other.getByText(`confirmed by ${email}`)).toBeVisible()
  })
  // Whoever waits is told without doing anything.
  await expectState(page, 'Completed')
  await expect(policyPage.getByRole('table', { name: 'Runs of this policy' })).toContainText('Deletes images', {
    timeout: 30_000,
  })
  await expect(waiting).toBeHidden()
})

test('a higher ceiling does not count for who asks for it until another admin has confirmed it', async ({
  page,
  place,
  browser,
  asAdmin,
  accessible,
}) => {
  const own = await place(library(8))
  await own.pace(0)
  await page.goto(routes.retentionSettings(own))
  const tags = page.getByRole('textbox', { name: 'Tags per run' })
  await tags.fill('2')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await expect(page.getByText('Limits saved')).toBeVisible()

  await tags.fill('')
  await expect(page.getByText('Another admin must confirm the higher ceiling')).toBeVisible()
  await expect(page.getByText('the current one stays in effect: 2 tags')).toBeVisible()
  await page.getByRole('button', { name: 'Save limits' }).click()
  await expect(page.getByText('A higher ceiling waits for confirmation')).toBeVisible()
  await expect(tags).toHaveValue('2')
  await expect(page.getByRole('button', { name: 'Confirm…' })).toHaveAccessibleDescription(
    'Another admin must confirm: you asked for it',
  )
  await accessible()

  await dryRun(page, own)
  const dialog = await askForRun(page)
  await expect(dialog).toContainText(
    "A higher ceiling waits for confirmation by another admin and isn't in effect yet.",
  )
  await expect(dialog.getByRole('button', { name: 'Request deletion of 3 images' })).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await asSecondAdmin({ browser, asAdmin }, routes.retentionSettings(own), async (other) => {
    await other.getByRole('button', { name: 'Confirm…' }).click()
    const question = other.getByRole('dialog', { name: 'Confirm the higher ceiling?' })
    await expect(question).toContainText('no limit instead of 2 tags')
    await question.getByRole('button', { name: 'Confirm ceiling' }).click()
    await expect(other.getByText('Higher ceiling confirmed')).toBeVisible()
    await expect(other.getByRole('textbox', { name: 'Tags per run' })).toHaveValue('')
  })
  const run = await askForRun(page)
  await run.getByRole('button', { name: 'Delete 3 images' }).click()
  await expectState(page, 'Completed')
})
