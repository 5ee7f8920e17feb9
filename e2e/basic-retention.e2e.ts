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
  // Lower than whoever tried before has left it: the same again would be no change, and more needs a second admin.
  await page.getByRole('textbox', { name: 'Tags per rule' }).fill(String(30 - test.info().retry))
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

const dayMs = 86_400_000
const addressOf = (name: string) => routes.basicRetention('default', { organization: name, repository: 'team/api' })

test('a rule by days keeps what is younger', async ({ page, organization }) => {
  const aged = [1, 50, 100].map((days) => ({
    name: `v${days}`,
    pushed: new Date(Date.now() - days * dayMs).toISOString(),
  }))
  const own = await organization([{ name: 'team/api', tags: aged }])
  const name = `${own.name}/team/api`
  await page.goto(addressOf(own.name))
  await page.getByRole('radio', { name: 'Recent days' }).check()
  const days = page.getByRole('textbox', { name: 'Number of days' })
  await days.fill('366')
  await days.blur()
  await expect(page.getByText('Enter a number within the range shown.')).toBeVisible()
  await days.fill('30')
  const table = page.getByRole('table', { name: 'What saving would delete' })
  await expect(page.getByText('2 tags would be deleted')).toBeVisible()
  await expect(table.getByRole('row', { name: 'v50' })).toBeVisible()
  await expect(table.getByRole('row', { name: 'v100' })).toBeVisible()
  await page.getByRole('button', { name: 'Create rule…' }).click()
  const dialog = page.getByRole('dialog', { name: `Delete 2 tags from ${name}?` })
  await dialog.getByRole('textbox', { name: `Enter ${name} to confirm` }).fill(name)
  await dialog.getByRole('button', { name: 'Save and delete 2 tags' }).click()
  await expect(page.getByText(`Rule of ${name} saved`)).toBeVisible()
  expect((await own.received('POST')).map(({ body }) => body)).toEqual([
    { algorithm: 'or', rules: [{ template: 'date_rule', params: { days: '30' }, tag_selectors: [] }] },
  ])
  await page.reload()
  await expect(days).toHaveValue('30')
  await expect(page.getByRole('table', { name: 'Deleted tags' })).toContainText('v100')
})

test.describe('a regular expression that SWR cannot read', () => {
  test.use({ expectedErrors: [/status of 422/] })

  test('is refused at its field', async ({ page, organization, accessible }) => {
    const own = await organization([{ name: 'team/api', tags }])
    await page.goto(addressOf(own.name))
    await page.getByRole('textbox', { name: 'Number of tags' }).fill('3')
    await page.getByRole('button', { name: 'Add exception' }).click()
    await page.getByRole('combobox', { name: 'Exception 1' }).selectOption('Regular expression')
    const value = page.getByRole('textbox', { name: 'Value 1' })
    const refusal = /SWR can't read this regular expression/
    for (const bad of ['v(1', '(?=a)']) {
      await value.fill(bad)
      await expect(value).toHaveAccessibleDescription(refusal)
      await expect(value).toHaveAttribute('aria-invalid', 'true')
    }
    await expect(page.getByText('Complete the rule to see what it would delete.')).toBeVisible()
    await accessible()
    // Whoever goes on does not lose it, and to save leads back to it.
    await page.getByRole('textbox', { name: 'Number of tags' }).fill('4')
    await expect(value).toHaveAccessibleDescription(refusal)
    await page.getByRole('button', { name: 'Create rule…' }).click()
    await expect(value).toBeFocused()
    await expect(value).toHaveAccessibleDescription(refusal)
    expect(await own.received('POST')).toEqual([])

    await value.fill('^v[1]$')
    await expect(value).not.toHaveAttribute('aria-invalid')
    await expect(page.getByText('1 tag would be deleted')).toBeVisible()
  })
})

test('a list in an exception is refused, and split into one for each tag', async ({
  page,
  organization,
  accessible,
}) => {
  const own = await organization([{ name: 'team/api', tags }])
  await page.goto(addressOf(own.name))
  await page.getByRole('textbox', { name: 'Number of tags' }).fill('3')
  await page.getByRole('button', { name: 'Add exception' }).click()
  const value = page.getByRole('textbox', { name: 'Value 1' })
  await value.fill('v*')
  await value.blur()
  await expect(value).toHaveAccessibleDescription(/so a pattern keeps nothing/)
  await value.fill('v1,v2')
  await expect(value).toHaveAccessibleDescription(/so a list keeps nothing/)
  await accessible()
  await page.getByRole('button', { name: 'Create rule…' }).click()
  await expect(value).toBeFocused()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.getByRole('button', { name: 'Split into 2 exceptions' }).click()
  await expect(value).toHaveValue('v1')
  await expect(value).not.toHaveAttribute('aria-invalid')
  const second = page.getByRole('textbox', { name: 'Value 2' })
  await expect(second).toHaveValue('v2')
  await expect(second).toBeFocused()
  await expect(page.getByText('1 tag would be deleted')).toBeVisible()
  expect(await own.received('POST')).toEqual([])
})

test('a rule that cannot be read is shown as it is, and can only be deleted', async ({
  page,
  organization,
  sandbox,
  accessible,
}) => {
  const own = await organization([{ name: 'team/api', tags }])
  const name = `${own.name}/team/api`
  await sandbox.basicRule(own.name, 'team/api', [
    { template: 'tag_rule', params: { num: '6' }, tag_selectors: [{ kind: 'semver', pattern: '1.x' }] },
  ])
  await page.goto(addressOf(own.name))
  const rule = page.getByRole('region', { name: 'Rule' })
  await expect(rule).toContainText("a rule that this console can't read")
  await expect(rule).toContainText('"semver"')
  await expect(page.getByRole('textbox', { name: 'Number of tags' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: /rule…/ })).toHaveCount(0)
  await accessible()
  await page.getByRole('button', { name: 'Delete rule' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete rule' }).click()
  await expect(page.getByText(`Rule of ${name} deleted`)).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Number of tags' })).toBeVisible()
  expect((await own.received()).filter(({ method }) => ['POST', 'PATCH'].includes(method))).toEqual([])
})

test.describe('a viewer', () => {
  test.use({ role: 'viewer' })

  test('reads the rule, what it deletes, and the limits', async ({ page, organization, sandbox, accessible }) => {
    const own = await organization([{ name: 'team/api', tags }])
    await sandbox.basicRule(own.name, 'team/api', [
      { template: 'tag_rule', params: { num: '4' }, tag_selectors: [{ kind: 'label', pattern: 'v1' }] },
    ])
    await page.goto(addressOf(own.name))
    await expect(page.getByRole('heading', { name: 'What the rule would delete now' })).toBeVisible()
    await expect(page.getByText('1 tag would be deleted')).toBeVisible()
    const main = page.getByRole('main')
    await expect(main.getByText('Only admins can change the rule.')).toBeVisible()
    await expect(main.getByRole('term').filter({ hasText: 'Exceptions' })).toBeVisible()
    await expect(main.getByRole('textbox')).toHaveCount(0)
    await expect(main.getByRole('button', { name: /Save rule|Delete rule/ })).toHaveCount(0)
    await accessible()

    await page.goto(routes.basicRetentionSettings('default'))
    await expect(main.getByText('Only admins can change the limits.')).toBeVisible()
    await expect(main.getByRole('term').filter({ hasText: 'Tags per rule' })).toBeVisible()
    await expect(main.getByRole('textbox')).toHaveCount(0)
    await expect(main.getByRole('button', { name: 'Save limits' })).toHaveCount(0)
    await accessible()
  })
})
