import { demo } from '@/lib/sandbox/demo'
import { expect, test } from './fixtures'
import {
  choose,
  confirm,
  field,
  fillNew,
  heading,
  namespaces,
  openNew,
  read,
  registries,
  repository,
  review,
  sent,
} from './replication-steps'
import { expectRows } from './rows'

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
  // 18:00 UTC on Monday is 02:00 on Tuesday in Shanghai, the zone of these tests.
  const next = { 'Next runs · Asia/Shanghai': /^Tue.*02:00$/, UTC: /^Mon.*18:00$/ }
  await expectRows(runs, [next, next, next, next, next])
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
  await hint('payments exists in this instance')
})
