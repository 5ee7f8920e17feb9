import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { expect, looks, test } from './fixtures'
import { expectNoSidewaysScroll, withoutScripts } from './policies'
import { openForm, retention, retentionRow, retentionTable, review, ruled, save, selectors, sent } from './retentions'

const repository = (name: string) => ({ name, tags: ['1.0', '1.1'] })
const namespaces = [
  { name: 'library', repositories: ['nginx', 'redis', 'team/api'].map(repository) },
  { name: 'payments', repositories: ['api'].map(repository) },
]
const ofPayments = { namespace_id: 2, namespace_name: 'payments' }
const names = (page: Page) => retentionTable(page).getByRole('link')
const amount = (page: Page) => page.getByRole('textbox', { name: /^Number of/ })

test('read what each policy keeps in the first HTML, without a further question to SWR', async ({ page, place }) => {
  const own = await place({
    namespaces,
    retentions: [
      ruled(1, 'ten-pushes', { params: { latestPushedK: 10 } }),
      ruled(2, 'one-pull', { template: 'latestPulledN', params: { latestPulledN: '1' } }),
      ruled(3, 'month', { template: 'nDaysSinceLastPull', params: { nDaysSinceLastPull: 30 } }),
      retention(4, 'nightly', { trigger: { type: 'scheduled', trigger_settings: { cron: '0 30 3 * * *' } } }),
      ruled(5, 'but-latest', {
        tag_selectors: selectors('excludes', 'latest-*'),
        scope_selectors: { repository: selectors('repoMatches', 'team/**') },
      }),
    ],
  })
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const document = await page.goto(routes.retention(own))
  const html = withoutScripts((await document?.text()) ?? '')
  for (const text of ['ten-pushes', 'the 10 most recently pushed tags', 'team/**', 'latest-*'])
    expect(html).toContain(text)
  expect(html).toContain('When a policy runs, tags that no rule keeps are deleted from matching repositories.')
  expect(asked.filter((path) => path.startsWith('/api/'))).toEqual([])
  await expect(retentionRow(page, 'one-pull')).toContainText('the most recently pulled tag')
  await expect(retentionRow(page, 'month')).toContainText('tags pulled within the last 30 days')
  await expect(retentionRow(page, 'nightly')).toContainText('Every day at 03:30 UTC')
  await expect(retentionRow(page, 'nightly')).toContainText(/next in /)
  await expect(retentionRow(page, 'but-latest')).toContainText('Excluding')
  await expect(retentionRow(page, 'but-latest')).toContainText('Enabled')
})

test('find a policy by name and namespace, and page through the rest', async ({ page, place }) => {
  const retentions = Array.from({ length: 23 }, (_, at) =>
    retention(at + 1, `keep-${at + 1}`, at % 2 === 0 ? {} : ofPayments),
  )
  const own = await place({ namespaces, retentions })
  await page.goto(`${routes.retention(own)}?size=10`)
  await expect(names(page)).toHaveCount(10)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page).toHaveURL(/page=2/)
  await expect(page.getByText('11–20 of 23')).toBeVisible()
  await page.getByRole('combobox', { name: 'Namespace' }).selectOption('payments')
  await expect(page).toHaveURL(/namespace=2/)
  await expect(page).not.toHaveURL(/page=/)
  await expect(page.getByText('1–10 of 11')).toBeVisible()
  await page.getByRole('searchbox').fill('keep-2')
  await expect(names(page)).toHaveText(['keep-22', 'keep-20', 'keep-2'])
  await expect
    .poll(async () => (await own.received('GET')).at(-1)?.query)
    .toEqual({
      namespace_id: '2',
      name: 'keep-2',
      offset: '0',
      limit: '10',
    })
  await page.reload()
  await expect(names(page)).toHaveText(['keep-22', 'keep-20', 'keep-2'])
  await expect(page.getByRole('searchbox')).toHaveValue('keep-2')
  await page.goBack()
  await expect(page.getByText('1–10 of 11')).toBeVisible()
})

test('a list without rows says why', async ({ page, place }) => {
  const own = await place({ namespaces })
  await page.goto(routes.retention(own))
  await expect(page.getByText('No retention policies yet')).toBeVisible()
  await page.goto(`${routes.retention(own)}?q=nothing`)
  await expect(page.getByText('No matching policies')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).first().click()
  await expect(page.getByText('No retention policies yet')).toBeVisible()
})

test('keep ten pushes instead of five: SWR gets exactly the documented body', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'test11')] })
  await page.goto(routes.retention(own))
  await names(page).click()
  await expect(page.getByRole('heading', { level: 1, name: 'test11' })).toBeVisible()
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Edit test11' })).toBeVisible()
  await amount(page).fill('10')
  await expect(page.getByText('Keeps the 10 most recently pushed tags in each matching repository.')).toBeVisible()
  await review(page)
  const dialog = page.getByRole('dialog', { name: 'Save changes to test11?' })
  await expect(dialog.getByRole('row')).toHaveCount(2)
  await expect(dialog.getByRole('row').last()).toHaveText('Tags kept, newest push first510')
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
  ['nDaysSinceLastPush', 'tags pushed within the last days', 'Number of days'],
  ['nDaysSinceLastPull', 'tags pulled within the last days', 'Number of days'],
] as const) {
  test(`keep ${label}`, async ({ page, place }) => {
    const other = template === 'latestPushedK' ? 'latestPulledN' : 'latestPushedK'
    const own = await place({
      namespaces,
      retentions: [ruled(4, 'keep', { template: other, params: { [other]: '7' } })],
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

test('what keeps nothing is said wherever it is met, also when it was read', async ({ page, place }) => {
  const own = await place({
    namespaces,
    retentions: [
      ruled(1, 'no-number', { params: { latestPushedK: 0 } }),
      ruled(2, 'minus', { params: { latestPushedK: -5 } }),
      ruled(3, 'half', { params: { latestPushedK: 1.5 } }),
      ruled(4, 'bare-list', { tag_selectors: selectors('matches', 'latest,master') }),
      retention(5, 'sleeper', { trigger: { type: 'scheduled', trigger_settings: { cron: '@daily' } } }),
    ],
  })
  await page.goto(routes.retention(own))
  await expect(retentionRow(page, 'no-number')).toContainText('“0” keeps nothing: a run deletes every tag')
  await expect(retentionRow(page, 'minus')).toContainText("SWR probably can't read “-5” and uses 10 instead.")
  await expect(retentionRow(page, 'half')).toContainText("SWR probably can't read “1.5” and uses 1 instead.")
  await expect(retentionRow(page, 'bare-list')).toContainText('Keeps nothing: a run deletes every tag')
  await expect(retentionRow(page, 'sleeper')).toContainText("Never runs: SWR can't read this schedule.")
  await page.goto(routes.retentionPolicy(own, 'library', 4))
  await expect(page.getByText('Keeps nothing: a run deletes every tag')).toBeVisible()
  await page.goto(routes.checks(own))
  await expect(page.getByRole('region', { name: 'Retention policy that keeps nothing' })).toContainText('bare-list')
  await expect(page.getByRole('region', { name: 'Retention policy that keeps nothing' })).toContainText('no-number')
  await expect(page.getByRole('region', { name: 'Schedule that never runs' })).toContainText('sleeper')
})

test('a list without braces is refused, and put into them with one press', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'keep')] })
  await openForm(page, own)
  await page.getByRole('textbox', { name: 'Tag pattern' }).fill('latest,master,generic')
  await expect(page.getByRole('status').filter({ hasText: 'Keeps nothing: a run deletes every tag' })).toBeVisible()
  await review(page)
  await expect(page.getByRole('textbox', { name: 'Tag pattern' })).toHaveAccessibleDescription(
    /Put several patterns in braces/,
  )
  await page.getByRole('button', { name: 'Use this pattern' }).click()
  await expect(page.getByRole('textbox', { name: 'Tag pattern' })).toHaveValue('{latest,master,generic}')
  expect(await save(page, own)).toMatchObject({ rules: [{ tag_selectors: [{ pattern: '{latest,master,generic}' }] }] })
})

test('a number that SWR gives as text is sent as a number', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [ruled(4, 'texts', { params: { latestPushedK: '12' } })] })
  await openForm(page, own)
  await expect(amount(page)).toHaveValue('12')
  await page.getByRole('textbox', { name: 'Name' }).fill('numbers')
  expect(await save(page, own)).toMatchObject({ name: 'numbers', rules: [{ params: { latestPushedK: 12 } }] })
})

test('keep among all tags except some', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'spare')] })
  await openForm(page, own)
  await expect(page.getByText("Tags that don't match are not kept by this rule: they are deleted.")).toBeVisible()
  await page.getByRole('radio', { name: 'Excluding' }).check()
  await expect(page.getByText('Tags that match are not kept by this rule: they are deleted.')).toBeVisible()
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
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('Excluding{dev-*,tmp-*}')
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
  await expect(retentionRow(page, 'odd')).toContainText('Rule disabled')
  await openForm(page, own)
  await expect(page.getByText('The rule itself is disabled in SWR.')).toBeVisible()
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
  await page.getByRole('combobox', { name: 'Keep' }).selectOption('tags pushed within the last days')
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

test('switch a policy off and take it back', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'nightly')] })
  await page.goto(routes.retention(own))
  const toggle = page.getByRole('switch', { name: 'Enable nightly' })
  await toggle.click()
  await expect(page.getByText('nightly is disabled')).toBeVisible()
  await expect(toggle).not.toBeChecked()
  await expect(toggle).toBeFocused()
  await expect(retentionRow(page, 'nightly')).toContainText('Disabled')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(toggle).toBeChecked()
  const { id: _, namespace_id: _space, namespace_name: _name, rules, ...rest } = retention(4, 'nightly')
  const all = { ...rest, rules: rules.map(({ id: _rule, ...rule }) => rule) }
  expect((await own.received('PUT')).map(({ body }) => body)).toEqual([
    { ...all, enabled: false },
    { ...all, enabled: true },
  ])
})

const everyNight = { type: 'scheduled', trigger_settings: { cron: '0 30 3 * * *' } }
const pushed = (...names: string[]) =>
  names.map((name, index) => ({ name, pushed: new Date(Date.UTC(2026, 0, index + 1)).toISOString() }))

test('arming a schedule says what it would delete, and asks for the namespace', async ({ page, place, accessible }) => {
  const own = await place({
    namespaces: [
      { name: 'library', repositories: [{ name: 'nginx', tags: pushed('1', '2', '3', '4', '5', '6', '7') }] },
    ],
    retentions: [retention(4, 'nightly', { trigger: everyNight, enabled: false })],
  })
  await page.goto(routes.retention(own))
  const toggle = page.getByRole('switch', { name: 'Enable nightly' })
  await toggle.click()
  const dialog = page.getByRole('dialog', { name: 'Enable nightly?' })
  await expect(dialog).toContainText('the 5 most recently pushed tags')
  await expect(dialog).toContainText('Every day at 03:30 UTC')
  await expect(dialog).toContainText(/Next run.*in \d+ /)
  const impact = dialog.getByRole('region', { name: 'Images it would delete now' })
  await expect(impact).toContainText('2 tags would be deleted in 1 repository.')
  await expect(impact).toContainText('library/nginx:1')
  await accessible()
  const enable = dialog.getByRole('button', { name: 'Enable policy' })
  await enable.click()
  await expect(dialog).toContainText("This doesn't match the namespace name.")
  await expect(dialog.getByRole('textbox', { name: 'Type library to confirm' })).toBeFocused()
  expect(await own.received('PUT')).toEqual([])
  await page.keyboard.press('Escape')
  await expect(toggle).not.toBeChecked()
  await expect(toggle).toBeFocused()

  await toggle.click()
  await dialog.getByRole('textbox', { name: 'Type library to confirm' }).fill('library')
  await enable.click()
  await expect(page.getByText('nightly is enabled')).toBeVisible()
  await expect(toggle).toBeChecked()
  // Taking it back, and disabling at all, needs no question.
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(toggle).not.toBeChecked()
  expect((await own.received('PUT')).map(({ body }) => body)).toMatchObject([{ enabled: true }, { enabled: false }])
})

test.describe('when images cannot be listed', () => {
  test.use({ expectedErrors: [/status of 5\d\d/] })

  test('the question before arming says that it cannot tell', async ({ page, place }) => {
    const own = await place({
      namespaces: [{ name: 'library', repositories: [{ name: 'fault-503-empty', tags: ['1'] }] }],
      retentions: [retention(4, 'nightly', { trigger: everyNight, enabled: false })],
    })
    await page.goto(routes.retention(own))
    await page.getByRole('switch', { name: 'Enable nightly' }).click()
    const impact = page.getByRole('region', { name: 'Images it would delete now' })
    await expect(impact).toContainText(/image list is incomplete|Couldn't determine/)
  })
})

test('a policy that says more than the form is shown, can be switched and renamed, and keeps its rules', async ({
  page,
  place,
}) => {
  const own = await place({
    namespaces,
    retentions: [
      ruled(4, 'two-rules', {}, { template: 'nDaysSinceLastPush', params: { nDaysSinceLastPush: 9 } }),
      ruled(5, 'odd-rule', { template: 'always', params: {} }),
      { id: 6, name: 'bare' },
    ],
  })
  await page.goto(routes.retention(own))
  await expect(retentionRow(page, 'two-rules')).toContainText('the 5 most recently pushed tags')
  await expect(retentionRow(page, 'two-rules')).toContainText('tags pushed within the last 9 days')
  await expect(retentionRow(page, 'odd-rule')).toContainText('Unsupported rule (always)')
  await expect(retentionTable(page).getByText('bare')).toBeVisible()
  await page.getByRole('switch', { name: 'Enable two-rules' }).click()
  await expect(page.getByText('two-rules is disabled')).toBeVisible()
  await openForm(page, own)
  await expect(page.getByText("This policy has settings this form can't show")).toBeVisible()
  await expect(page.getByText('rules[1]', { exact: true })).toBeVisible()
  await amount(page).fill('6')
  await review(page)
  await expect(page.getByText('1 field needs attention')).toBeVisible()
  await openForm(page, own, 5)
  await expect(page.getByRole('combobox', { name: 'Keep' }).locator('option:checked')).toContainText('always')
  await page.getByRole('textbox', { name: 'Name' }).fill('renamed')
  await review(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('renamed was saved')).toBeVisible()
  const bodies = (await own.received('PUT')).map(({ body }) => body)
  expect(bodies).toMatchObject([
    { name: 'two-rules', rules: [{ params: { latestPushedK: 5 } }, { params: { nDaysSinceLastPush: 9 } }] },
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

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' })

  test('read and change a policy', async ({ page, place }) => {
    const cron = { type: 'scheduled', trigger_settings: { cron: '0 30 3 * * *' } }
    const own = await place({ namespaces, retentions: [retention(4, 'nightly', { trigger: cron })] })
    const document = await page.goto(routes.retention(own))
    const html = withoutScripts((await document?.text()) ?? '')
    for (const text of ['老化策略', '最近推送的 5 个镜像版本', '每天 03:30（UTC）', '已启用'])
      expect(html).toContain(text)
    await page.goto(routes.retentionEdit(own, 'library', 4))
    await page.getByRole('combobox', { name: '保留' }).selectOption('最近几天内拉取的镜像版本')
    await page.getByRole('textbox', { name: '天数' }).fill('0')
    await page.getByRole('button', { name: '核对并保存' }).first().click()
    await expect(page.getByText('请输入不小于 1 的整数')).toBeVisible()
    await page.getByRole('textbox', { name: '天数' }).fill('30')
    await page.getByRole('button', { name: '核对并保存' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: '保存修改' }).click()
    await expect(page.getByText('最近 30 天内拉取的镜像版本').first()).toBeVisible()
    expect(await sent(own)).toMatchObject({ rules: [{ params: { nDaysSinceLastPull: 30 } }], trigger: cron })
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } })

  test('find a policy and change it', async ({ page, place }) => {
    const name = `keep-${'a-long-name-'.repeat(8)}end`
    const own = await place({ namespaces, retentions: [retention(4, name)] })
    await page.goto(routes.retention(own))
    await expect(retentionRow(page, name)).toContainText('Tags:Matching**')
    await expectNoSidewaysScroll(page)
    await page.getByRole('link', { name }).click()
    await expectNoSidewaysScroll(page)
    await page.getByRole('link', { name: 'Edit', exact: true }).click()
    await amount(page).fill('8')
    await expectNoSidewaysScroll(page)
    expect(await save(page, own)).toMatchObject({ rules: [{ params: { latestPushedK: 8 } }] })
  })
})

for (const look of looks.filter(({ locale }) => locale === 'en-GB')) {
  test.describe(`${look.colorScheme} theme`, () => {
    test.use(look)

    test('the screens of retention can be used by everyone', async ({ page, place, accessible }) => {
      const cron = { type: 'scheduled', trigger_settings: { cron: '0 30 3 * * *' } }
      const own = await place({
        namespaces,
        retentions: [retention(4, 'nightly', { trigger: cron }), ruled(5, 'off', { disabled: true })],
      })
      await page.goto(routes.retention(own))
      await expect(retentionRow(page, 'nightly')).toBeVisible()
      await accessible()
      await openForm(page, own)
      await page.getByRole('radio', { name: 'Selection' }).check()
      await amount(page).fill('0')
      await review(page)
      await expect(page.getByText('2 fields need attention')).toBeVisible()
      await accessible()
      await page.getByRole('button', { name: 'Select repositories' }).click()
      await page.getByRole('checkbox', { name: 'redis' }).check()
      await accessible()
      await page.getByRole('button', { name: 'Select 1 repository' }).click()
      await amount(page).fill('9')
      await review(page)
      await expect(page.getByRole('dialog')).toContainText('"pattern": "redis"')
      await accessible()
    })
  })
}
