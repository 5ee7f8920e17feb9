import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { farFromNow, scheduled } from './policies'
import { dryRun, immutable, library, runNow } from './retention-runs'
import { retention } from './retentions'
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

test('what a rule holds belongs to what was armed: without it, runs are locked', async ({ page, place }) => {
  const own = await place(library(8, { immutableRules: [immutable(7, 'library', 'v1')] }))
  await own.pace(0)
  await dryRun(page, own)
  // Of the three that no rule of retention keeps, one is held.
  await expect(page.getByRole('table', { name: 'Result by image' }).getByRole('row')).toHaveCount(3)
  await page.goto(routes.retentionPolicy(own, 'library', 4))
  await expect(page.getByText('Runs are unlocked')).toBeVisible()

  await page.goto(routes.immutable(own))
  // No schedule runs here: this is switched off at once.
  await page.getByRole('switch', { name: 'Enable library' }).click()
  await expect(page.getByText('library is disabled')).toBeVisible()
  await page.goto(routes.retentionPolicy(own, 'library', 4))
  await expect(page.getByText('Immutable tag rules of the namespace were changed')).toBeVisible()
  await expect(runNow(page)).toHaveAccessibleDescription(/^Immutable tag rules/)
  await dryRun(page, own)
  await expect(page.getByRole('table', { name: 'Result by image' }).getByRole('row')).toHaveCount(4)
})

test('a rule that lets go of tags disables the schedule of its namespace, said before', async ({
  page,
  place,
  accessible,
}) => {
  const nightly = retention(4, 'nightly', scheduled(farFromNow().cron))
  const own = await place(library(8, { immutableRules: [immutable(7, 'library', 'v*')], retentions: [nightly] }))
  const writes = async () => (await own.received('PUT')).map(({ path, body }) => [path.split('/').at(-2), body])
  await page.goto(routes.immutable(own))
  const toggle = page.getByRole('switch', { name: 'Enable library' })
  await toggle.click()
  const question = page.getByRole('dialog', { name: 'Disable the immutable tag rule of library?' })
  await expect(question.getByRole('status')).toContainText('Retention policy nightly runs on a schedule in library')
  await expect(question.getByRole('status')).toContainText('3 more images would be deleted now, with 3 tags.')
  await accessible()
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(toggle).toBeChecked()
  expect(await writes()).toEqual([])

  // The form and the dialog of a deletion say the same.
  await page.getByRole('button', { name: 'library', exact: true }).click()
  const panel = page.getByRole('dialog', { name: 'Immutable tag rule of library' })
  await expect(panel.getByRole('status').first()).toContainText('the policy is disabled first')
  await panel.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Actions for library' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const deletion = page.getByRole('dialog', { name: 'Delete the immutable tag rule of library?' })
  await expect(deletion.getByRole('status')).toContainText('the policy is disabled first')
  await deletion.getByRole('button', { name: 'Cancel' }).click()

  await toggle.click()
  await question.getByRole('button', { name: 'Disable rule' }).click()
  await expect(page.getByText('library is disabled')).toBeVisible()
  expect(await writes()).toMatchObject([
    ['policies', { name: 'nightly', enabled: false }],
    ['immutabletagrules', { disabled: true }],
  ])
  await page.goto(routes.retention(own))
  await expect(page.getByRole('switch', { name: 'Enable nightly' })).not.toBeChecked()
})
