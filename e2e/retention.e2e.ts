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
const amount = (page: Page) => page.getByRole('textbox', { name: /^How many/ })

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
  const document = await page.goto(routes.retention(own), { waitUntil: 'networkidle' })
  const html = withoutScripts((await document?.text()) ?? '')
  for (const text of ['ten-pushes', 'the 10 most recently pushed tags', 'team/**', 'latest-*'])
    expect(html).toContain(text)
  expect(html).toContain('Whatever no rule keeps in the repositories it matches is deleted when it runs.')
  expect(asked.filter((path) => path.startsWith('/api/'))).toEqual([])
  await expect(retentionRow(page, 'one-pull')).toContainText('the most recently pulled tag')
  await expect(retentionRow(page, 'month')).toContainText('tags pulled within 30 days')
  await expect(retentionRow(page, 'nightly')).toContainText('Every day at 03:30 UTC')
  await expect(retentionRow(page, 'nightly')).toContainText(/next in /)
  await expect(retentionRow(page, 'but-latest')).toContainText('all except')
  await expect(retentionRow(page, 'but-latest')).toContainText('Enabled')
})

test('find a policy by name and namespace, and page through the rest', async ({ page, place }) => {
  const retentions = Array.from({ length: 23 }, (_, at) =>
    retention(at + 1, `keep-${at + 1}`, at % 2 === 0 ? {} : ofPayments),
  )
  const own = await place({ namespaces, retentions })
  await page.goto(`${routes.retention(own)}?size=10`, { waitUntil: 'networkidle' })
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
  await page.goto(`${routes.retention(own)}?q=nothing`, { waitUntil: 'networkidle' })
  await expect(page.getByText('No policy matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).first().click()
  await expect(page.getByText('No retention policies yet')).toBeVisible()
})

test('keep ten pushes instead of five: SWR gets exactly the documented body', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'test11')] })
  await page.goto(routes.retention(own), { waitUntil: 'networkidle' })
  await names(page).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Edit test11' })).toBeVisible()
  await amount(page).fill('10')
  await expect(page.getByText('Keeps the 10 most recently pushed tags in every matching repository.')).toBeVisible()
  await review(page)
  const dialog = page.getByRole('dialog', { name: 'Save changes to test11?' })
  await expect(dialog.getByRole('row')).toHaveCount(2)
  await expect(dialog.getByRole('row').last()).toHaveText('Tags kept, newest push first510')
  await expect(dialog).toContainText('"latestPushedK": 10')
  await dialog.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('test11 was saved')).toBeVisible()
  await expect(retentionRow(page, 'test11')).toContainText('the 10 most recently pushed tags')
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
  ['latestPushedK', 'the most recently pushed tags', 'How many tags'],
  ['latestPulledN', 'the most recently pulled tags', 'How many tags'],
  ['nDaysSinceLastPush', 'tags pushed within the last days', 'How many days'],
  ['nDaysSinceLastPull', 'tags pulled within the last days', 'How many days'],
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
  await expect(page.getByText('Tags that do not match are not kept by this rule: they are deleted.')).toBeVisible()
  await page.getByRole('radio', { name: 'All except matching' }).check()
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
  await expect(retentionRow(page, 'spare')).toContainText('all except{dev-*,tmp-*}')
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
  await expect(retentionRow(page, 'odd')).toContainText('Its rule is switched off')
  await openForm(page, own)
  await expect(page.getByText('SWR keeps a second switch on the rule itself, and there it is off.')).toBeVisible()
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
  await page.getByRole('radio', { name: 'On a schedule' }).check()
  const cron = page.getByRole('textbox', { name: 'Schedule' })
  for (const [text, complaint] of [
    ['0 2 * * *', 'Write six fields'],
    ['30 0 2 * * *', 'The first field (seconds) must be 0.'],
    ['0 0 2 31 2 *', 'No date fits this expression'],
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
    ['0', 'Enter 1 or more: with 0 nothing would be kept.'],
    ['', 'Fill in this field.'],
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
  await expect(page.getByText('Choose at least one repository.')).toBeVisible()
  await page.getByRole('button', { name: 'Choose repositories' }).click()
  const dialog = page.getByRole('dialog', { name: 'Choose repositories of library' })
  await expect(dialog.getByRole('checkbox')).toHaveCount(3)
  await dialog.getByRole('checkbox', { name: 'redis' }).check()
  await dialog.getByRole('searchbox', { name: 'Search repositories' }).fill('team')
  await dialog.getByRole('checkbox', { name: 'team/api' }).check()
  await expect(dialog.getByRole('checkbox')).toHaveCount(1)
  await dialog.getByRole('button', { name: 'Use 2 repositories' }).click()
  await page.getByRole('button', { name: 'Remove redis' }).click()
  await page.getByRole('button', { name: 'Choose repositories' }).click()
  await dialog.getByRole('checkbox', { name: 'nginx' }).check()
  await dialog.getByRole('button', { name: 'Use 2 repositories' }).click()
  expect(await save(page, own)).toMatchObject({
    rules: [{ repo_scope_mode: 'selection', scope_selectors: { repository: [{ pattern: '{team/api,nginx}' }] } }],
  })
  await openForm(page, own)
  await expect(page.getByRole('button', { name: /^Remove / })).toHaveCount(2)
})

test('switch a policy off and take it back', async ({ page, place }) => {
  const own = await place({ namespaces, retentions: [retention(4, 'nightly')] })
  await page.goto(routes.retention(own), { waitUntil: 'networkidle' })
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
  await page.goto(routes.retention(own), { waitUntil: 'networkidle' })
  await expect(retentionRow(page, 'two-rules')).toContainText('the 5 most recently pushed tags')
  await expect(retentionRow(page, 'two-rules')).toContainText('tags pushed within 9 days')
  await expect(retentionRow(page, 'odd-rule')).toContainText('by a rule that this console does not know (always)')
  await expect(retentionTable(page).getByText('bare')).toBeVisible()
  await page.getByRole('switch', { name: 'Enable two-rules' }).click()
  await expect(page.getByText('two-rules is enabled')).toBeVisible()
  await openForm(page, own)
  await expect(page.getByText('This policy says more than this form can show.')).toBeVisible()
  await expect(page.getByText('rules[1]', { exact: true })).toBeVisible()
  await amount(page).fill('6')
  await review(page)
  await expect(page.getByText('One value must be corrected')).toBeVisible()
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
    await expect(alert).toContainText('This clashes with something SWR already has')
    await expect(alert).toContainText('SWR.409001')
    await expect(alert).toContainText('retention policy taken already exists')
    await expect(alert.getByText('Request id')).toBeVisible()
    await dialog.getByRole('button', { name: 'Back to the form' }).click()
    await expect(amount(page)).toHaveValue('77')
    page.once('dialog', (leave) => leave.accept())
    await page.reload({ waitUntil: 'networkidle' })
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
    await expect(page.getByRole('alert').first()).toContainText('SWR does not have this')
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
    for (const text of ['镜像老化策略', '最近推送的 5 个版本', '每天 03:30（UTC）', '已启用'])
      expect(html).toContain(text)
    await page.goto(routes.retentionEdit(own, 'library', 4), { waitUntil: 'networkidle' })
    await page.getByRole('combobox', { name: '保留' }).selectOption('最近若干天内拉取过的版本')
    await page.getByRole('textbox', { name: '天数' }).fill('0')
    await page.getByRole('button', { name: '检查并保存' }).first().click()
    await expect(page.getByText('请输入不小于 1 的数字')).toBeVisible()
    await page.getByRole('textbox', { name: '天数' }).fill('30')
    await page.getByRole('button', { name: '检查并保存' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: '保存修改' }).click()
    await expect(page.getByText('最近 30 天内拉取过的版本')).toBeVisible()
    expect(await sent(own)).toMatchObject({ rules: [{ params: { nDaysSinceLastPull: 30 } }], trigger: cron })
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } })

  test('find a policy and change it', async ({ page, place }) => {
    const name = `keep-${'a-long-name-'.repeat(8)}end`
    const own = await place({ namespaces, retentions: [retention(4, name)] })
    await page.goto(routes.retention(own), { waitUntil: 'networkidle' })
    await expect(retentionRow(page, name)).toContainText('Tags:matching**')
    await expectNoSidewaysScroll(page)
    await page.getByRole('link', { name }).click()
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
      await expect(page.getByText('2 values must be corrected')).toBeVisible()
      await accessible()
      await page.getByRole('button', { name: 'Choose repositories' }).click()
      await page.getByRole('checkbox', { name: 'redis' }).check()
      await accessible()
      await page.getByRole('button', { name: 'Use 1 repository' }).click()
      await amount(page).fill('9')
      await review(page)
      await expect(page.getByRole('dialog')).toContainText('"pattern": "redis"')
      await accessible()
    })
  })
}
