import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { expectRow } from './rows'
import { basket, expectCells, frankfurt, unseen } from './syncs'

/** Says in the panel which rules to make. */
async function fillRules(page: Page, organization: string, names: readonly string[], region: string = frankfurt) {
  await page.getByRole('button', { name: 'New rules' }).click()
  const panel = page.getByRole('dialog')
  await panel.getByRole('combobox', { name: 'Target region' }).fill(region)
  await panel.getByRole('textbox', { name: 'Target organization' }).fill(organization)
  for (const name of names) await panel.getByRole('checkbox', { name, exact: true }).check()
}

const createRules = (page: Page, count: number) =>
  page
    .getByRole('dialog')
    .getByRole('button', { name: `Create ${count} rules` })
    .click()

/** Makes rules for some repositories, by the panel. */
async function newRules(page: Page, organization: string, names: readonly string[], region: string = frankfurt) {
  await fillRules(page, organization, names, region)
  await createRules(page, names.length)
}

const repositories = Array.from({ length: 60 }, (_, index) => ({ name: `service-${index}`, tags: ['1.0'] }))

test.describe('where SWR refuses what is there', () => {
  test.use({ expectedErrors: [/status of 400/] })

  test('60 repositories get a rule at once, each says how it went, and their tags of today are offered', async ({
    page,
    sandbox,
    organization,
    accessible,
  }) => {
    const own = await organization(repositories)
    await sandbox.organization(own.name, [], { region: frankfurt })
    await page.goto(routes.syncAuto('default', own.name))
    await expect(page.getByText('No rules in this organization')).toBeVisible()
    await page.getByRole('button', { name: 'New rules' }).click()
    const panel = page.getByRole('dialog', { name: `New rules for ${own.name}` })
    await panel.getByRole('button', { name: 'Create rules' }).click()
    await expect(panel.getByRole('combobox', { name: 'Target region' })).toBeFocused()
    await panel.getByRole('combobox', { name: 'Target region' }).fill(frankfurt)
    await panel.getByRole('checkbox', { name: 'Select all 60 shown' }).check()
    await accessible()
    await panel.getByRole('button', { name: 'Create 60 rules' }).click()
    await expect(page.getByText(`60 of 60 rules from ${own.name} to ${frankfurt} are in place`)).toBeVisible()
    const sent = await own.received('POST')
    expect(sent).toHaveLength(60)
    expect(sent[0]?.body).toEqual({
      remoteNamespace: own.name,
      remoteRegionId: frankfurt,
      syncAuto: true,
      override: false,
    })
    await expectRow(page.getByRole('table', { name: 'Automatic sync rules' }), 'service-0', {
      Target: `${frankfurt} ${own.name}`,
      Overwrites: 'No',
    })
    await expect(page.getByText('1–20 of 60')).toBeVisible()
    await accessible()
    // Once more: SWR refuses what is there, and that is no failure.
    await page.getByRole('button', { name: 'New rules' }).click()
    await panel.getByRole('combobox', { name: 'Target region' }).fill(frankfurt)
    await panel.getByRole('checkbox', { name: 'service-0', exact: true }).check()
    await panel.getByRole('button', { name: 'Create 1 rule' }).click()
    await expect(page.getByText('Exists already')).toBeVisible()
    await expect(page.getByText('SWR has a rule to this target already.')).toBeVisible()
    await page.getByRole('button', { name: 'Put the existing tags into the basket' }).click()
    await expect(basket(page)).toContainText('1 tag of 1 repository')
    await expectCells(page, `${own.name}/service-0:1.0`, ['New'])
  })
})

test('a rule that would never work is not made', async ({ page, organization, accessible }) => {
  const own = await organization([
    { name: 'api', tags: ['1.0'] },
    { name: 'web', tags: ['1.0'] },
  ])
  await page.goto(routes.syncAuto('default', own.name))
  await fillRules(page, 'nobody-has-this', ['api', 'web'])
  const panel = page.getByRole('dialog')
  const known = panel.getByRole('region', { name: 'What is known of the target' })
  await expect(known).toContainText('A rule to this target would never work.')
  await accessible()
  await createRules(page, 2)
  await expect(known).toBeFocused()
  expect(await own.received('POST')).toEqual([])
})

test.describe('what became of new rules', () => {
  test.use({ expectedErrors: [/status of 502/] })

  test('is there until it is dismissed, whatever page was looked at meanwhile', async ({ page, organization }) => {
    const own = await organization([
      { name: 'api', tags: ['1.0'] },
      { name: 'web', tags: ['1.0'] },
    ])
    await page.goto(routes.syncAuto('default', own.name))
    await newRules(page, 'fault-403', ['api', 'web'])
    const results = page.getByRole('list', { name: 'Result by repository' })
    await expect(results).toContainText('Rejected')
    await page.getByRole('link', { name: 'Sync jobs' }).click()
    await expect(page).toHaveURL(/\/sync\/jobs$/)
    await page.reload()
    await page.getByRole('link', { name: 'Automatic sync' }).click()
    await expect(page.getByText(`0 of 2 rules from ${own.name} to ${frankfurt} are in place`)).toBeVisible()
    await expect(results).toContainText('SVCSTG')
    await expect(page.getByRole('button', { name: /^Retry \d$/ })).toBeVisible()
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await page.reload()
    await expect(page.getByText('No organization selected')).toBeVisible()
    await expect(results).toBeHidden()
  })

  test('is not known of those that were under way when the page was left, and the browser warns', async ({
    page,
    organization,
  }) => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const own = await organization(names.map((name) => ({ name, tags: ['1.0'] })))
    await page.goto(routes.syncAuto('default', own.name))
    await newRules(page, 'fault-timeout', names)
    const results = page.getByRole('list', { name: 'Result by repository' })
    await expect(results.getByText('Creating')).toHaveCount(4)
    await expect(page.getByRole('button', { name: 'New rules' })).toHaveAccessibleDescription(
      'Other rules are being created.',
    )
    const warned = page.waitForEvent('dialog')
    const left = page.reload()
    const dialog = await warned
    expect(dialog.type()).toBe('beforeunload')
    await dialog.accept()
    await left
    await expect(results.getByText('Result unknown')).toHaveCount(4)
    await expect(results.getByText('Not tried')).toHaveCount(2)
    await expect(page.getByRole('button', { name: 'Retry 6' })).toBeVisible()
  })

  test('says which repositories the basket has no room for', async ({ page, organization }) => {
    const tags = Array.from({ length: 9_999 }, (_, at) => `b-${at}`)
    const own = await organization([
      { name: 'large', tags },
      { name: 'small', tags: ['1', '2'] },
    ])
    await page.goto(routes.syncAuto('default', own.name))
    await newRules(page, own.name, ['large', 'small'], unseen)
    await page.getByRole('button', { name: 'Put the existing tags into the basket' }).click()
    const note = page.getByRole('status').filter({ hasText: 'in the basket' })
    await expect(note).toContainText('10,000 tags are in the basket.')
    await expect(note).toContainText("1 repository isn't in it with all its tags")
    await expect(note.getByRole('listitem')).toHaveText([`${own.name}/small`])
    await note.getByRole('link', { name: 'Go to the basket' }).click()
    await expect(basket(page)).toContainText('10,000 tags of 2 repositories')
  })
})

test('a rule is deleted, and its runs are shown', async ({ page, organization, sandbox }) => {
  const own = await organization([{ name: 'web', tags: ['1.0'] }], { automaticSeconds: 0 })
  await sandbox.organization(own.name, [], { region: frankfurt })
  await page.goto(routes.syncAuto('default', own.name))
  await page.getByRole('button', { name: 'New rules' }).click()
  const panel = page.getByRole('dialog')
  await panel.getByRole('combobox', { name: 'Target region' }).fill(frankfurt)
  await panel.getByRole('checkbox', { name: 'web', exact: true }).check()
  await panel.getByRole('button', { name: 'Create 1 rule' }).click()
  await expect(page.getByText(`1 of 1 rules from ${own.name} to ${frankfurt} are in place`)).toBeVisible()
  await sandbox.push(own.name, [{ name: 'web', tags: ['2.0'] }])
  await page.getByRole('button', { name: 'Runs of web' }).click()
  await expectRow(page.getByRole('table', { name: 'Runs' }), '2.0', { Status: 'Reported as copied' })
  await expect(page).toHaveURL((url) => url.searchParams.get('runs') === 'web')
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: `Delete the rule of web to ${frankfurt}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete rule' }).click()
  await expect(page.getByText('No rules in this organization')).toBeVisible()
  expect((await own.received('DELETE')).map(({ body }) => body)).toEqual([
    { remoteRegionId: frankfurt, remoteNamespace: own.name },
  ])
})

test.describe('an operator', () => {
  test.use({ role: 'operator' })

  test('sees rules and who may make them', async ({ page, organization }) => {
    const own = await organization([{ name: 'web', tags: ['1.0'] }])
    await page.goto(routes.syncAuto('default', own.name))
    const create = page.getByRole('button', { name: 'New rules' })
    await expect(create).toBeDisabled()
    await expect(create).toHaveAccessibleDescription('Requires the Admin role')
  })
})
