import { expect, test } from './fixtures'
import { content, dialog, openPart, parts, told } from './partial-runs'
import { policiesMade } from './policies'
import { expectLines } from './rows'

test.describe('an operator', () => {
  test.use({ role: 'operator' })

  test('runs two tags of one repository, found in what the policy selects', async ({ page, place }) => {
    const own = await place(content())
    await own.pace(0)
    await openPart(page, own)
    const choices = dialog(page).getByRole('listbox', { name: 'Repositories matched by the policy' })
    await expectLines(choices.getByRole('option'), [
      ['payments/api', '3 tags'],
      ['payments/team/worker', '2 tags'],
    ])
    await expect(dialog(page).getByRole('button', { name: 'Run 0 tags' })).toBeDisabled()
    await expect(dialog(page).getByRole('button', { name: 'Run 0 tags' })).toHaveAccessibleDescription(
      'Select at least one tag',
    )
    await dialog(page).getByRole('combobox', { name: 'Repository' }).fill('work')
    await page.keyboard.press('Enter')
    const tags = dialog(page).getByRole('listbox', { name: 'Tags of payments/team/worker' })
    await expect(tags.getByRole('option')).toHaveCount(2)
    // The arrows move through the tags while the focus stays in the field.
    const last = tags.getByRole('option').last()
    for (const key of ['ArrowDown', 'ArrowUp', 'Enter']) await page.keyboard.press(key)
    await expect(last).toHaveAttribute('aria-selected', 'true')
    await expect(tags.getByRole('option').first()).toHaveAttribute('aria-selected', 'false')
    await last.click()
    await expect(last).toHaveAttribute('aria-selected', 'false')
    await expect(dialog(page).getByRole('combobox', { name: 'Tags of payments/team/worker' })).toBeFocused()
    await dialog(page).getByRole('button', { name: 'Select all 2' }).click()
    await dialog(page).getByRole('button', { name: 'Run 2 tags' }).click()
    await expect(dialog(page)).toHaveCount(0)
    await expect(parts(page)).toContainText('Selected tags run')
    await expect(parts(page)).toContainText('2 of 2 tags copied')
    const [made] = await policiesMade(own)
    expect(made).toMatchObject({ filters: [{ value: 'payments/team/worker' }, { value: '{v1.0,v1.1}' }] })
  })

  test.describe('beyond the policy', () => {
    test.use({ expectedErrors: [/409/] })

    test('is told at the field which repository and tag the policy does not select', async ({ page, place }) => {
      const own = await place(content())
      await own.pace(0)
      await openPart(page, own)
      const repository = dialog(page).getByRole('combobox', { name: 'Repository' })
      await repository.fill('library/nginx')
      await page.keyboard.press('Enter')
      await repository.fill('payments/api')
      await page.keyboard.press('Enter')
      const tag = (name: string) => dialog(page).getByRole('combobox', { name: `Tags of ${name}` })
      await tag('library/nginx').fill('v1')
      await page.keyboard.press('Enter')
      await tag('payments/api').fill('latest, v1.0')
      await page.keyboard.press('Enter')
      await dialog(page).getByRole('button', { name: 'Run 3 tags' }).click()
      await expect(tag('library/nginx')).toHaveAccessibleDescription("The policy doesn't match this repository.")
      await expect(tag('payments/api')).toHaveAccessibleDescription("The policy doesn't match latest.")
      expect(await told(own)).toEqual([])

      await dialog(page).getByRole('button', { name: 'Remove library/nginx' }).click()
      await dialog(page).getByRole('button', { name: 'Remove latest' }).click()
      await dialog(page).getByRole('button', { name: 'Run 1 tag' }).click()
      await expect(parts(page)).toContainText('1 of 1 tag copied')
    })
  })
})

test('Enter takes the only tag that it may mean, and what is not listed is marked', async ({ page, place }) => {
  const own = await place(content())
  await own.pace(0)
  await openPart(page, own)
  await dialog(page).getByRole('option', { name: 'payments/api 3 tags' }).click()
  const tag = dialog(page).getByRole('combobox', { name: 'Tags of payments/api' })
  const chosen = (name: string) => dialog(page).getByRole('button', { name: `Remove ${name}`, exact: true })
  const tags = dialog(page).getByRole('listbox', { name: 'Tags of payments/api' })
  await expect(tags.getByRole('option')).toHaveCount(3)
  await tag.fill('1.1')
  await page.keyboard.press('Enter')
  await expect(chosen('v1.1')).toBeVisible()
  await tag.fill('v1')
  await page.keyboard.press('Enter')
  await expect(tag).toHaveAccessibleDescription('Several tags match. Select one in the list, or type the full name.')
  await tag.fill('-ot-beta-jmx a*b')
  await page.keyboard.press('Enter')
  await expect(chosen('-ot-beta-jmx')).toBeVisible()
  await expect(tag).toHaveValue('a*b')
  // What the arrows were on before is no longer meant.
  await tag.fill('')
  await page.keyboard.press('ArrowDown')
  await tag.fill('v1.0')
  await tag.fill('')
  await page.keyboard.press('Enter')
  await expect(chosen('v1.0')).toHaveCount(0)
  await expect(dialog(page)).toContainText('Not among the listed tags: -ot-beta-jmx')
})
