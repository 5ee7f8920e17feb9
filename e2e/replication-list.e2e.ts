import { routes } from '@/lib/routes'
import { inHours } from '@/lib/testing/in-hours'
import { openList, repeatUntil, watchRequests } from './alive'
import { expect, test } from './fixtures'
import {
  chooseAction,
  chooseLast,
  expectNames,
  expectNoSidewaysScroll,
  listsAsked,
  minutesAgo,
  policy,
  policyRow,
  policyTable,
  pullFrom,
  pushTo,
  registry,
  run,
  scheduled,
  withoutScripts,
} from './policies'
import { expectRow } from './rows'

const registries = [registry(3, 'harbor-frankfurt'), registry(4, 'harbor-paris')]

test('see the policies in the first HTML, without a further question to SWR', async ({ page, place }) => {
  const own = await place({
    registries,
    policies: [policy(1, 'nightly-base'), policy(2, 'release-images')],
    executions: [run(1, 1, 'Succeed', { total: 12, succeed: 12 })],
  })
  const asked = watchRequests(page)
  const answer = await openList(page, routes.replication(own))
  const html = withoutScripts((await answer?.text()) ?? '')
  for (const text of ['nightly-base', 'release-images', 'harbor-frankfurt', 'library/**', '12 of 12', 'Never ran'])
    expect(html).toContain(text)
  expect(await asked()).toEqual([])
  expect(await listsAsked(own)).toHaveLength(1)
  const runsAsked = (await own.received('GET')).filter(({ path }) => path.endsWith('/replication/executions'))
  expect(runsAsked).toHaveLength(1)
})

test('find a policy by a part of its name', async ({ page, place }) => {
  const policies = [policy(1, 'nightly-to-paris'), policy(2, 'nightly-to-rome'), policy(3, 'release-to-paris')]
  const own = await place({ registries, policies })
  await openList(page, routes.replication(own))
  const search = page.getByRole('searchbox', { name: 'Search by name' })
  await page.keyboard.type('paris')
  await expectNames(page, ['release-to-paris', 'nightly-to-paris'])
  await expect(page).toHaveURL(/[?&]q=paris/)
  await page.reload()
  await expect(search).toHaveValue('paris')
  await expectNames(page, ['release-to-paris', 'nightly-to-paris'])
  await repeatUntil(
    () => search.press('Escape'),
    () => expect(search).toHaveValue('', { timeout: 200 }),
  )
  await expectNames(page, ['release-to-paris', 'nightly-to-rome', 'nightly-to-paris'])
  await expect(page).not.toHaveURL(/q=/)
})

test('order the policies by name, change, creation, next and last run, both ways', async ({ page, place }) => {
  const own = await place({
    registries,
    policies: [
      policy(1, 'bravo', { created_at: minutesAgo(10), updated_at: minutesAgo(1) }),
      policy(2, 'charlie', { created_at: minutesAgo(30), updated_at: minutesAgo(3), ...scheduled(inHours(1)) }),
      policy(3, 'alpha', { created_at: minutesAgo(20), updated_at: minutesAgo(5), ...scheduled(inHours(2)) }),
    ],
    executions: [run(1, 1, 'Succeed'), run(2, 3, 'Succeed')],
  })
  await page.goto(routes.replication(own))
  await expectNames(page, ['bravo', 'alpha', 'charlie'])
  const steps = [
    ['Name', 'ascending', ['alpha', 'bravo', 'charlie']],
    ['Name', 'descending', ['charlie', 'bravo', 'alpha']],
    // Without a value they stand last, whichever way the others go.
    ['Schedule', 'ascending', ['charlie', 'alpha', 'bravo']],
    ['Schedule', 'descending', ['alpha', 'charlie', 'bravo']],
    ['Last run (repositories)', 'descending', ['alpha', 'bravo', 'charlie']],
    ['Last run (repositories)', 'ascending', ['bravo', 'alpha', 'charlie']],
  ] as const
  for (const [heading, direction, names] of steps) {
    await page.getByRole('columnheader').getByRole('button', { name: heading, exact: true }).click()
    await expectNames(page, names)
    const header = page
      .getByRole('columnheader')
      .filter({ has: page.getByRole('button', { name: heading, exact: true }) })
    await expect(header).toHaveAttribute('aria-sort', direction)
    await expect(page.locator('th[aria-sort]')).toHaveCount(1)
  }
  // Orders without a column of their own are in the box, and the button beside it turns them round.
  const order = page.getByRole('combobox', { name: 'Sort order' })
  for (const [label, newestFirst] of [
    ['Updated', ['bravo', 'charlie', 'alpha']],
    ['Created', ['bravo', 'alpha', 'charlie']],
  ] as const) {
    await order.selectOption({ label: `Sort by ${label}` })
    await expectNames(page, newestFirst)
    await expect(page.locator('th[aria-sort]')).toHaveCount(0)
    await page.getByRole('button', { name: 'descending', exact: true }).click()
    await expectNames(page, newestFirst.toReversed())
    await expect(page.getByRole('button', { name: 'ascending', exact: true })).toBeVisible()
  }
  await page.reload()
  await expectNames(page, ['charlie', 'alpha', 'bravo'])
})

test('narrow the list to the policies of one registry, in either direction', async ({ page, place }) => {
  const own = await place({
    registries,
    policies: [policy(1, 'to-frankfurt'), policy(2, 'to-paris', pushTo(4)), policy(3, 'from-paris', pullFrom(4))],
  })
  await openList(page, routes.replication(own))
  await expectRow(policyTable(page), 'to-paris', { Registry: /^Pushes to harbor-paris/ })
  await expectRow(policyTable(page), 'from-paris', { Registry: /^Pulls from harbor-paris/ })
  await page.getByRole('combobox', { name: 'Registry' }).selectOption({ label: 'harbor-paris' })
  await expectNames(page, ['from-paris', 'to-paris'])
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Registry' })).toHaveValue('4')
  await expectNames(page, ['from-paris', 'to-paris'])
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expectNames(page, ['from-paris', 'to-paris', 'to-frankfurt'])
})

test('narrow a hundred policies by direction, trigger, switch and result together, over all pages', async ({
  page,
  place,
}) => {
  const policies = Array.from({ length: 120 }, (_, index) =>
    policy(index + 1, `policy-${String(index + 1).padStart(3, '0')}`, {
      ...(index % 2 === 0 ? pullFrom(4) : pushTo(3)),
      ...(index % 3 === 0 && { trigger: { type: 'event_based' } }),
      enabled: index % 5 !== 0,
    }),
  )
  const executions = Array.from({ length: 120 }, (_, index) =>
    run(index + 1, index + 1, index % 4 === 0 ? 'Failed' : 'Succeed', index % 4 === 0 ? { succeed: 0, failed: 4 } : {}),
  )
  const own = await place({ registries, policies, executions })
  await openList(page, `${routes.replication(own)}?page=6`)
  await expect(page.getByText('101–120 of 120')).toBeVisible()
  const choose = (name: string, label: string) => page.getByRole('combobox', { name }).selectOption({ label })
  await choose('Direction', 'Pull')
  await expect(page.getByText('1–20 of 60 (filtered from 120)')).toBeVisible()
  await choose('Trigger', 'On push')
  await expect(page.getByText('1–20 of 20 (filtered from 120)')).toBeVisible()
  await choose('Status', 'Disabled')
  await expectNames(page, ['policy-091', 'policy-061', 'policy-031', 'policy-001'])
  await chooseLast(page, 'Failed')
  await expectNames(page, ['policy-061', 'policy-001'])
  await expect(page).toHaveURL(/direction=pull/)
  await page.reload()
  await expectNames(page, ['policy-061', 'policy-001'])
  await expect(page.getByRole('button', { name: 'Last run: Failed' })).toBeVisible()
  await page.goBack()
  await expectNames(page, ['policy-091', 'policy-061', 'policy-031', 'policy-001'])
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page.getByText('1–20 of 120')).toBeVisible()
  // All of this asked SWR for two pages of policies and two of runs, and for no policy by itself.
  const asked = (await own.received('GET')).filter(({ path }) => /replication\/(policies|executions)/.test(path))
  expect(asked.length).toBeGreaterThanOrEqual(4)
  expect(asked.filter(({ query }) => query.policy_id !== undefined)).toEqual([])
  expect(asked.filter(({ query }) => query.offset === '0').length).toBeLessThanOrEqual(8)
})

test('page through a long list; the address, back and reload keep the place', async ({ page, place }) => {
  const policies = Array.from({ length: 25 }, (_, at) => policy(at + 1, `policy-${String(at + 1).padStart(2, '0')}`))
  const own = await place({ registries, policies })
  await openList(page, routes.replication(own))
  await expect(page.getByText('1–20 of 25')).toBeVisible()
  await page.getByRole('combobox', { name: 'Rows per page' }).selectOption({ label: '10 per page' })
  await expect(page.getByText('1–10 of 25')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Previous' })).toBeDisabled()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('11–20 of 25')).toBeVisible()
  await expect(policyTable(page).getByRole('link').first()).toHaveText('policy-15')
  await expect(page).toHaveURL(/page=2/)
  await page.reload()
  await expect(page.getByText('11–20 of 25')).toBeVisible()
  await page.goBack()
  await expect(page.getByText('1–10 of 25')).toBeVisible()
  await expect(policyTable(page).getByRole('link').first()).toHaveText('policy-25')

  await page.goto(`${routes.replication(own)}?page=9&size=10`)
  await expect(page.getByText('There are no results on this page.')).toBeVisible()
  await page.getByRole('button', { name: 'Go to the last page' }).click()
  await expect(page.getByText('21–25 of 25')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next' })).toBeDisabled()
  await page.goto(`${routes.replication(own)}?page=9&size=10&q=policy`)
  await expect(page.getByRole('main')).toContainText('There are no results on this page.')
})

// Of a kind that no type of ours allows.
const unreadable = [{ ...policy(8, ''), name: { text: 'nested' } }, { name: 'without-id' }, null, 'a text'] as never[]

test('an odd row degrades alone', async ({ page, place, accessible }) => {
  const own = await place({
    registries,
    policies: [
      policy(1, 'whole'),
      policy(2, 'no-filters', { filters: null }),
      policy(3, 'from-the-future', { trigger: { type: 'on_full_moon' }, repo_scope_mode: 'telepathy' }),
      { id: 4, name: 'bare' },
      policy(5, 'wrong-kinds', {
        description: 17,
        filters: 'library/**',
        trigger: 'manual',
        src_registry: 'here',
        dest_registry: null,
        enabled: 'yes',
        created_at: 0,
        updated_at: 'yesterday',
      }),
      policy(6, 'odd-filters', {
        filters: [null, 'library/**', { type: 'label', value: 'env=prod' }, { type: 'tag' }],
      }),
      policy(7, 'never', { created_at: '0001-01-01T00:00:00Z', updated_at: null }),
      ...unreadable,
    ],
  })
  await page.goto(routes.replication(own))
  await expect(policyTable(page).getByRole('row')).toHaveCount(12)
  const table = policyTable(page)
  await expectRow(table, 'whole', { Registry: /^Pushes to harbor-frankfurt/, Filters: 'library/** **' })
  await expectRow(table, 'no-filters', { Filters: '', Schedule: 'Manual' })
  await expectRow(table, 'from-the-future', { Schedule: /on_full_moon/ })
  await expectRow(table, 'bare', { Registry: /No registry$/ })
  await expectRow(table, 'wrong-kinds', { Filters: '', Schedule: /^Unsupported trigger/ })
  await expect(policyRow(page, 'wrong-kinds').getByRole('switch')).not.toBeChecked()
  await expectRow(table, 'odd-filters', { Filters: /env=prod/ })
  await expect(policyRow(page, 'never')).not.toContainText(/ago|0001/)
  await expectRow(table, '#8', { Registry: /^Pushes to harbor-frankfurt/ })
  await expect(page.getByText('SWR returned this item in an unsupported format.')).toHaveCount(3)
  await accessible()

  // A switch sends the whole policy, and what the console does not know as it was.
  await page.getByRole('switch', { name: 'Enable from-the-future' }).click()
  await expect(page.getByText('from-the-future is disabled')).toBeVisible()
  const [{ body } = { body: null }] = await own.received('PUT')
  expect(body).toMatchObject({ enabled: false, trigger: { type: 'on_full_moon' } })
  for (const name of ['bare', 'wrong-kinds', 'odd-filters']) {
    await page.goto(routes.replication(own))
    await policyTable(page).getByRole('link', { name }).click()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  }
})

test.describe('a list without rows', () => {
  test.use({ expectedErrors: [/status of 404/] })

  test('empty, empty by filter and refused are three different things', async ({ page, place }) => {
    const own = await place({ registries })
    await openList(page, routes.replication(own))
    const main = page.getByRole('main')
    await expect(main).toContainText('No replication policies yet')
    await expect(main.getByRole('link', { name: 'New policy' })).toHaveCount(2)
    await page.getByRole('searchbox').fill('nothing-like-this')
    await expect(main).toContainText('No matching policies')
    await expect(main).not.toContainText('No replication policies yet')
    await page.getByRole('button', { name: 'Clear filters' }).first().click()
    await expect(main).toContainText('No replication policies yet')
    await page.goto(routes.replication({ ...own, instance: 'not-there' }))
    await expect(main.getByRole('alert')).toContainText('Not found in SWR')
    await expect(main).not.toContainText(/No matching policies|No replication policies yet/)
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true })

  test('policies are cards, sorted, opened and acted on without scrolling sideways', async ({
    page,
    place,
    accessible,
  }) => {
    const long = `release_${'x'.repeat(240)}`
    const own = await place({
      registries: [registry(3, `harbor-${'y'.repeat(120)}`)],
      policies: [
        policy(1, 'alpha', { trigger: { type: 'scheduled', trigger_settings: { cron: '0 */15 * * * *' } } }),
        policy(2, long, { filters: [{ type: 'name', value: `library/{${'deep/'.repeat(40)}}**` }] }),
      ],
    })
    await page.goto(routes.replication(own))
    await expectNames(page, [long, 'alpha'])
    await expectNoSidewaysScroll(page)
    await accessible()
    await page.getByRole('combobox', { name: 'Sort order' }).selectOption({ label: 'Sort by Name' })
    await expectNames(page, ['alpha', long])
    await page.getByRole('button', { name: 'ascending' }).click()
    await expectNames(page, [long, 'alpha'])
    await chooseAction(page, 'alpha', 'Run now')
    await expect(page.getByRole('dialog', { name: 'Run alpha now?' })).toBeInViewport()
    await expectNoSidewaysScroll(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: /^Registries/ }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Registries' })).toBeVisible()
    await expectNoSidewaysScroll(page)
  })
})
