import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { farFromNow, scheduled } from './policies'
import { armAnew, dryRun } from './retention-runs'
import { amount, keeps, namespaces, openForm, retention, retentionTable, review, sent } from './retentions'
import { expectRow, expectTerms } from './rows'

test('switch a policy off and take it back', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'nightly')] })
  await page.goto(routes.retention(own))
  const toggle = page.getByRole('switch', { name: 'Enable nightly' })
  await toggle.click()
  await expect(page.getByText('nightly is disabled')).toBeVisible()
  await expect(toggle).not.toBeChecked()
  await expect(toggle).toBeFocused()
  await expectRow(retentionTable(page), 'nightly', { Enabled: 'Disabled' })
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(toggle).toBeChecked()
  const { id: _, namespace_id: _space, namespace_name: _name, rules, ...rest } = retention(4, 'nightly')
  const all = { ...rest, rules: rules.map(({ id: _rule, ...rule }) => rule) }
  expect((await own.received('PUT')).map(({ body }) => body)).toEqual([
    { ...all, enabled: false },
    { ...all, enabled: true },
  ])
})

// Enabled it deletes in earnest when it is due.
const { cron, time } = farFromNow()
const everyNight = scheduled(cron)
const pushed = (...names: string[]) =>
  names.map((name, index) => ({ name, pushed: new Date(Date.UTC(2026, 0, index + 1)).toISOString() }))

test('nothing offers to arm a schedule again without the question', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'nightly', everyNight)] })
  await page.goto(routes.retention(own))
  await page.getByRole('switch', { name: 'Enable nightly' }).click()
  await expect(page.getByText('nightly is disabled')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0)
})

test('a schedule stays locked until somebody has looked at a dry run of exactly these rules', async ({
  page,
  place,
  accessible,
}) => {
  const own = await place({
    namespaces: [
      { name: 'library', repositories: [{ name: 'nginx', tags: pushed('1', '2', '3', '4', '5', '6', '7') }] },
    ],
    retentions: [retention(4, 'nightly', { ...everyNight, enabled: false })],
  })
  await page.goto(routes.retention(own))
  const toggle = page.getByRole('switch', { name: 'Enable nightly' })
  await toggle.click()
  const dialog = page.getByRole('dialog', { name: 'Enable nightly?' })
  await expectTerms(dialog, {
    [keeps]: 'the 5 most recently pushed tags',
    Schedule: `Every day at ${time} UTC`,
    'Next run': / in \d+ /,
  })
  const impact = dialog.getByRole('region', { name: 'Images it would delete now' })
  await expectTerms(impact, { Deleted: /^2 tags/, Kept: /^5 tags/ })
  await expect(impact).toContainText('library/nginx:1')
  await expect(dialog.getByRole('status')).toContainText('Start a dry run')
  await expect(dialog.getByRole('button', { name: 'Enable policy' })).toHaveCount(0)
  await accessible()
  await page.keyboard.press('Escape')
  await expect(toggle).not.toBeChecked()
  await expect(toggle).toBeFocused()

  await toggle.click()
  await dialog.getByRole('button', { name: 'Dry run' }).click()
  await expect(page).toHaveURL(/dry-runs\/\d+/)
  // Its verdicts are before the person: that is what opens the lock.
  await expect(page.getByRole('table').getByText('library/nginx').first()).toBeVisible()
  expect(await own.received('PUT')).toEqual([])

  await page.goto(routes.retentionPolicy(own, 'library', 4))
  await toggle.click()
  const enable = dialog.getByRole('button', { name: 'Enable policy' })
  await enable.click()
  await expect(dialog).toContainText("This doesn't match the namespace name.")
  await expect(dialog.getByRole('textbox', { name: 'Enter library to confirm' })).toBeFocused()
  await dialog.getByRole('textbox', { name: 'Enter library to confirm' }).fill('library')
  await enable.click()
  await expect(page.getByText('nightly is enabled')).toBeVisible()
  await expect(toggle).toBeChecked()
  // Taking it back, and disabling at all, needs no question.
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(toggle).not.toBeChecked()
  expect((await own.received('PUT')).map(({ body }) => body)).toMatchObject([{ enabled: true }, { enabled: false }])
})

test.describe('while the question stands', () => {
  // What is not any more as it was shown is refused.
  test.use({ expectedErrors: [/status of 409/] })

  test('a newer dry run is told, and its numbers agreed to anew', async ({ page, place, sandbox, asAdmin }) => {
    const own = await place({
      namespaces: [{ name: 'library', repositories: [{ name: 'nginx', tags: pushed('1', '2', '3', '4', '5', '6') }] }],
      retentions: [retention(4, 'nightly', { ...everyNight, enabled: false })],
    })
    await own.pace(0)
    await dryRun(page, own)
    await page.goto(routes.retentionPolicy(own, 'library', 4))
    await page.getByRole('switch', { name: 'Enable nightly' }).click()
    const dialog = page.getByRole('dialog', { name: 'Enable nightly?' })
    await expect(dialog.getByRole('status').first()).toContainText('1 image with 1 tag would be deleted')
    await dialog.getByRole('textbox', { name: 'Enter library to confirm' }).fill('library')
    await sandbox.images(own.instance, 'library', [{ name: 'nginx', tags: ['7', '8', '9'] }])
    await armAnew(asAdmin, own)

    const enable = dialog.getByRole('button', { name: 'Enable policy' })
    await enable.click()
    await expect(dialog.getByRole('alert')).toContainText('What you agreed to has changed')
    await expect(dialog.getByRole('status').first()).toContainText('4 images with 4 tags would be deleted')
    await expect(dialog.getByRole('textbox', { name: 'Enter library to confirm' })).toHaveValue('library')
    expect(await own.received('PUT')).toEqual([])
    await enable.click()
    await expect(page.getByText('nightly is enabled')).toBeVisible()
  })
})

test('saving other rules of an enabled schedule says before that it is switched off', async ({
  page,
  place,
  sandbox,
}) => {
  const own = await place({ namespaces, retentions: [retention(4, 'nightly', everyNight)] })
  await openForm(page, own)
  await page.getByRole('textbox', { name: 'Name' }).fill('nightly-2')
  await expect(page.getByText('Saving disables this policy')).toHaveCount(0)
  await amount(page).fill('9')
  await expect(page.getByText('Saving disables this policy')).toBeVisible()
  await review(page)
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Saving disables this policy in the same request')
  await dialog.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('nightly-2 was saved')).toBeVisible()
  await expect(page.getByRole('switch', { name: 'Enable nightly-2' })).not.toBeChecked()
  expect(await sent(own)).toMatchObject({ enabled: false, rules: [{ params: { latestPushedK: 9 } }] })
  const [kept] = (await sandbox.stored(own.instance)).retentions ?? []
  expect(kept).toMatchObject({ enabled: false })
})

test.describe('when images cannot be listed', () => {
  test.use({ expectedErrors: [/status of 5\d\d/] })

  test('the question before arming says that it cannot tell', async ({ page, place }) => {
    const own = await place({
      namespaces: [{ name: 'library', repositories: [{ name: 'fault-503-empty', tags: ['1'] }] }],
      retentions: [retention(4, 'nightly', { ...everyNight, enabled: false })],
    })
    await page.goto(routes.retention(own))
    await page.getByRole('switch', { name: 'Enable nightly' }).click()
    const impact = page.getByRole('region', { name: 'Images it would delete now' })
    await expect(impact).toContainText(/image list is incomplete|Couldn't determine/)
  })
})
