import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { asSecondAdmin } from './second-admin'

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

test('a running image locks the rule, and an admin says why it goes all the same', async ({ page, organization }) => {
  const own = await organization([{ name: 'team/api', tags }])
  const cluster = `basic-${own.name}`
  await page.goto(routes.basicRetention('default', { organization: own.name, repository: 'team/api' }))
  await page.getByRole('textbox', { name: 'Number of tags' }).fill('4')
  const verdicts = page.getByRole('table', { name: 'What saving would delete' })
  await expect(verdicts).toContainText('v1')
  await expect(verdicts).not.toContainText('In use')

  // In the same tab, without loading anything anew: the list of a cluster makes the marks old.
  await page.getByRole('link', { name: 'Images in use' }).click()
  await page.getByRole('button', { name: 'Leave' }).click()
  await page.getByRole('button', { name: 'Add cluster' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('textbox', { name: 'Cluster' }).fill(cluster)
  await sheet.getByRole('textbox', { name: 'Pods or image references' }).fill(`${own.name}/team/api:v1`)
  await sheet.getByRole('button', { name: 'Save list' }).click()
  await expect(page.getByRole('row', { name: cluster })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('textbox', { name: 'Number of tags' })).toHaveValue('4')
  await expect(verdicts).toContainText(`In use: ${cluster}`)

  await page.getByRole('button', { name: 'Create rule…' }).click()
  const name = `${own.name}/team/api`
  const dialog = page.getByRole('dialog', { name: `Delete 2 tags from ${name}?` })
  await expect(dialog).toContainText('1 tag to be deleted is in use')
  const save = dialog.getByRole('button', { name: 'Save and delete 2 tags' })
  await expect(save).toHaveAccessibleDescription('Accept above that images in use are deleted')
  await dialog.getByRole('checkbox', { name: 'Delete them anyway. Enter the reason below.' }).check()
  await expect(save).toHaveAccessibleDescription('Enter a reason')
  await dialog.getByRole('textbox', { name: `Enter ${name} to confirm` }).fill(name)
  await dialog.getByRole('textbox', { name: /Reason/ }).fill('the pod is being removed')
  await save.click()
  await expect(page.getByText(`Rule of ${name} saved`)).toBeVisible()
  expect(await own.received('POST')).toHaveLength(1)
})

test('above the ceiling a rule is saved when another admin confirms it', async ({
  page,
  organization,
  browser,
  asAdmin,
  accessible,
}) => {
  // Other tests delete less: the ceiling is the connection's.
  const many = Array.from({ length: 45 }, (_, index) => ({
    name: `v${index + 1}`,
    pushed: new Date(Date.UTC(2026, 0, index + 1)).toISOString(),
  }))
  const own = await organization([{ name: 'team/api', tags: many }])
  const name = `${own.name}/team/api`
  const at = routes.basicRetention('default', { organization: own.name, repository: 'team/api' })
  await page.goto(at)
  await page.getByRole('link', { name: 'Limits' }).click()
  await page.getByRole('textbox', { name: 'Tags per rule' }).fill('30')
  await page.getByRole('button', { name: 'Save limits' }).click()
  await expect(page.getByText('Limits saved')).toBeVisible()
  await accessible()

  await page.goto(at)
  await page.getByRole('textbox', { name: 'Number of tags' }).fill('5')
  await expect(page.getByText('40 tags would be deleted')).toBeVisible()
  await page.getByRole('button', { name: 'Create rule…' }).click()
  const dialog = page.getByRole('dialog', { name: `Delete 40 tags from ${name}?` })
  await expect(dialog).toContainText('It is saved, and deletes, when an admin other than you confirms it.')
  await dialog.getByRole('textbox', { name: `Enter ${name} to confirm` }).fill(name)
  await dialog.getByRole('button', { name: 'Request deletion of 40 tags' }).click()
  await expect(page.getByText('A rule waits for confirmation')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Confirm…' })).toHaveAccessibleDescription(
    'Another admin must confirm: you asked for it',
  )
  await expect(page.getByRole('textbox', { name: 'Number of tags' })).toHaveValue('')
  await accessible()
  expect(await own.received('POST')).toEqual([])

  await asSecondAdmin({ browser, asAdmin }, at, async (other) => {
    await other.getByRole('button', { name: 'Confirm…' }).click()
    const question = other.getByRole('dialog', { name: `Save the rule of ${name}?` })
    await expect(question).toContainText('40 tags would be deleted')
    await question.getByRole('button', { name: 'Save and delete 40 tags' }).click()
    await expect(question).toContainText('This is not the name of the repository.')
    await question.getByRole('textbox', { name: `Enter ${name} to confirm` }).fill(name)
    await question.getByRole('button', { name: 'Save and delete 40 tags' }).click()
    await expect(other.getByText(`Rule of ${name} saved`)).toBeVisible()
    await expect(other.getByRole('textbox', { name: 'Number of tags' })).toHaveValue('5')
  })
  expect(await own.received('POST')).toHaveLength(1)
})
