import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { expectNoSidewaysScroll, policyTable } from './policies'
import {
  choose,
  confirm,
  field,
  fillNew,
  heading,
  namespaces,
  openEdit,
  openNew,
  read,
  registries,
  review,
  sent,
} from './replication-steps'
import { expectRow, expectRows } from './rows'

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
  await openEdit(page, own)
  await field(page, 'Description').fill('test')
  await review(page)
  const dialog = page.getByRole('dialog', { name: 'Save changes to test?' })
  await expectRows(dialog.getByRole('table'), [{ Field: 'Description', Before: 'before', After: 'test' }])
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
  await openEdit(page, own)
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
  await openEdit(page, own)
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
  await openEdit(page, own)
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
  await expectRow(policyTable(page), 'test', { Filters: '**/** all except v1' })
  await openEdit(page, own)
  await expect(page.getByText('SWR excludes the tags that match this pattern')).toBeVisible()
  await field(page, 'Tags').fill('v2')
  await expect(page.getByText('With another pattern, only the matching tags are copied')).toBeVisible()
  await review(page)
  await expectRows(page.getByRole('dialog').getByRole('table'), [
    { Field: 'Tags', Before: 'v1', After: 'v2' },
    { Field: 'Filter mode', Before: 'Excluding' },
  ])
  await confirm(page, 'Save changes')
  await expect(heading(page, 'test')).toBeVisible()
  expect(await sent(own, 'PUT')).toMatchObject({ filters: [read.filters[0], { type: 'tag', value: 'v2' }] })
})

test('a pull from the Basic Edition says that its filters probably have no effect', async ({ page, place }) => {
  const pull = { ...read, src_registry: { id: 12 }, dest_registry: { id: 0 } }
  const filters = [{ type: 'name', value: 'library/**' }, read.filters[1]]
  const own = await place({ registries, namespaces, policies: [{ ...pull, filters }] })
  const warning = page.getByText(/SWR probably ignores/)
  await openEdit(page, own)
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
  await expectRow(dialog.getByRole('table'), 'Tags', { Value: '{v1.*,v2.*}' })
  await expectRow(dialog.getByRole('table'), 'Target registry', { Value: 'frankfurt-dr' })
  await expect(dialog).toContainText('"override": false')
  await accessible()
  await dialog.getByRole('button', { name: 'Back to form' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(field(page, 'Name')).toHaveValue('looked-at')
  expect(await own.received('POST')).toEqual([])
})

test('a registry that SWR does not list is kept by the policy that has it', async ({ page, place }) => {
  const own = await place({ registries: [], policies: [read] })
  await openEdit(page, own)
  await expect(page.getByRole('combobox', { name: 'Target registry' })).toHaveValue('6')
  await expect(page.getByText('Registry not found.')).toBeVisible()
  await field(page, 'Description').fill('after')
  await review(page)
  const dialog = page.getByRole('dialog')
  await expectRows(dialog.getByRole('table'), [{ Field: 'Description', Before: 'before', After: 'after' }])
  await expect(dialog).toContainText('"id": 6')
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
      await openEdit(page, own)
      await expect(heading(page, '编辑 test')).toBeVisible()
      await expect(page.getByRole('radio', { name: '定时触发' })).toBeChecked()
      await expect(page.getByText('每天 02:00（UTC）').first()).toBeVisible()
      await page.getByRole('radio', { name: '指定镜像仓库' }).check()
      await page.getByRole('button', { name: '选择镜像仓库…' }).click()
      await page.getByRole('combobox', { name: '命名空间', exact: true }).selectOption('library')
      await page.getByRole('checkbox', { name: 'library/nginx' }).check()
      await accessible()
      await expectNoSidewaysScroll(page)
      await page.getByRole('button', { name: '核对并保存' }).click()
      await expect(page.getByRole('dialog', { name: '保存对 test 的修改？' })).toBeVisible()
      await accessible()
    })
  })
}
