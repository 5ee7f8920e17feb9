import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { scheduled } from './policies'
import { keeps, namespaces, retention, retentionTable } from './retentions'
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

const everyNight = scheduled('0 30 3 * * *')
const pushed = (...names: string[]) =>
  names.map((name, index) => ({ name, pushed: new Date(Date.UTC(2026, 0, index + 1)).toISOString() }))

test('arming a schedule says what it would delete, and asks for the namespace', async ({ page, place, accessible }) => {
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
    Tags: 'Matching **',
    Schedule: 'Every day at 03:30 UTC',
    'Next run': / in \d+ /,
  })
  const impact = dialog.getByRole('region', { name: 'Images it would delete now' })
  await expect(impact).toContainText('2 tags would be deleted in 1 repository.')
  await expect(impact).toContainText('library/nginx:1')
  await accessible()
  const enable = dialog.getByRole('button', { name: 'Enable policy' })
  await enable.click()
  await expect(dialog).toContainText("This doesn't match the namespace name.")
  await expect(dialog.getByRole('textbox', { name: 'Type library to confirm' })).toBeFocused()
  expect(await own.received('PUT')).toEqual([])
  await page.keyboard.press('Escape')
  await expect(toggle).not.toBeChecked()
  await expect(toggle).toBeFocused()

  await toggle.click()
  await dialog.getByRole('textbox', { name: 'Type library to confirm' }).fill('library')
  await enable.click()
  await expect(page.getByText('nightly is enabled')).toBeVisible()
  await expect(toggle).toBeChecked()
  // Taking it back, and disabling at all, needs no question.
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(toggle).not.toBeChecked()
  expect((await own.received('PUT')).map(({ body }) => body)).toMatchObject([{ enabled: true }, { enabled: false }])
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
