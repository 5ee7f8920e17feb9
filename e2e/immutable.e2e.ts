import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { farFromNow, scheduled } from './policies'
import { dryRun, immutable, library, runNow } from './retention-runs'
import { retention } from './retentions'
import { expectRow, expectTerms } from './rows'

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
  await panel.getByRole('combobox', { name: 'Namespace' }).fill('lib')
  await panel.getByRole('option', { name: 'library' }).click()
  await expect(panel.getByRole('combobox', { name: 'Namespace' })).toHaveValue('library')
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

const selector = (decoration: string, pattern: string) => ({ kind: 'doublestar', decoration, pattern })

test('a rule made elsewhere says what it leaves out, and is never turned round unsaid', async ({
  page,
  place,
  accessible,
}) => {
  const repository = [selector('repoExcludes', 'tmp/**')]
  const own = await place({
    namespaces: ['library', 'payments'].map((name) => ({ name, repositories: [] })),
    immutableRules: [
      immutable(7, 'library', '', { tag_selectors: [selector('excludes', 'latest')], scope_selectors: { repository } }),
      immutable(8, 'payments', '', { namespace_id: 2, tag_selectors: [selector('excludes', '**')] }),
    ],
  })
  await page.goto(routes.immutable(own))
  const rules = page.getByRole('table', { name: table })
  await expectRow(rules, 'library', { Tags: 'All except latest', Repositories: 'All except tmp/**' })
  await expectRow(rules, 'payments', { Tags: 'No tags', Repositories: 'All' })

  await page.getByRole('button', { name: 'library', exact: true }).click()
  const panel = page.getByRole('dialog', { name: 'Immutable tag rule of library' })
  const held = panel.getByRole('radiogroup', { name: 'Tags held' })
  await expect(held.getByRole('radio', { name: "Tags that don't match" })).toBeChecked()
  await expect(panel.getByRole('radio', { name: "Repositories that don't match" })).toBeChecked()
  await accessible()
  await panel.getByRole('textbox', { name: 'Tag pattern' }).fill('v*')
  await expect(held).toBeHidden()
  await expect(panel.getByRole('status').filter({ hasText: 'A new pattern always means what matches.' })).toContainText(
    "The saved pattern latest was set to: Tags that don't match.",
  )
  await panel.getByRole('button', { name: 'Save rule' }).click()
  await expectRow(rules, 'library', { Tags: 'v*', Repositories: 'All except tmp/**' })
  const [saved] = await own.received('PUT')
  expect(saved?.body).toMatchObject({
    tag_selectors: [selector('matches', 'v*')],
    scope_selectors: { repository },
  })

  // What holds no tag at all is not what the preset of the same pattern says; pressed, it turns that round.
  await page.getByRole('button', { name: 'payments', exact: true }).click()
  const all = page.getByRole('dialog').getByRole('button', { name: 'All tags', exact: true })
  await expect(all).toHaveAttribute('aria-pressed', 'false')
  await all.click()
  await expect(page.getByRole('radio', { name: 'Tags that match', exact: true })).toBeChecked()
  await page.getByRole('button', { name: 'Save rule' }).click()
  await expectRow(rules, 'payments', { Tags: 'All tags' })
})

test('any of many namespaces is found and chosen, and its rule as well', async ({ page, place, accessible }) => {
  const names = Array.from({ length: 130 }, (_, index) => `team-${String(index + 1).padStart(3, '0')}`)
  const own = await place({
    namespaces: names.map((name) => ({ name, repositories: [] })),
    // The namespace of the last has none.
    immutableRules: names
      .slice(0, -1)
      .map((name, index) => immutable(index + 1, name, `v${index + 1}`, { namespace_id: index + 1 })),
  })
  // Whichever way SWR orders them, one of the two is beyond its first answer.
  for (const [id, name] of [
    [1, 'team-001'],
    [129, 'team-129'],
  ] as const) {
    await page.goto(`${routes.immutable(own)}?edit=${id}`)
    const panel = page.getByRole('dialog', { name: `Immutable tag rule of ${name}` })
    await expect(panel.getByRole('textbox', { name: 'Tag pattern' })).toHaveValue(`v${id}`)
  }
  await page.goto(`${routes.immutable(own)}?edit=999`)
  await expect(page.getByText('Rule 999 was not found. It may have been deleted.')).toBeVisible()

  const rules = page.getByRole('table', { name: table })
  for (const name of ['team-001', 'team-129']) {
    await page.getByRole('searchbox', { name: 'Search' }).fill(name)
    await expect(page.getByText('1–1 of 1 (filtered from 129)')).toBeVisible()
    await expectRow(rules, name, {})
  }
  await page.getByRole('searchbox', { name: 'Search' }).fill('nobody')
  await expect(page.getByText('No rule matches the search')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()

  await page.getByRole('button', { name: 'New rule' }).click()
  const panel = page.getByRole('dialog', { name: 'New immutable tag rule' })
  const namespace = panel.getByRole('combobox', { name: 'Namespace' })
  await expect(panel.getByText('30 more namespaces. Type part of a name.')).toBeVisible()
  await accessible()
  for (const name of ['team-001', 'team-129']) {
    await namespace.fill(name)
    await expect(panel.getByText(`${name} has a rule already.`)).toBeVisible()
  }
  await panel.getByRole('button', { name: 'Create rule' }).click()
  await expect(namespace).toHaveAccessibleDescription(/This namespace has a rule already/)
  await namespace.fill('team-99x')
  await expect(panel.getByText('No namespace named team-99x was found.')).toBeVisible()
  // Its search finds what the first answer does not hold.
  for (const part of ['m-001', 'm-130']) {
    await namespace.fill(part)
    await expect(panel.getByRole('option')).toHaveText([new RegExp(`^tea${part}`)])
  }
  await namespace.press('ArrowDown')
  await namespace.press('Enter')
  await expect(namespace).toHaveValue('team-130')
  await panel.getByRole('button', { name: 'Create rule' }).click()
  await expect(page.getByText('Rule of team-130 saved')).toBeVisible()
  const [created] = await own.received('POST')
  expect(created?.path).toContain('/namespaces/team-130/')
})

test('a rule that does not name its namespace is found by its number, or is left alone', async ({ page, place }) => {
  const own = await place({
    namespaces: [{ name: 'library', repositories: [] }],
    immutableRules: [
      immutable(7, 'library', 'v*', { namespace_name: undefined }),
      immutable(8, 'library', 'w*', { namespace_name: undefined, namespace_id: 99 }),
    ],
  })
  await page.goto(routes.immutable(own))
  await expectRow(page.getByRole('table', { name: table }), 'Rule 8, namespace unknown', { Tags: 'w*' })
  await page.getByRole('button', { name: 'Actions for Rule 8, namespace unknown' }).click()
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Rule 8, namespace unknown', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText("SWR doesn't say which namespace this rule belongs to")
  await expect(page.getByRole('dialog').getByRole('textbox')).toHaveCount(0)
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()

  await page.getByRole('button', { name: 'Actions for library' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page
    .getByRole('dialog', { name: 'Delete the immutable tag rule of library?' })
    .getByRole('button', { name: 'Delete rule' })
    .click()
  await expect(page.getByText('Rule of library deleted')).toBeVisible()
  expect((await own.received('DELETE')).map(({ path }) => path.split('/').slice(-4))).toEqual([
    ['namespaces', 'library', 'immutabletagrules', '7'],
  ])
})

test.describe('as viewer', () => {
  test.use({ role: 'viewer' })

  test('a rule is read, not edited', async ({ page, place, accessible }) => {
    const own = await place({
      namespaces: [{ name: 'library', repositories: [] }],
      immutableRules: [immutable(7, 'library', 'v*')],
    })
    await page.goto(routes.immutable(own))
    await page.getByRole('button', { name: 'library', exact: true }).click()
    const panel = page.getByRole('dialog', { name: 'Immutable tag rule of library' })
    await expectTerms(panel, { Namespace: 'library', Tags: 'v*', Repositories: 'All', Enabled: 'Enabled' })
    await expect(panel.getByRole('textbox')).toHaveCount(0)
    await expect(panel.getByRole('button', { name: 'Edit' })).toHaveAccessibleDescription('Requires the Admin role')
    await accessible()
  })
})
