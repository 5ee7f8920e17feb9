import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { demo } from '@/lib/sandbox/demo'
import { expect, type Place, test } from './fixtures'
import { minutesAgo, policy, pullFrom, registry, run } from './policies'
import { choose, confirm, field, fillNew, heading, openNew, review, sent } from './replication-steps'
import { expectLines, expectTerms } from './rows'

const registries = [registry(3, 'frankfurt-dr')]
const tag = (name: string, hours = 5, digest?: string) => ({
  name,
  size: 1_500_000_000,
  pushed: minutesAgo(hours * 60),
  ...(digest && { digest: `sha256:${digest.repeat(64)}` }),
})
const namespaces = [
  {
    name: 'payments',
    repositories: [
      { name: 'api', tags: [tag('v1.9', 900), tag('v2.0', 48), tag('v2.1', 2)] },
      { name: 'worker', tags: [tag('v2.0', 72)] },
      { name: 'eu/api', tags: [tag('v2.0')] },
      { name: 'eu/batch', tags: [tag('v2.0')] },
    ],
  },
  { name: 'library', repositories: [{ name: 'nginx', tags: [tag('1.27')] }] },
]

const card = (page: Page) => page.getByRole('region', { name: 'Current matches' })
const matching = (page: Page) => card(page).getByRole('list', { name: 'Matching repositories' }).getByRole('listitem')
const near = (page: Page) => page.getByRole('group', { name: 'Similar names' })
/** What SWR was asked about images. */
const listings = async (own: Place) => (await own.received('GET')).filter(({ path }) => path.endsWith('/artifacts'))

test('see what a pattern matches while typing it', async ({ page, place, accessible }) => {
  const own = await place({ registries, namespaces })
  await openNew(page, own)
  await expect(card(page)).toContainText('once the patterns are complete')
  await field(page, 'Repositories').fill('payments/*')
  await field(page, 'Tags').fill('v2.*')
  await expect(matching(page)).toHaveCount(2)
  await expectTerms(card(page), { repositories: '2', tags: '3', 'at most': '4.5 GB' })
  await expectLines(matching(page), [
    ['payments/api', '2', 'tags', '3 GB', '2h ago'],
    ['payments/worker', '1', 'tag', '1.5 GB', '3d ago'],
  ])
  await expect(card(page)).toContainText('Newest push 2 hours ago, oldest 3 days ago.')
  await expect(card(page)).toContainText(/(just now|\d+ s ago)/)
  await expect(card(page).getByRole('status')).toHaveText(
    "2 repositories and 3 tags match. Similar names that don't match are listed.",
  )
  await accessible()
  const asked = (await listings(own)).length
  await field(page, 'Tags').fill('v1.*')
  await expect(matching(page)).toHaveCount(1)
  await field(page, 'Repositories').fill('**')
  await field(page, 'Tags').fill('**')
  await expect(matching(page)).toHaveCount(5)
  // One listing answers every keystroke.
  expect(await listings(own)).toHaveLength(asked)
  await field(page, 'Target namespace').fill('payments-dr')
  await expect(page.getByText('library/nginx → payments-dr/nginx')).toBeVisible()
})

test('a pattern that stops one path level short names what it misses, and is mended with one press', async ({
  page,
  place,
}) => {
  const own = await place({ registries, namespaces })
  await openNew(page, own)
  await fillNew(page, { name: 'payments' })
  await field(page, 'Repositories').fill('payments/*')
  await expect(near(page)).toContainText("2 repositories are one level deeper and don't match: payments/eu/api")
  await near(page).getByRole('button', { name: 'Use this pattern' }).first().click()
  await expect(field(page, 'Repositories')).toBeFocused()
  await expect(field(page, 'Repositories')).toHaveValue('payments/**')
  await expect(matching(page)).toHaveCount(4)
  await expect(near(page)).toHaveCount(0)
  await review(page)
  await confirm(page, 'Create policy')
  await expect(heading(page, 'payments')).toBeVisible()
  expect(await sent(own, 'POST')).toMatchObject({ filters: [{ value: 'payments/**' }, { value: '**' }] })
})

test('a policy that would copy nothing says so before it is saved', async ({ page, place }) => {
  const own = await place({ registries, namespaces })
  await openNew(page, own)
  await field(page, 'Repositories').fill('billing/**')
  await expect(card(page).getByText('Nothing matches.')).toBeVisible()
  await field(page, 'Repositories').fill('library/**')
  await field(page, 'Tags').fill('v*')
  await expectTerms(card(page), { tags: '0' })
  await expect(card(page).getByText(/A run would copy nothing/)).toBeVisible()
})

test('a wrong pattern is explained at the character and nothing is asked for it', async ({
  page,
  place,
  accessible,
}) => {
  const own = await place({ registries, namespaces })
  await openNew(page, own)
  await field(page, 'Repositories').fill('payments/{api,worker')
  await field(page, 'Tags').fill('v2.[0-9')
  await field(page, 'Name').focus()
  await expect(field(page, 'Repositories')).toHaveAccessibleDescription(/Error at character 10: { “{” is unclosed/)
  await expect(field(page, 'Tags')).toHaveAccessibleDescription(/Error at character 4: \[ “\[” is unclosed/)
  await expect(card(page)).toContainText('once the patterns are complete')
  await accessible()
  expect(await listings(own)).toEqual([])
  await field(page, 'Repositories').fill('payments/{api,worker}')
  await field(page, 'Tags').fill('v2.[0-9]')
  await expect(matching(page)).toHaveCount(2)
  // What was known stays in sight while the pattern is half typed.
  await field(page, 'Tags').fill('v2.[0-9]{')
  await expect(card(page)).toContainText('for the last valid patterns')
  await expect(matching(page)).toHaveCount(2)
  await field(page, 'Tags').fill('v2.[0-9]')
  await expect(field(page, 'Repositories')).not.toHaveAttribute('aria-invalid')
})

test('a list and a regular expression are named for what they are, and mended without taking more', async ({
  page,
  place,
  accessible,
}) => {
  const own = await place({ registries, namespaces })
  await openNew(page, own)
  await fillNew(page, { name: 'listed' })
  await field(page, 'Tags').fill('v2.0|v2.1')
  await field(page, 'Repositories').fill('^payments/.*$')
  await field(page, 'Name').focus()
  await expect(field(page, 'Tags')).toHaveAccessibleDescription(/Put several patterns in braces/)
  await expect(field(page, 'Repositories')).toHaveAccessibleDescription(
    /Error at character 1: \^ This looks like a regular expression/,
  )
  await accessible()
  // Nothing else is suggested while the text itself is wrong.
  await expect(near(page)).toHaveCount(0)
  await page.getByRole('button', { name: 'Use this pattern' }).first().click()
  await expect(field(page, 'Repositories')).toHaveValue('payments/**')
  await page.getByRole('button', { name: 'Use this pattern' }).click()
  await expect(field(page, 'Tags')).toHaveValue('{v2.0,v2.1}')
  await expect(field(page, 'Tags')).not.toHaveAttribute('aria-invalid')
  await expect(matching(page)).toHaveCount(4)
  await review(page)
  await confirm(page, 'Create policy')
  await expect(heading(page, 'listed')).toBeVisible()
  expect(await sent(own, 'POST')).toMatchObject({ filters: [{ value: 'payments/**' }, { value: '{v2.0,v2.1}' }] })
})

test('a space after a comma is trimmed on save, and what it would have missed matches', async ({ page, place }) => {
  const own = await place({ registries, namespaces })
  await openNew(page, own)
  await fillNew(page, { name: 'spaced' })
  await field(page, 'Repositories').fill('payments/{api, worker}')
  await expect(page.getByText('Spaces are removed because they never match')).toContainText('payments/{api,worker}')
  await expect(matching(page)).toHaveCount(2)
  await review(page)
  await confirm(page, 'Create policy')
  await expect(heading(page, 'spaced')).toBeVisible()
  expect(await sent(own, 'POST')).toMatchObject({ filters: [{ value: 'payments/{api,worker}' }, { value: '**' }] })
})

test('for a pull policy the source is listed where a connection covers it, otherwise the form says so', async ({
  page,
  place,
}) => {
  const source = await place({
    namespaces: [{ name: 'payments', repositories: [{ name: 'api', tags: [tag('9.9')] }] }],
  })
  const covered = registry(8, 'frankfurt-own', {
    type: 'swr-pro-internal',
    region_id: demo.region,
    project_id: demo.project,
    instance_id: source.instance,
  })
  const own = await place({ registries: [...registries, covered], namespaces })
  await openNew(page, own)
  await choose(page, 'Direction', 'Pull')
  await field(page, 'Repositories').fill('payments/**')
  await expect(card(page)).toContainText('Select the source registry')
  await page.getByRole('combobox', { name: 'Source registry' }).selectOption('3')
  await expect(card(page)).toContainText('No connection of this console covers the source')
  await page.getByRole('combobox', { name: 'Source registry' }).selectOption('8')
  await expect(card(page).getByRole('heading', { name: 'Current matches at the source' })).toBeVisible()
  await expect(matching(page)).toHaveCount(1)
  await expect(matching(page)).toContainText('payments/api')
  await choose(page, 'Direction', 'Push')
  await expect(matching(page)).toHaveCount(4)
})

test('a listing that breaks off half-way shows what it has and says so', async ({ page, place }) => {
  const many = Array.from({ length: 150 }, (_, at) => `v${at + 100}`)
  const repositories = [
    { name: 'api', tags: many },
    { name: 'fault-503-empty', tags: ['v1'] },
  ]
  const own = await place({ registries, namespaces: [{ name: 'payments', repositories }] })
  await openNew(page, own)
  await field(page, 'Repositories').fill('payments/**')
  await expect(card(page)).toContainText(
    'Listing incomplete: SWR internal error. Counted so far: 2 repositories and 100 tags.',
  )
  await expect(matching(page)).toHaveCount(1)
  await expect(matching(page)).toContainText('100 tags')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } })

  test('the preview stands under the filters, and more of a long list on demand', async ({
    page,
    place,
    accessible,
  }) => {
    const many = Array.from({ length: 60 }, (_, at) => ({ name: `service-${at + 10}`, tags: [tag('1.0')] }))
    const own = await place({ registries, namespaces: [{ name: 'big', repositories: many }] })
    await openNew(page, own)
    await field(page, 'Repositories').fill('big/**')
    await expect(matching(page)).toHaveCount(6)
    await card(page).getByRole('button', { name: 'Show 44 more' }).click()
    await expect(matching(page)).toHaveCount(50)
    await expect(card(page)).toContainText('First 50 of 60 by name.')
    const [fields, below] = await Promise.all([field(page, 'Tags').boundingBox(), card(page).boundingBox()])
    const next = await field(page, 'Target namespace').boundingBox()
    expect(below?.y).toBeGreaterThan(fields?.y ?? Number.NaN)
    expect(next?.y).toBeGreaterThan(below?.y ?? Number.NaN)
    await accessible()
  })
})

const openRun = async (page: Page, own: Place, id: number) => {
  await page.goto(routes.replicationPolicy(own, id))
  await page.getByRole('button', { name: 'Run now' }).click()
  return page.getByRole('dialog')
}

/** A policy that pushes to an instance that the console can list as well, where something is already. */
async function twoSides(place: (content: object) => Promise<Place>, override: boolean) {
  const target = await place({
    namespaces: [{ name: 'dr', repositories: [{ name: 'api', tags: [tag('v1.9', 9, 'a'), tag('v2.0', 9, 'f')] }] }],
  })
  const internal = registry(3, 'frankfurt-dr', {
    type: 'swr-pro-internal',
    region_id: 'cn-north-4',
    project_id: demo.project,
    instance_id: target.instance,
  })
  const repositories = [{ name: 'api', tags: [tag('v1.9', 9, 'a'), tag('v2.0', 9, 'b'), tag('v2.1', 9, 'c')] }]
  return place({
    registries: [internal],
    namespaces: [{ name: 'payments', repositories }],
    policies: [
      policy(7, 'to-dr', {
        dest_namespace: 'dr',
        override,
        filters: [
          { type: 'name', value: 'payments/**' },
          { type: 'tag', value: '**' },
        ],
      }),
    ],
  })
}

for (const [override, fate] of [
  [false, 'different digest: skipped (overwrite is off)'],
  [true, 'different digest: overwritten'],
] as const)
  test(`before a run: what is new, what is there, and what ${override ? 'would be lost' : 'stays as it is'}`, async ({
    page,
    place,
    accessible,
  }) => {
    const own = await twoSides(place, override)
    const dialog = await openRun(page, own, 7)
    await expect(dialog).toContainText('1 repository · 3 tags · 4.5 GB at most')
    const plan = dialog.getByRole('region', { name: 'Copy plan' })
    await expect(plan).toContainText(/as of \d/)
    await expectLines(plan.getByRole('listitem'), [
      ['1', 'new on the target', 'Show'],
      ['1', 'already up to date', 'Show'],
      ['1', fate, 'Show'],
    ])
    await plan.getByText(fate).click()
    await expect(plan.getByText('payments/api:v2.0 → dr/api')).toBeVisible()
    await accessible()
    await dialog.getByRole('button', { name: 'Run now' }).click()
    await expect(page.getByText(/Run \d+ of to-dr started/)).toBeVisible()
    expect(await sent(own, 'POST')).toEqual({ policy_id: 7 })
  })

test('a run can be started although nobody can look at the other side', async ({ page, place }) => {
  const own = await place({
    registries,
    namespaces,
    policies: [policy(7, 'abroad'), policy(8, 'pulls', pullFrom(3))],
  })
  const dialog = await openRun(page, own, 8)
  await expect(dialog).toContainText("The source registry can't be listed")
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await openRun(page, own, 7)
  await expect(dialog).toContainText('1 repository · 1 tag')
  await expect(dialog).toContainText("The target can't be checked")
  await dialog.getByRole('button', { name: 'Run now' }).click()
  await expect(page.getByText(/Run \d+ of abroad started/)).toBeVisible()
})

test('a second run beside one in progress has to be wanted', async ({ page, place }) => {
  const own = await place({
    registries,
    namespaces,
    policies: [policy(7, 'busy')],
    executions: [run(1, 7, 'InProgress', { succeed: 1, in_progress: 3, created_at: minutesAgo(12) })],
  })
  const dialog = await openRun(page, own, 7)
  await expect(dialog.getByRole('status').first()).toContainText(/already in progress \(started 1[23] minutes ago\)/)
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  expect(await own.received('POST')).toEqual([])
  await openRun(page, own, 7)
  await dialog.getByRole('button', { name: 'Start another run' }).click()
  await expect.poll(() => own.received('POST')).toHaveLength(1)
})
