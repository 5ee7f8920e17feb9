import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'

const tags = ['v1', 'v2', 'v3', 'v4', 'v5', 'v6'].map((name, index) => ({
  name,
  pushed: new Date(Date.UTC(2026, 0, index + 1)).toISOString(),
}))

test('saving a rule says what it deletes, asks for the name, and deletes', async ({
  page,
  organization,
  accessible,
}) => {
  const own = await organization([{ name: 'team/api', tags }])
  await page.goto(routes.basicRetention('default'))
  await page.getByRole('combobox', { name: 'Organization' }).selectOption(own.name)
  await page.getByRole('combobox', { name: 'Repository' }).fill('team/api')
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`organization=${own.name}&repository=team\\$api`))
  await expect(page.getByText('Complete the rule to see what it would delete.')).toBeVisible()

  await page.getByRole('textbox', { name: 'Number of tags' }).fill('0')
  await page.getByRole('textbox', { name: 'Number of tags' }).blur()
  await expect(page.getByText('Enter 1 or more; 0 would keep nothing.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Number of tags' }).fill('3')
  await expect(page.getByText('3 tags would be deleted')).toBeVisible()
  await page.getByRole('button', { name: 'Add exception' }).click()
  await page.getByRole('textbox', { name: 'Value 1' }).fill('v1')
  await expect(page.getByText('2 tags would be deleted')).toBeVisible()
  const table = page.getByRole('table', { name: 'What saving would delete' })
  await expect(table).toContainText('v2')
  await expect(table).not.toContainText('v1')
  await accessible()

  await page.getByRole('button', { name: 'Create rule…' }).click()
  const name = `${own.name}/team/api`
  const dialog = page.getByRole('dialog', { name: `Delete 2 tags from ${name}?` })
  await dialog.getByRole('button', { name: 'Save and delete 2 tags' }).click()
  await expect(dialog).toContainText('This is not the name of the repository.')
  expect(await own.received('POST')).toEqual([])
  await dialog.getByRole('textbox', { name: `Enter ${name} to confirm` }).fill(name)
  await dialog.getByRole('button', { name: 'Save and delete 2 tags' }).click()
  await expect(page.getByText(`Rule of ${name} saved`)).toBeVisible()
  const [created] = await own.received('POST')
  // Numbers are texts on the wire.
  expect(created?.body).toMatchObject({ algorithm: 'or', rules: [{ template: 'tag_rule', params: { num: '3' } }] })
  await page.reload()
  await expect(page.getByRole('table', { name: 'Deleted tags' })).toContainText('v2')
  await expect(page.getByRole('textbox', { name: 'Number of tags' })).toHaveValue('3')

  await page.getByRole('button', { name: 'Delete rule' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete rule' }).click()
  await expect(page.getByText(`Rule of ${name} deleted`)).toBeVisible()
})
