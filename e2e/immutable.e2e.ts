import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { dryRun, immutable, library } from './retention-runs'
import { expectRow } from './rows'

const table = 'Immutable tag rules'

test('all but latest is held, whatever retention says', async ({ page, place, accessible }) => {
  const own = await place({
    namespaces: [
      {
        name: 'library',
        repositories: [
          {
            name: 'nginx',
            tags: ['latest', 'a', 'b', 'c', 'd', 'e', 'f'].map((name, index) => ({
              name,
              pushed: new Date(Date.UTC(2026, 0, index + 1)).toISOString(),
            })),
          },
        ],
      },
    ],
    retentions: library(1).retentions ?? [],
  })
  await own.pace(0)
  await page.goto(routes.immutable(own))
  await expect(page.getByText('No rules yet')).toBeVisible()
  await page.getByRole('button', { name: 'New rule' }).click()
  const panel = page.getByRole('dialog', { name: 'New immutable tag rule' })
  await panel.getByRole('button', { name: 'Create rule' }).click()
  await expect(panel.getByRole('combobox', { name: 'Namespace' })).toBeFocused()
  await panel.getByRole('combobox', { name: 'Namespace' }).selectOption('library')
  await panel.getByRole('button', { name: 'All tags but latest' }).click()
  await expect(panel).toContainText("Patterns can't exclude a name.")
  await accessible()
  await panel.getByRole('button', { name: 'Create rule' }).click()
  await expect(page.getByText('Rule of library saved')).toBeVisible()
  await expectRow(page.getByRole('table', { name: table }), 'library', { Tags: 'All tags but latest' })
  const [created] = await own.received('POST')
  expect(created?.body).toMatchObject({ disabled: false, action: 'immutable', priority: 0 })

  // Five are kept by the rule; of the two others only latest is not held.
  await dryRun(page, own)
  await expect(page.getByRole('table', { name: 'Result by image' }).getByRole('row')).toHaveCount(2)
  await expect(page.getByRole('table', { name: 'Result by image' })).toContainText('library/nginx:latest')
})

test('a rule is switched off and on, edited and deleted', async ({ page, place }) => {
  const own = await place(library(1, { immutableRules: [immutable(7, 'library', 'v*')] }))
  await page.goto(routes.immutable(own))
  const toggle = page.getByRole('switch', { name: 'Enable library' })
  await toggle.click()
  await expect(page.getByText('library is disabled')).toBeVisible()
  await expect(toggle).not.toBeChecked()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(toggle).toBeChecked()
  expect((await own.received('PUT')).map(({ body }) => body)).toMatchObject([{ disabled: true }, { disabled: false }])

  await page.getByRole('button', { name: 'library', exact: true }).click()
  const panel = page.getByRole('dialog', { name: 'Immutable tag rule of library' })
  await panel.getByRole('textbox', { name: 'Tag pattern' }).fill('v1,v2')
  await panel.getByRole('button', { name: 'Save rule' }).click()
  await expect(panel).toContainText('Put several patterns in braces')
  await panel.getByRole('textbox', { name: 'Tag pattern' }).fill('{v1,v2}')
  await panel.getByRole('button', { name: 'Save rule' }).click()
  await expect(page.getByText('Rule of library saved')).toBeVisible()

  await page.getByRole('button', { name: 'Actions for library' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete rule' }).click()
  await expect(page.getByText('No rules yet')).toBeVisible()
  expect(await own.received('DELETE')).toHaveLength(1)
})
