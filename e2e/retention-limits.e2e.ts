import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { archiveRegistry, library } from './retention-runs'

// A conflict, and a namespace that is not there.
test.use({ expectedErrors: [/status of (409|422)/] })

test('limits that were changed in another tab are not written over, and nothing typed is lost', async ({
  page,
  context,
  place,
  accessible,
}) => {
  const own = await place(library(8))
  await page.goto(routes.retentionSettings(own))
  const other = await context.newPage()
  await other.goto(routes.retentionSettings(own))
  await other.getByRole('textbox', { name: 'A dry run is valid for (hours)' }).fill('12')
  await other.getByRole('textbox', { name: 'Tags per run' }).fill('50')
  await other.getByRole('button', { name: 'Save limits' }).click()
  await expect(other.getByText('Limits saved')).toBeVisible()
  await other.close()

  await page.getByRole('textbox', { name: 'Tags per run' }).fill('40')
  await page.getByRole('textbox', { name: 'The list of a cluster is valid for (hours)' }).fill('6')
  await page.getByRole('button', { name: 'Save limits' }).click()
  const conflict = page.getByRole('dialog', { name: 'The limits were changed while you were editing them' })
  await expect(conflict.getByText('1 field left to resolve')).toBeVisible()
  await accessible()
  await conflict.getByRole('button', { name: 'Back to form' }).click()
  await expect(page.getByRole('textbox', { name: 'Tags per run' })).toHaveValue('40')

  await page.getByRole('button', { name: 'Save limits' }).click()
  await conflict.getByRole('group', { name: 'Tags per run' }).getByRole('radio', { name: 'Yours' }).check()
  await conflict.getByRole('button', { name: 'Use these values' }).click()
  await expect(page.getByRole('textbox', { name: 'A dry run is valid for (hours)' })).toHaveValue('12')
  await expect(page.getByRole('textbox', { name: 'The list of a cluster is valid for (hours)' })).toHaveValue('6')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await expect(page.getByText('Limits saved')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Tags per run' })).toHaveValue('40')
  await expect(page.getByRole('textbox', { name: 'A dry run is valid for (hours)' })).toHaveValue('12')
})

test('namespaces of the archive are offered, and another one can be typed', async ({ page, place }) => {
  const archive = await place({ namespaces: ['keep', 'older'].map((name) => ({ name, repositories: [] })) })
  const own = await place(library(8, { registries: [archiveRegistry(archive)] }))
  await page.goto(routes.retentionSettings(own))
  await page.getByRole('combobox', { name: 'Registry' }).selectOption('archive')
  const namespace = page.getByRole('combobox', { name: 'Namespace' })
  await expect(page.locator('datalist option')).toHaveCount(2)
  await namespace.fill('nowhere')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await expect(namespace).toHaveAccessibleDescription(/namespace/i)
  await expect(namespace).toHaveAttribute('aria-invalid', 'true')
  await namespace.fill('older')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await expect(page.getByText('Limits saved')).toBeVisible()
})

test('phones show a point for the numbers that may have parts', async ({ page, place }) => {
  await page.goto(routes.retentionSettings(await place(library(8))))
  for (const [name, keys] of [
    ['A dry run is valid for (hours)', 'decimal'],
    ['The list of a cluster is valid for (hours)', 'decimal'],
    ['Share of a namespace (%)', 'decimal'],
    ['Tags per run', 'numeric'],
  ] as const)
    await expect(page.getByRole('textbox', { name })).toHaveAttribute('inputmode', keys)
})

test.describe('a viewer', () => {
  test.use({ role: 'viewer' })

  test('reads the limits of an instance', async ({ page, place, accessible }) => {
    await page.goto(routes.retentionSettings(await place(library(8))))
    const main = page.getByRole('main')
    await expect(main.getByText('Only admins can change the limits.')).toBeVisible()
    for (const [term, value] of [
      ['A dry run is valid for (hours)', '24'],
      ['Tags per run', 'No limit'],
      ['Archive', 'No archive'],
    ] as const) {
      const entry = main.getByRole('term').filter({ hasText: term })
      await expect(entry.locator('xpath=following-sibling::dd')).toHaveText(value)
    }
    await expect(main.getByRole('textbox', { name: 'Tags per run' })).toHaveCount(0)
    await expect(main.getByRole('button', { name: 'Save limits' })).toHaveCount(0)
    await accessible()
  })
})
