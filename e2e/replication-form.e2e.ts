import { routes } from '@/lib/routes'
import { demo } from '@/lib/sandbox/demo'
import { address } from './accounts'
import { expect, test } from './fixtures'
import { choose, confirm, field, fillNew, heading, openNew, review, sent } from './replication-steps'

const registries = [
  { id: 3, name: 'frankfurt-dr', type: 'swr-pro-internal', region_id: 'eu-west-101', status: 'healthy' },
  { id: 6, name: 'staging', type: 'swr-pro', status: 'healthy' },
  { id: 12, name: 'plant-suzhou', type: 'huawei-SWR', region_id: 'cn-east-3', status: 'unhealthy' },
]
const repository = (name: string) => ({ name, tags: ['1.0'] })
const namespaces = [
  { name: 'library', repositories: ['nginx', 'redis', 'team/api'].map(repository) },
  { name: 'payments', repositories: ['api', 'worker'].map(repository) },
]

/** A policy as the documentation shows it when it is read. */
const read = {
  id: 274,
  name: 'test',
  description: 'before',
  src_registry: { id: 0, name: '' },
  dest_registry: { id: 6, name: 'staging' },
  dest_namespace: '',
  filters: [
    { type: 'name', value: '**/**' },
    { type: 'tag', value: '**' },
  ],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
  override: true,
  enabled: true,
  created_at: '2026-01-03T11:55:14.338485Z',
  updated_at: '2026-01-03T11:55:14.338485Z',
}

/** The body that the documentation gives as its example. */
const documented = {
  name: 'harbor-pull',
  dest_registry: { id: 3 },
  dest_namespace: 'aa',
  filters: [
    { type: 'name', value: 'library/**' },
    { type: 'tag', value: '**' },
  ],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual' },
  override: true,
  enabled: true,
}

test('creating a push policy sends exactly the documented body', async ({ page, place }) => {
  const own = await place({ registries })
  await openNew(page, own)
  await fillNew(page, { name: 'harbor-pull' })
  await field(page, 'Repositories').fill('library/**')
  await field(page, 'Target namespace').fill('aa')
  await choose(page, 'If the tag already exists', 'Overwrite')
  await page.getByRole('checkbox', { name: 'Enabled' }).check()
  await review(page)
  await confirm(page, 'Create policy')
  // The policy's own page follows, without a question about unsaved changes.
  await expect(heading(page, 'harbor-pull')).toBeVisible()
  await expect(page.getByText('harbor-pull was created')).toBeVisible()
  expect(await sent(own, 'POST')).toEqual(documented)
})

test('creating a pull policy names the source instead of the destination', async ({ page, place }) => {
  const own = await place({ registries })
  await openNew(page, own)
  await field(page, 'Name').fill('swr-pull')
  await choose(page, 'Direction', 'Pull')
  await expect(page.getByRole('radio', { name: 'On push' })).toBeDisabled()
  await expect(page.getByText('“On push” is available for push policies only')).toBeVisible()
  await page
    .getByRole('combobox', { name: 'Source registry' })
    .selectOption({ label: 'plant-suzhou · Basic Edition · cn-east-3 · unhealthy' })
  await expect(page.getByText('its runs will probably fail')).toBeVisible()
  await field(page, 'Repositories').fill('aa/**')
  await field(page, 'Target namespace').fill('aa')
  await choose(page, 'If the tag already exists', 'Overwrite')
  await page.getByRole('checkbox', { name: 'Enabled' }).check()
  await review(page)
  await confirm(page, 'Create policy')
  await expect(heading(page, 'swr-pull')).toBeVisible()
  const { dest_registry: _, ...rest } = documented
  expect(await sent(own, 'POST')).toEqual({
    ...rest,
    name: 'swr-pull',
    src_registry: { id: 12 },
    filters: [
      { type: 'name', value: 'aa/**' },
      { type: 'tag', value: '**' },
    ],
  })
})

test('what is not said is off: a new policy keeps tags and stays disabled', async ({ page, place }) => {
  const own = await place({ registries })
  await openNew(page, own)
  await fillNew(page, { name: 'quiet' })
  await expect(page.getByText('Disabled policies never run')).toBeVisible()
  await review(page)
  await confirm(page, 'Create policy')
  await expect(heading(page, 'quiet')).toBeVisible()
  expect(await sent(own, 'POST')).toMatchObject({ override: false, enabled: false, trigger: { type: 'manual' } })
})

test('editing the description sends exactly the documented update', async ({ page, place }) => {
  const own = await place({ registries, policies: [read] })
  await page.goto(routes.replicationEdit(own, 274))
  await field(page, 'Description').fill('test')
  await review(page)
  const dialog = page.getByRole('dialog', { name: 'Save changes to test?' })
  await expect(dialog.getByRole('row')).toHaveCount(2)
  await expect(dialog.getByRole('row', { name: 'Description' })).toHaveText('Descriptionbeforetest')
  await expect(dialog).toContainText(`/replication/policies/274`)
  await expect(dialog).toContainText('"cron": ""')
  await confirm(page, 'Save changes')
  await expect(heading(page, 'test')).toBeVisible()
  await expect(page.getByText('test was saved')).toBeVisible()
  expect(await sent(own, 'PUT')).toEqual({
    description: 'test',
    dest_namespace: '',
    name: 'test',
    dest_registry: { id: 6 },
    trigger: { trigger_settings: { cron: '' }, type: 'manual' },
    filters: [
      { type: 'name', value: '**/**' },
      { type: 'tag', value: '**' },
    ],
    override: true,
    enabled: true,
    repo_scope_mode: 'regular',
  })
})

test('fields that the console does not know survive at every level', async ({ page, place }) => {
  const odd = {
    ...read,
    copy_by_chunk: true,
    speed: { kbps: 512 },
    dest_registry: { id: 6, name: 'staging', zone: 'az1' },
    filters: [
      { type: 'name', value: 'library/**', decoration: 'matches' },
      { type: 'tag', value: 'v*', extras: { untagged: false } },
      { type: 'tag', value: 'stable' },
    ],
    trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *', jitter: 30 }, zone: 'UTC' },
  }
  const own = await place({ registries, policies: [odd] })
  await page.goto(routes.replicationEdit(own, 274))
  await expect(page.getByRole('button', { name: 'Remove filter tag stable' })).toBeVisible()
  await field(page, 'Description').fill('after')
  await review(page)
  await expect(page.getByRole('dialog')).toContainText('Unsupported fields are preserved')
  await confirm(page, 'Save changes')
  await expect(heading(page, 'test')).toBeVisible()
  expect(await sent(own, 'PUT')).toMatchObject({
    description: 'after',
    copy_by_chunk: true,
    speed: { kbps: 512 },
    dest_registry: { id: 6, zone: 'az1' },
    filters: odd.filters,
    trigger: odd.trigger,
  })
})

test('a policy with values unknown to the console opens, says so and keeps them', async ({
  page,
  place,
  accessible,
}) => {
  const odd = {
    ...read,
    repo_scope_mode: 'by_label',
    trigger: { type: 'hourly', trigger_settings: { cron: '30 0 2 * * *' } },
    filters: [...read.filters, { type: 'label', value: 'gold' }],
  }
  const own = await place({ registries, policies: [odd] })
  await page.goto(routes.replicationEdit(own, 274))
  await expect(page.getByText('by_label')).toBeVisible()
  await expect(page.getByRole('radio', { name: 'hourly' })).toBeChecked()
  await accessible()
  await field(page, 'Description').fill('after')
  await review(page)
  await confirm(page, 'Save changes')
  await expect(heading(page, 'test')).toBeVisible()
  expect(await sent(own, 'PUT')).toMatchObject({
    description: 'after',
    repo_scope_mode: 'by_label',
    trigger: odd.trigger,
    filters: odd.filters,
  })
  await page.goto(routes.replicationEdit(own, 274))
  await page.getByRole('button', { name: 'Remove filter label gold' }).click()
  await choose(page, 'Trigger', 'Manual')
  await review(page)
  await confirm(page, 'Save changes')
  await expect(heading(page, 'test')).toBeVisible()
  expect((await own.received('PUT')).at(-1)?.body).toMatchObject({
    trigger: { type: 'manual' },
    filters: read.filters,
  })
})

test('a filter that leaves tags out goes back with its pattern, and with no other', async ({ page, place }) => {
  const excluding = { type: 'tag', value: 'v1', decoration: 'excludes' }
  const own = await place({ registries, policies: [{ ...read, filters: [read.filters[0], excluding] }] })
  await page.goto(routes.replication(own))
  await expect(page.getByRole('table')).toContainText('all except v1')
  await page.goto(routes.replicationEdit(own, 274))
  await expect(page.getByText('SWR excludes the tags that match this pattern')).toBeVisible()
  await field(page, 'Tags').fill('v2')
  await expect(page.getByText('With another pattern, only the matching tags are copied')).toBeVisible()
  await review(page)
  await expect(page.getByRole('dialog').getByRole('row', { name: /Filter mode/ })).toContainText('Excluding')
  await confirm(page, 'Save changes')
  await expect(heading(page, 'test')).toBeVisible()
  expect(await sent(own, 'PUT')).toMatchObject({ filters: [read.filters[0], { type: 'tag', value: 'v2' }] })
})

test('a pull from the Basic Edition says that its filters probably have no effect', async ({ page, place }) => {
  const pull = { ...read, src_registry: { id: 12 }, dest_registry: { id: 0 } }
  const filters = [{ type: 'name', value: 'library/**' }, read.filters[1]]
  const own = await place({ registries, namespaces, policies: [{ ...pull, filters }] })
  const warning = page.getByText(/SWR probably ignores/)
  await page.goto(routes.replicationEdit(own, 274))
  await expect(warning.first()).toBeVisible()
  await page.getByRole('combobox', { name: 'Source registry' }).selectOption('6')
  await expect(warning).toHaveCount(0)
  await page.goto(routes.replicationPolicy(own, 274))
  await expect(page.getByRole('region', { name: 'Summary' }).getByText(/SWR probably ignores/)).toBeVisible()
  const part = page.getByRole('button', { name: 'Run selected…' })
  await expect(part).toHaveAttribute('aria-disabled', 'true')
  await expect(part).toHaveAccessibleDescription("A pull from Basic Edition can't run in part")
  await page.getByRole('button', { name: 'Run now' }).click()
  await expect(page.getByRole('dialog').getByText(/SWR probably ignores/)).toBeVisible()
  await page.goto(routes.checks(own))
  await expect(page.getByRole('region', { name: 'Filters probably have no effect' })).toBeVisible()
})

test('each bad value is said at its field and the first of them gets the focus', async ({
  page,
  place,
  accessible,
}) => {
  const own = await place({ registries })
  await openNew(page, own)
  await field(page, 'Repositories').fill('library/{a,b')
  await field(page, 'Tags').fill('[v')
  await field(page, 'Target namespace').fill('Upper')
  await choose(page, 'Trigger', 'Scheduled')
  await field(page, 'Cron expression').fill('0 * * * * *')
  await review(page)
  const complaints = {
    Name: 'This field is required.',
    Repositories: '“{” is unclosed',
    Tags: '“[” is unclosed',
    'Target namespace': 'Use lowercase letters',
    'Cron expression': "The second field (minutes) can't be every minute",
  }
  await expect(field(page, 'Name')).toBeFocused()
  for (const [name, text] of Object.entries(complaints)) {
    await expect(field(page, name)).toHaveAccessibleDescription(new RegExp(text.replace(/[[({)]/g, '\\$&')))
    await expect(field(page, name)).toHaveAttribute('aria-invalid', 'true')
  }
  await expect(page.getByRole('combobox', { name: 'Target registry' })).toHaveAccessibleDescription(/Select a registry/)
  await expect(page.getByRole('alert').filter({ hasText: '6 fields need attention' })).toBeVisible()
  await accessible()

  await field(page, 'Name').fill('with space')
  await expect(field(page, 'Name')).toHaveAccessibleDescription(/Use only English letters/)
  await field(page, 'Name').fill('fine')
  await review(page)
  await expect(page.getByRole('combobox', { name: 'Target registry' })).toBeFocused()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await own.received('POST')).toEqual([])
})

test('repositories picked from the real list become the pattern', async ({ page, place, accessible }) => {
  const own = await place({ registries, namespaces })
  await openNew(page, own)
  await fillNew(page, { name: 'picked' })
  await choose(page, 'Repository selection', 'Selection')
  await review(page)
  await expect(page.getByText('Select at least one repository.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Select repositories…' })).toBeFocused()
  expect((await own.received()).filter(({ path }) => path.endsWith('/namespaces'))).toEqual([])

  await page.getByRole('button', { name: 'Select repositories…' }).click()
  await page.getByRole('combobox', { name: 'Namespace' }).selectOption('library')
  await page.getByRole('searchbox', { name: 'Filter loaded names' }).fill('team')
  await expect(page.getByRole('checkbox', { name: 'library/nginx' })).toHaveCount(0)
  await page.getByRole('checkbox', { name: 'library/team/api' }).check()
  await page.getByRole('searchbox', { name: 'Filter loaded names' }).fill('')
  await page.getByRole('checkbox', { name: 'library/nginx' }).check()
  await expect(page.getByText('Sent as library/{team/api,nginx}')).toBeVisible()
  await page.getByRole('combobox', { name: 'Namespace' }).selectOption('payments')
  await page.getByRole('checkbox', { name: 'payments/worker' }).check()
  await page.getByRole('button', { name: 'Remove library/team/api' }).click()
  await accessible()
  await review(page)
  await confirm(page, 'Create policy')
  await expect(heading(page, 'picked')).toBeVisible()
  expect(await sent(own, 'POST')).toMatchObject({
    repo_scope_mode: 'selection',
    filters: [
      { type: 'name', value: '{library/nginx,payments/worker}' },
      { type: 'tag', value: '**' },
    ],
  })
})

test('a namespace of more than a hundred repositories is loaded page by page', async ({ page, place }) => {
  const many = Array.from({ length: 120 }, (_, at) => repository(`service-${at}`))
  const own = await place({ registries, namespaces: [{ name: 'big', repositories: many }] })
  await openNew(page, own)
  await choose(page, 'Repository selection', 'Selection')
  await page.getByRole('button', { name: 'Select repositories…' }).click()
  await page.getByRole('combobox', { name: 'Namespace' }).selectOption('big')
  await expect(page.getByText('100 of 120 loaded')).toBeVisible()
  await page.getByRole('button', { name: 'Load more', exact: true }).click()
  await expect(page.getByText('120 of 120 loaded')).toBeVisible()
  await expect(page.getByRole('checkbox', { name: /^big\// })).toHaveCount(120)
})

test('a schedule is read out with its next five runs in both times', async ({ page, place }) => {
  const own = await place({ registries })
  await openNew(page, own)
  await fillNew(page, { name: 'nightly' })
  await choose(page, 'Trigger', 'Scheduled')
  await field(page, 'Cron expression').fill('0 0 18 * * 1')
  await expect(page.getByText('Every Mon at 18:00 UTC').first()).toBeVisible()
  const runs = page.getByRole('table', { name: 'Next runs' })
  await expect(runs.getByRole('row')).toHaveCount(6)
  // 18:00 UTC on Monday is 02:00 on Tuesday in Shanghai, the zone of these tests.
  await expect(runs.getByRole('row').nth(1)).toHaveText(/Tue.*02:00.*Mon.*18:00/)
  await field(page, 'Cron expression').fill('0 0,7 2 1-7 * 1')
  await expect(page.getByText('runs on days matching either field')).toBeVisible()
  await field(page, 'Cron expression').fill('0  30 2 * * ?')
  await review(page)
  await confirm(page, 'Create policy')
  await expect(heading(page, 'nightly')).toBeVisible()
  expect(await sent(own, 'POST')).toMatchObject({
    trigger: { type: 'scheduled', trigger_settings: { cron: '0 30 2 * * ?' } },
  })
})

test('the review tells every field of a new policy and nothing is sent before it', async ({
  page,
  place,
  accessible,
}) => {
  const own = await place({ registries })
  await openNew(page, own)
  await fillNew(page, { name: 'looked-at' })
  await field(page, 'Tags').fill('{v1.*, v2.*}')
  await expect(page.getByText('Spaces are removed because they never match')).toContainText('{v1.*,v2.*}')
  await review(page)
  const dialog = page.getByRole('dialog', { name: 'Create looked-at?' })
  await expect(dialog.getByRole('row', { name: 'Tags' })).toContainText('{v1.*,v2.*}')
  await expect(dialog.getByRole('row', { name: 'Target registry' })).toContainText('frankfurt-dr')
  await expect(dialog).toContainText('"override": false')
  await accessible()
  await dialog.getByRole('button', { name: 'Back to form' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(field(page, 'Name')).toHaveValue('looked-at')
  expect(await own.received('POST')).toEqual([])
})

test.describe('when SWR refuses', () => {
  test.use({ expectedErrors: [/status of (404|409|500|502)/] })

  for (const [name, code, message] of [
    ['fault-403', 'SWR.403001', 'you are not authorized to perform this action'],
    ['fault-500', 'SWR.500001', 'internal server error'],
  ] as const) {
    test(`${name}: its code, message and request id are shown and nothing typed is lost`, async ({ page, place }) => {
      const own = await place({ registries })
      await openNew(page, own)
      await fillNew(page, { name })
      await field(page, 'Description').fill('typed with care')
      await review(page)
      await confirm(page, 'Create policy')
      const problem = page.getByRole('dialog').getByRole('alert')
      await expect(problem).toContainText(code)
      // However long the review is: in sight, and where the keyboard goes on.
      await expect(problem).toBeInViewport()
      await expect(page.getByRole('dialog').locator(':focus')).toContainText(code)
      await expect(problem).toContainText(message)
      await expect(problem).toContainText('Request ID')
      await page.getByRole('button', { name: 'Back to form' }).click()
      await expect(field(page, 'Description')).toHaveValue('typed with care')
      await expect(page.getByRole('alert').filter({ hasText: code })).toHaveCount(0)
    })
  }

  test('a name that is taken is said at the name', async ({ page, place }) => {
    const own = await place({ registries, policies: [read] })
    await openNew(page, own)
    await fillNew(page, { name: 'test' })
    await review(page)
    await confirm(page, 'Create policy')
    await expect(field(page, 'Name')).toHaveAccessibleDescription(/A policy with this name already exists/)
    await expect(field(page, 'Name')).toBeFocused()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await field(page, 'Name').fill('test-2')
    await review(page)
    await confirm(page, 'Create policy')
    await expect(heading(page, 'test-2')).toBeVisible()
    expect((await own.received('POST')).map(({ status }) => status)).toEqual([409, 201])
  })

  test('a policy that does not exist has a way back', async ({ page, place }) => {
    const own = await place({ registries })
    await page.goto(routes.replicationEdit(own, 999))
    await expect(page.getByRole('alert').filter({ hasText: 'SWR' })).toBeVisible()
    await page.getByRole('link', { name: 'All replication policies' }).click()
    await expect(heading(page, 'Replication policies')).toBeVisible()
  })
})

test('a name that is taken is said while it is typed, with the policy that has it', async ({ page, place }) => {
  const own = await place({ registries, policies: [read] })
  await openNew(page, own)
  // Whoever makes a policy begins at its first field.
  await expect(field(page, 'Name')).toBeFocused()
  await page.keyboard.type('test')
  await expect(field(page, 'Name')).toHaveAccessibleDescription(/A policy with this name already exists: #274/)
  await field(page, 'Name').fill('test-2')
  await expect(field(page, 'Name')).not.toHaveAccessibleDescription(/already exists/)
})

test('the target namespace is looked for while it is typed', async ({ page, place }) => {
  const target = await place({ namespaces: [{ name: 'mirror', repositories: [] }] })
  const covered = {
    ...registries[0],
    id: 3,
    region_id: demo.region,
    project_id: demo.project,
    instance_id: target.instance,
  }
  const own = await place({ registries: [covered, ...registries.slice(1)], namespaces })
  await openNew(page, own)
  await field(page, 'Target namespace').fill('mirror')
  const hint = (text: string) => expect(field(page, 'Target namespace')).toHaveAccessibleDescription(new RegExp(text))
  await hint("The run can fail if this namespace doesn't exist on the target")
  await page.getByRole('combobox', { name: 'Target registry' }).selectOption('3')
  await hint('mirror exists on the target')
  await field(page, 'Target namespace').fill('mirror-2')
  await hint("mirror-2 doesn't exist on the target. Create it first")
  await page.getByRole('combobox', { name: 'Target registry' }).selectOption('6')
  await hint("No connection covers the target, so mirror-2 can't be checked")
  await choose(page, 'Direction', 'Pull')
  await field(page, 'Target namespace').fill('payments')
  await hint('payments exists on the target')
})

test.describe('without the list of registries', () => {
  // Here alone a connection leads nowhere.
  test.use({ baseURL: address.refused, expectedErrors: [/status of 502/] })

  test('the form still opens and keeps what is typed', async ({ page }) => {
    await page.goto(routes.replicationNew({ connection: 'down', instance: 'unreachable' }))
    await expect(page.getByRole('alert').filter({ hasText: "Can't reach SWR" })).toBeVisible()
    await field(page, 'Name').fill('offline')
    await field(page, 'Repositories').fill('library/**')
    await review(page)
    await expect(page.getByRole('combobox', { name: 'Target registry' })).toBeFocused()
    await expect(field(page, 'Name')).toHaveValue('offline')
  })
})

test('a registry that SWR does not list is kept by the policy that has it', async ({ page, place }) => {
  const own = await place({ registries: [], policies: [read] })
  await page.goto(routes.replicationEdit(own, 274))
  await expect(page.getByRole('combobox', { name: 'Target registry' })).toHaveValue('6')
  await expect(page.getByText('Registry not found.')).toBeVisible()
  await field(page, 'Description').fill('after')
  await review(page)
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('row')).toHaveCount(2)
  await expect(dialog).toContainText('"id": 6')
})

test('leaving with unsaved changes asks once, and staying keeps them', async ({ page, place }) => {
  const own = await place({ registries, policies: [read] })
  await page.goto(routes.replicationEdit(own, 274))
  await field(page, 'Description').fill('half done')
  await page.getByRole('link', { name: 'Registries' }).click()
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await question.getByRole('button', { name: 'Stay' }).click()
  await expect(question).toHaveCount(0)
  await expect(field(page, 'Description')).toHaveValue('half done')
  await page.getByRole('link', { name: 'Cancel' }).first().click()
  await question.getByRole('button', { name: 'Leave' }).click()
  await expect(heading(page, 'test')).toBeVisible()
  await expect(question).toHaveCount(0)
  expect(await own.received('PUT')).toEqual([])
})

test('a draft survives a reload and can be discarded', async ({ page, place }) => {
  const own = await place({ registries })
  await openNew(page, own)
  await fillNew(page, { name: 'unfinished', registry: '6' })
  await choose(page, 'Trigger', 'Scheduled')
  await field(page, 'Cron expression').fill('0 0 3 * * *')
  page.on('dialog', (dialog) => dialog.accept())
  await page.reload()
  await expect(page.getByText('Your unsaved draft was restored.')).toBeVisible()
  await expect(field(page, 'Name')).toHaveValue('unfinished')
  await expect(page.getByRole('combobox', { name: 'Target registry' })).toHaveValue('6')
  await expect(field(page, 'Cron expression')).toHaveValue('0 0 3 * * *')
  await page.getByRole('button', { name: 'Discard draft' }).click()
  await expect(field(page, 'Name')).toHaveValue('')
  await page.reload()
  await expect(page.getByText('Your unsaved draft was restored.')).toHaveCount(0)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`a phone in Chinese, ${colorScheme}`, () => {
    test.use({ locale: 'zh-CN', colorScheme, viewport: { width: 360, height: 740 } })

    test('the whole form fits and reads', async ({ page, place, accessible }) => {
      const own = await place({
        registries,
        namespaces,
        policies: [{ ...read, trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } } }],
      })
      await page.goto(routes.replicationEdit(own, 274))
      await expect(heading(page, '编辑 test')).toBeVisible()
      await expect(page.getByRole('radio', { name: '定时触发' })).toBeChecked()
      await expect(page.getByText('每天 02:00（UTC）').first()).toBeVisible()
      await page.getByRole('radio', { name: '指定镜像仓库' }).check()
      await page.getByRole('button', { name: '选择镜像仓库…' }).click()
      await page.getByRole('combobox', { name: '命名空间', exact: true }).selectOption('library')
      await page.getByRole('checkbox', { name: 'library/nginx' }).check()
      await accessible()
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(wide).toBe(0)
      await page.getByRole('button', { name: '核对并保存' }).click()
      await expect(page.getByRole('dialog', { name: '保存对 test 的修改？' })).toBeVisible()
      await accessible()
    })
  })
}
