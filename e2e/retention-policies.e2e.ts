import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { farFromNow, scheduled } from './policies'
import { amount, namespaces, retention, retentionRow, retentionTable, ruled } from './retentions'
import { expectRow } from './rows'

const reviewCreate = 'Review and create'

test('create the policy of a namespace that has none', async ({ page, place, accessible }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'keep')] })
  await page.goto(routes.retention(own))
  await page.getByRole('link', { name: 'New policy' }).click()
  const namespace = page.getByRole('combobox', { name: 'Namespace' })
  // SWR takes one for each: those that have one are not offered.
  await expect(namespace.getByRole('option')).toHaveText(['Select…', 'payments'])
  await namespace.selectOption('payments')
  await expect(page).toHaveURL(/namespace=payments/)
  await expect(page.getByRole('main')).toContainText('tags that no rule keeps are deleted')
  await page.getByRole('button', { name: reviewCreate }).first().click()
  await expect(page.getByText('2 fields need attention')).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('payments-ten')
  await amount(page).fill('10')
  await page.getByRole('radio', { name: 'Scheduled' }).check()
  await page.getByRole('textbox', { name: 'Schedule' }).fill('0 0 2 * * *')
  await page.getByRole('checkbox', { name: 'Enabled' }).check()
  await expect(page.getByText('The policy is created disabled.')).toBeVisible()
  await accessible()
  await page.getByRole('button', { name: reviewCreate }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Create payments-ten?' })
  await expect(dialog).toContainText('The policy is created disabled.')
  await expect(dialog).toContainText('"enabled": false')
  await dialog.getByRole('button', { name: 'Create policy' }).click()
  await expect(page.getByText('payments-ten was created')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1, name: 'payments-ten' })).toBeVisible()
  const [created] = await own.received('POST')
  expect(created?.path).toContain('/namespaces/payments/retention/policies')
  expect(created?.body).toEqual({
    algorithm: 'or',
    enabled: false,
    rules: [
      {
        priority: 0,
        action: 'retain',
        repo_scope_mode: 'regular',
        scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
        tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
        disabled: false,
        params: { latestPushedK: 10 },
        template: 'latestPushedK',
      },
    ],
    trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } },
    name: 'payments-ten',
  })
})

test('another namespace leaves the repositories of the last one behind, and nothing else', async ({ page, place }) => {
  const own = await place({ namespaces })
  await page.goto(routes.retentionNew(own, 'library'))
  const namespace = page.getByRole('combobox', { name: 'Namespace' })
  const name = page.getByRole('textbox', { name: 'Name' })
  await name.fill('weekly')
  await page.getByRole('radio', { name: 'Selection' }).check()
  await page.getByRole('button', { name: 'Select repositories' }).click()
  const dialog = page.getByRole('dialog', { name: 'Select repositories of library' })
  await dialog.getByRole('checkbox', { name: 'redis' }).check()
  await dialog.getByRole('button', { name: 'Select 1 repository' }).click()
  await expect(page.getByRole('button', { name: 'Remove redis' })).toBeVisible()
  await namespace.selectOption('payments')
  await expect(page.getByText('None selected')).toBeVisible()
  await expect(name).toHaveValue('weekly')
  // What was typed waits where it went, and only there.
  await page.reload()
  await expect(page.getByText('Your unsaved draft was restored.')).toBeVisible()
  await expect(name).toHaveValue('weekly')
  await expect(page.getByText('None selected')).toBeVisible()
  await page.goto(routes.retentionNew(own, 'library'))
  await expect(page.getByRole('radio', { name: 'Pattern' })).toBeChecked()
  await expect(name).toHaveValue('')
  await name.fill('monthly')
  await namespace.selectOption('payments')
  await expect(name).toHaveValue('weekly')
  await namespace.selectOption('library')
  await expect(name).toHaveValue('monthly')
})

test('duplicate a policy to another namespace', async ({ page, place }) => {
  const own = await place({
    namespaces,
    retentions: [
      ruled(4, 'keep', { tag_selectors: [{ kind: 'doublestar', decoration: 'excludes', pattern: 'dev-*' }] }),
    ],
  })
  await page.goto(routes.retention(own))
  await page.getByRole('button', { name: 'Actions for keep' }).click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  // The list has a namespace to choose as well.
  await expect(page.getByRole('heading', { level: 1, name: 'New retention policy' })).toBeVisible()
  await page.getByRole('combobox', { name: 'Namespace' }).selectOption('payments')
  await expect(page.getByText('Copied from keep; disabled.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Tag pattern' })).toHaveValue('dev-*')
  await page.getByRole('button', { name: reviewCreate }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Create policy' }).click()
  await expect(page.getByText('keep was created')).toBeVisible()
  const [created] = await own.received('POST')
  expect(created?.body).toMatchObject({
    name: 'keep',
    enabled: false,
    rules: [{ tag_selectors: [{ decoration: 'excludes', pattern: 'dev-*' }], params: { latestPushedK: 5 } }],
  })
})

test('delete a policy, find it among the deleted ones and make it again', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'keep', scheduled(farFromNow().cron))] })
  await page.goto(routes.retentionPolicy(own, 'library', 4))
  await page.getByRole('button', { name: 'Actions for keep' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete keep?' })
  await expect(dialog).toContainText('the 5 most recently pushed tags')
  await expect(dialog).toContainText('No image is deleted')
  await dialog.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('keep was deleted')).toBeVisible()
  await expect(retentionRow(page, 'keep')).toHaveCount(0)
  await page.getByRole('link', { name: 'Deleted policies' }).first().click()
  await page.getByRole('link', { name: 'Recreate (keep)' }).click()
  await expect(page.getByText('The form contains the last version of keep.')).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Namespace' })).toHaveValue('library')
  await page.getByRole('button', { name: reviewCreate }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Create policy' }).click()
  await expect(page.getByText('keep was created')).toBeVisible()
  await page.goto(routes.retention(own))
  // What runs by a schedule is not switched on by making it again.
  await expectRow(retentionTable(page), 'keep', { Namespace: 'library', Enabled: 'Disabled' })
})
