import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import {
  amount,
  keeps,
  namespaces,
  openForm,
  retention,
  retentionRow,
  retentionTable,
  review,
  ruled,
  save,
  selectors,
  sent,
} from './retentions'
import { expectRow, expectRows, expectTerms } from './rows'

test('keep ten pushes instead of five: SWR gets exactly the documented body', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'test11')] })
  await page.goto(routes.retention(own))
  await retentionTable(page).getByRole('link', { name: 'test11' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'test11' })).toBeVisible()
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Edit test11' })).toBeVisible()
  await amount(page).fill('10')
  await expect(page.getByText('Keeps the 10 most recently pushed tags in each matching repository.')).toBeVisible()
  await review(page)
  const dialog = page.getByRole('dialog', { name: 'Save changes to test11?' })
  await expectRows(dialog.getByRole('table'), [{ Field: 'Tags kept, newest push first', Before: '5', After: '10' }])
  await expect(dialog).toContainText('"latestPushedK": 10')
  await dialog.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('test11 was saved')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('the 10 most recently pushed tags')
  expect(await sent(own)).toEqual({
    algorithm: 'or',
    enabled: true,
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
    trigger: { trigger_settings: { cron: '' }, type: 'manual' },
    name: 'test11',
  })
})

for (const [template, label, unit] of [
  ['latestPushedK', 'the most recently pushed tags', 'Number of tags'],
  ['latestPulledN', 'the most recently pulled tags', 'Number of tags'],
  ['nDaysSinceLastPush', 'tags pushed in recent days', 'Number of days'],
  ['nDaysSinceLastPull', 'tags pulled in recent days', 'Number of days'],
] as const) {
  test(`keep ${label}`, async ({ page, place }) => {
    const other = template === 'latestPushedK' ? 'latestPulledN' : 'latestPushedK'
    const own = await place({
      namespaces,
      retentions: [ruled(4, 'keep', { template: other, params: { [other]: 7 } })],
    })
    await openForm(page, own)
    await expect(amount(page)).toHaveValue('7')
    await page.getByRole('combobox', { name: 'Keep' }).selectOption(label)
    await page.getByRole('textbox', { name: unit }).fill('21')
    const body = await save(page, own)
    expect(body).toMatchObject({ rules: [{ template }] })
    expect(body).toHaveProperty('rules.0.params', { [template]: 21 })
  })
}

test('a list without braces is refused, and put into them with one press', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'keep')] })
  await openForm(page, own)
  await page.getByRole('textbox', { name: 'Tag pattern' }).fill('latest,master,generic')
  await expect(page.getByRole('status').filter({ hasText: 'Keeps nothing: a run deletes every tag' })).toBeVisible()
  await review(page)
  await expect(page.getByRole('textbox', { name: 'Tag pattern' })).toHaveAccessibleDescription(
    /Put several patterns in braces/,
  )
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await own.received('PUT')).toEqual([])
  await page.getByRole('button', { name: 'Use this pattern' }).click()
  await expect(page.getByRole('textbox', { name: 'Tag pattern' })).toHaveValue('{latest,master,generic}')
  expect(await save(page, own)).toMatchObject({ rules: [{ tag_selectors: [{ pattern: '{latest,master,generic}' }] }] })
})

test('a number that SWR gives as text goes back as text', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [ruled(4, 'texts', { params: { latestPushedK: '12' } })] })
  await openForm(page, own)
  await expect(amount(page)).toHaveValue('"12"')
  await expect(page.getByText("SWR probably can't read “12” and uses 10 instead.")).toBeVisible()
  await page.getByRole('textbox', { name: 'Name' }).fill('renamed')
  expect(await save(page, own)).toMatchObject({ name: 'renamed', rules: [{ params: { latestPushedK: '12' } }] })
})

test('a number that SWR gives as text is a number once it is typed', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [ruled(4, 'texts', { params: { latestPushedK: '12' } })] })
  await openForm(page, own)
  await amount(page).fill('12')
  expect(await save(page, own)).toMatchObject({ name: 'texts', rules: [{ params: { latestPushedK: 12 } }] })
})

test('keep among all tags except some', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'spare')] })
  await openForm(page, own)
  await expect(page.getByText("Tags that don't match are not kept by this rule: they are deleted.")).toBeVisible()
  await page.getByRole('radio', { name: 'Excluding' }).check()
  await expect(page.getByText('Tags that match are not kept by this rule: they are deleted.')).toBeVisible()
  await expect(page.getByText('is left out only if all of them match.')).toBeVisible()
  // A space inside the braces would look for a name that begins with it.
  await page.getByRole('textbox', { name: 'Tag pattern' }).fill('{dev-*, tmp-*}')
  await page.getByRole('textbox', { name: 'Repository pattern' }).fill('team/*')
  expect(await save(page, own)).toMatchObject({
    rules: [
      {
        tag_selectors: [{ kind: 'doublestar', decoration: 'excludes', pattern: '{dev-*,tmp-*}' }],
        scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: 'team/*' }] },
      },
    ],
  })
  await expectTerms(page.getByRole('region', { name: 'Summary' }), { Tags: 'Excluding {dev-*,tmp-*}' })
})

test('what the console does not know survives an update at every level', async ({ page, place }) => {
  const unknown = { x_owner: 'team-a' }
  const extras = '{"untagged":false}'
  const policy = ruled(4, 'odd', {
    ...unknown,
    disabled: true,
    tag_selectors: selectors('matches', 'v*', { ...unknown, extras }),
    scope_selectors: { repository: selectors('repoMatches', '**', unknown) },
  })
  const trigger = { type: 'manual', ...unknown, trigger_settings: { cron: '', ...unknown } }
  const own = await place({ namespaces, retentions: [{ ...policy, ...unknown, trigger }] })
  await page.goto(routes.retention(own))
  await expectRow(retentionTable(page), 'odd', { Enabled: /Rule disabled$/ })
  await openForm(page, own)
  await expect(page.getByText('A rule of this policy is disabled in SWR.')).toBeVisible()
  await expect(page.getByText(extras)).toBeVisible()
  await amount(page).fill('6')
  expect(await save(page, own)).toEqual({
    ...unknown,
    algorithm: 'or',
    enabled: true,
    rules: [
      {
        ...unknown,
        priority: 0,
        action: 'retain',
        repo_scope_mode: 'regular',
        scope_selectors: { repository: selectors('repoMatches', '**', unknown) },
        tag_selectors: selectors('matches', 'v*', { ...unknown, extras }),
        disabled: true,
        params: { latestPushedK: 6 },
        template: 'latestPushedK',
      },
    ],
    trigger,
    name: 'odd',
  })
})

test('run a policy on a schedule', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'nightly')] })
  await openForm(page, own)
  await page.getByRole('radio', { name: 'Scheduled' }).check()
  const cron = page.getByRole('textbox', { name: 'Schedule' })
  for (const [text, complaint] of [
    ['0 2 * * *', 'Enter six fields'],
    ['30 0 2 * * *', 'The first field (seconds) must be 0.'],
    ['0 0 2 31 2 *', 'This expression never matches a date'],
  ] as const) {
    await cron.fill(text)
    await review(page)
    await expect(page.getByText(complaint)).toBeVisible()
    await expect(cron).toBeFocused()
  }
  expect(await own.received('PUT')).toEqual([])
  // Every minute is allowed for retention, unlike for replication.
  await cron.fill('0 * * * * *')
  await expect(page.getByText('Every minute')).toBeVisible()
  await cron.fill('0 15  2 * * *')
  await expect(page.getByText('Every day at 02:15 UTC')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Next runs' }).getByRole('row')).toHaveCount(6)
  expect(await save(page, own)).toMatchObject({
    trigger: { type: 'scheduled', trigger_settings: { cron: '0 15 2 * * *' } },
  })
})

test('an amount that would delete everything is refused at its field', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'careful')] })
  await openForm(page, own)
  for (const [text, complaint] of [
    ['0', 'Enter 1 or more; 0 would keep nothing.'],
    ['', 'This field is required.'],
    ['1.5', 'Enter a whole number.'],
    ['32767', 'Enter 32,766 or less.'],
  ] as const) {
    await amount(page).fill(text)
    await review(page)
    await expect(page.getByText(complaint)).toBeVisible()
    await expect(amount(page)).toBeFocused()
    await expect(amount(page)).toHaveAttribute('aria-invalid', 'true')
  }
  await page.getByRole('combobox', { name: 'Keep' }).selectOption('tags pushed in recent days')
  await amount(page).fill('32767')
  expect(await save(page, own)).toMatchObject({ rules: [{ params: { nDaysSinceLastPush: 32_767 } }] })
})

test('pick repositories of the namespace from the real list', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'picked')] })
  await openForm(page, own)
  await page.getByRole('radio', { name: 'Selection' }).check()
  await review(page)
  await expect(page.getByText('Select at least one repository.')).toBeVisible()
  await page.getByRole('button', { name: 'Select repositories' }).click()
  const dialog = page.getByRole('dialog', { name: 'Select repositories of library' })
  await expect(dialog.getByRole('checkbox')).toHaveCount(3)
  await dialog.getByRole('checkbox', { name: 'redis' }).check()
  await dialog.getByRole('searchbox', { name: 'Search repositories' }).fill('team')
  await dialog.getByRole('checkbox', { name: 'team/api' }).check()
  await expect(dialog.getByRole('checkbox')).toHaveCount(1)
  await dialog.getByRole('button', { name: 'Select 2 repositories' }).click()
  await page.getByRole('button', { name: 'Remove redis' }).click()
  await page.getByRole('button', { name: 'Select repositories' }).click()
  await dialog.getByRole('checkbox', { name: 'nginx' }).check()
  await dialog.getByRole('button', { name: 'Select 2 repositories' }).click()
  expect(await save(page, own)).toMatchObject({
    rules: [{ repo_scope_mode: 'selection', scope_selectors: { repository: [{ pattern: '{team/api,nginx}' }] } }],
  })
  await openForm(page, own)
  await expect(page.getByRole('button', { name: /^Remove / })).toHaveCount(2)
})

test.describe('a list of rules', () => {
  test.use({ expectedErrors: [/status of 400/] })

  test('several rules are a list: each is edited, one is added, one removed', async ({ page, place }) => {
    const own = await place({
      namespaces,
      retentions: [ruled(4, 'two-rules', {}, { template: 'nDaysSinceLastPush', params: { nDaysSinceLastPush: 9 } })],
    })
    await page.goto(routes.retention(own))
    await expectRow(retentionTable(page), 'two-rules', {
      [keeps]: 'the 5 most recently pushed tags tags pushed within the last 9 days',
    })
    const sentences = page.getByRole('table', { name: 'Retention policies' }).getByRole('listitem')
    await expect(sentences).toHaveText([/5 most recently pushed/, /last 9 days/])
    await openForm(page, own)
    const rule = (number: number) => page.getByRole('group', { name: `Rule ${number}`, exact: true })
    await expect(page.getByText('SWR usually accepts one rule per policy.')).toBeVisible()
    await expect(rule(2).getByRole('textbox', { name: 'Number of days' })).toHaveValue('9')
    // What one does not keep another may.
    await expect(rule(1)).toContainText('Tags there that no rule keeps are deleted when the policy runs.')
    await expect(rule(1)).toContainText('they are deleted unless another rule keeps them.')
    await expect(page.getByText('Rule 1 only: other rules may keep more tags.')).toBeVisible()
    await rule(1).getByRole('textbox', { name: 'Tag pattern' }).fill('v1,v2')
    await expect(rule(1).getByRole('status')).toHaveText('Keeps nothing: a run deletes tags that no other rule keeps')
    await rule(1).getByRole('textbox', { name: 'Tag pattern' }).fill('v*')
    await expect(rule(1)).toContainText('tags among the tags considered in each matching repository.')
    await rule(1).getByRole('textbox', { name: 'Tag pattern' }).fill('**')
    await page.getByRole('button', { name: 'Add rule' }).click()
    await expect(rule(3).getByRole('textbox', { name: 'Number of tags' })).toBeFocused()
    // The same as the first one is no rule of its own.
    await rule(3).getByRole('textbox', { name: 'Number of tags' }).fill('5')
    await review(page)
    await expect(rule(3)).toContainText('Another rule says the same.')
    await rule(3).getByRole('combobox', { name: 'Keep' }).selectOption('the most recently pulled tags')
    await rule(3).getByRole('textbox', { name: 'Number of tags' }).fill('3')
    await rule(1).getByRole('button', { name: 'Remove rule' }).click()
    await expect(page.getByRole('button', { name: 'Add rule' })).toBeFocused()
    await rule(1).getByRole('textbox', { name: 'Number of days' }).fill('14')
    await review(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click()
    // What SWR says of several rules stands at the rule, and one rule less goes through.
    await expect(rule(2).getByRole('alert')).toContainText('body/rules must NOT have more than 1 items')
    await rule(2).getByRole('button', { name: 'Remove rule' }).click()
    await expect(page.getByRole('button', { name: 'Remove rule' })).toHaveCount(0)
    await expect(page.getByText('All other tags there are deleted when the policy runs.')).toBeVisible()
    await review(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByText('two-rules was saved')).toBeVisible()
    expect((await own.received('PUT')).map(({ body, status }) => ({ body, status }))).toMatchObject([
      {
        status: 400,
        body: {
          rules: [
            { template: 'nDaysSinceLastPush', params: { nDaysSinceLastPush: 14 } },
            { template: 'latestPulledN', params: { latestPulledN: 3 } },
          ],
        },
      },
      { status: 201, body: { rules: [{ params: { nDaysSinceLastPush: 14 } }] } },
    ])
  })
})

test('a rule that the console does not know is shown, and stays as it is', async ({ page, place }) => {
  const own = await place({
    namespaces,
    retentions: [ruled(5, 'odd-rule', { template: 'always', params: {} }), { id: 6, name: 'bare' }],
  })
  await page.goto(routes.retention(own))
  await expectRow(retentionTable(page), 'odd-rule', { [keeps]: 'Unsupported rule (always)' })
  await expect(retentionTable(page).getByText('bare')).toBeVisible()
  await page.getByRole('switch', { name: 'Enable odd-rule' }).click()
  await expect(page.getByText('odd-rule is disabled')).toBeVisible()
  await openForm(page, own, 5)
  await expect(page.getByRole('combobox', { name: 'Keep' }).locator('option:checked')).toContainText('always')
  await page.getByRole('textbox', { name: 'Name' }).fill('renamed')
  await review(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('renamed was saved')).toBeVisible()
  const bodies = (await own.received('PUT')).map(({ body }) => body)
  expect(bodies).toMatchObject([
    { name: 'odd-rule', rules: [{ template: 'always' }] },
    { name: 'renamed', rules: [{ template: 'always' }] },
  ])
})

test.describe('when SWR refuses', () => {
  test.use({ expectedErrors: [/status of 4\d\d/] })

  test('its words stand beside the review, and what was typed stays through a reload', async ({ page, place }) => {
    const own = await place({ namespaces, retentions: [retention(4, 'mine'), retention(5, 'taken')] })
    await openForm(page, own)
    await amount(page).fill('77')
    await page.getByRole('textbox', { name: 'Name' }).fill('taken')
    await review(page)
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Save changes' }).click()
    const alert = dialog.getByRole('alert')
    await expect(alert).toContainText('Conflict in SWR')
    await expect(alert).toContainText('SWR.409001')
    await expect(alert).toContainText('retention policy taken already exists')
    await expect(alert.getByText('Request ID')).toBeVisible()
    await dialog.getByRole('button', { name: 'Back to form' }).click()
    await expect(amount(page)).toHaveValue('77')
    page.once('dialog', (leave) => leave.accept())
    await page.reload()
    await expect(page.getByText('Your unsaved draft was restored.')).toBeVisible()
    await expect(amount(page)).toHaveValue('77')
    await page.getByRole('textbox', { name: 'Name' }).fill('free')
    await review(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click()
    await expect(page.getByText('free was saved')).toBeVisible()
    expect((await own.received('PUT')).map(({ status }) => status)).toEqual([409, 201])
  })

  test('a policy that is not there says so and leads back', async ({ page, place }) => {
    const own = await place({ namespaces, retentions: [retention(4, 'only')] })
    await page.goto(routes.retentionEdit(own, 'library', 99))
    await expect(page.getByRole('alert').first()).toContainText('Not found in SWR')
    await expect(page.getByRole('main')).toContainText('SWR.400003')
    await page.getByRole('link', { name: 'All retention policies' }).click()
    await expect(retentionRow(page, 'only')).toBeVisible()
  })
})
