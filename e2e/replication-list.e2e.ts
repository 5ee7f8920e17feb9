import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { address } from './accounts'
import { expect, type Place, test } from './fixtures'
import {
  chooseLast,
  expectNames,
  expectNoSidewaysScroll,
  listsAsked,
  minutesAgo,
  openMenu,
  policy,
  policyRow,
  policyTable,
  pullFrom,
  pushTo,
  registry,
  run,
  withoutScripts,
} from './policies'

const registries = [registry(3, 'harbor-frankfurt'), registry(4, 'harbor-paris')]

/** Every day at an hour of UTC that is so many hours away. */
const at = (hours: number) => `0 30 ${(new Date().getUTCHours() + hours) % 24} * * *`
const scheduled = (cron: string) => ({ trigger: { type: 'scheduled', trigger_settings: { cron } } })
/** And waits until it is alive: what is chosen in a box before that is lost. */
const openList = (page: Page, own: Place, view = '') =>
  page.goto(`${routes.replication(own)}${view}`)
const daysAgo = (days: number) => minutesAgo(days * 24 * 60)

test('see the policies in the first HTML, without a further question to SWR', async ({ page, place }) => {
  const own = await place({
    registries,
    policies: [policy(1, 'nightly-base'), policy(2, 'release-images')],
    executions: [run(1, 1, 'Succeed', { total: 12, succeed: 12 })],
  })
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const answer = await page.goto(routes.replication(own))
  const html = withoutScripts((await answer?.text()) ?? '')
  for (const text of ['nightly-base', 'release-images', 'harbor-frankfurt', 'library/**', '12 of 12', 'Never ran'])
    expect(html).toContain(text)
  // The search answers its key: the page is alive, and whatever it wants to ask it has asked.
  await expect(async () => {
    await page.keyboard.press('/')
    await expect(page.getByRole('searchbox')).toBeFocused({ timeout: 200 })
  }).toPass()
  await page.waitForLoadState('networkidle')
  expect(asked.filter((path) => path.startsWith('/api/'))).toEqual([])
  expect(await listsAsked(own)).toHaveLength(1)
  const runsAsked = (await own.received('GET')).filter(({ path }) => path.endsWith('/replication/executions'))
  expect(runsAsked).toHaveLength(1)
})

test('find a policy by a part of its name', async ({ page, place }) => {
  const policies = [policy(1, 'nightly-to-paris'), policy(2, 'nightly-to-rome'), policy(3, 'release-to-paris')]
  const own = await place({ registries, policies })
  await page.goto(routes.replication(own))
  const search = page.getByRole('searchbox', { name: 'Search by name' })
  await expect(async () => {
    await page.keyboard.press('/')
    await expect(search).toBeFocused({ timeout: 200 })
  }).toPass()
  await page.keyboard.type('paris')
  await expectNames(page, ['release-to-paris', 'nightly-to-paris'])
  await expect(page).toHaveURL(/[?&]q=paris/)
  await page.reload()
  await expect(search).toHaveValue('paris')
  await expectNames(page, ['release-to-paris', 'nightly-to-paris'])
  await expect(async () => {
    await search.press('Escape')
    await expect(search).toHaveValue('', { timeout: 200 })
  }).toPass()
  await expectNames(page, ['release-to-paris', 'nightly-to-rome', 'nightly-to-paris'])
  await expect(page).not.toHaveURL(/q=/)
})

test('order the policies by name, change, creation, next and last run, both ways', async ({ page, place }) => {
  const own = await place({
    registries,
    policies: [
      policy(1, 'bravo', { created_at: minutesAgo(10), updated_at: minutesAgo(1) }),
      policy(2, 'charlie', { created_at: minutesAgo(30), updated_at: minutesAgo(3), ...scheduled(at(1)) }),
      policy(3, 'alpha', { created_at: minutesAgo(20), updated_at: minutesAgo(5), ...scheduled(at(2)) }),
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
  await openList(page, own)
  await expect(policyRow(page, 'to-paris')).toContainText('Pushes toharbor-paris')
  await expect(policyRow(page, 'from-paris')).toContainText('Pulls fromharbor-paris')
  await page.getByRole('combobox', { name: 'Registry' }).selectOption({ label: 'harbor-paris' })
  await expectNames(page, ['from-paris', 'to-paris'])
  await page.reload()
  await expect(page.getByRole('combobox', { name: 'Registry' })).toHaveValue('4')
  await expectNames(page, ['from-paris', 'to-paris'])
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expectNames(page, ['from-paris', 'to-paris', 'to-frankfurt'])
})

test('page through a long list; the address, back and reload keep the place', async ({ page, place }) => {
  const policies = Array.from({ length: 25 }, (_, at) => policy(at + 1, `policy-${String(at + 1).padStart(2, '0')}`))
  const own = await place({ registries, policies })
  await openList(page, own)
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

test('disable a policy from the list and take it back; nothing else of it changes', async ({
  page,
  place,
  sandbox,
}) => {
  const nightly = policy(7, 'nightly', {
    description: 'every image, every night',
    dest_namespace: 'mirror',
    filters: [
      { type: 'name', value: 'library/**', decoration: 'kept' },
      { type: 'tag', value: 'v*' },
    ],
    trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *', zone: 'UTC' } },
    override: true,
    speed: -1,
  })
  const own = await place({ registries, policies: [nightly] })
  await page.goto(routes.replication(own))
  const enabled = page.getByRole('switch', { name: 'Enable nightly' })
  await expect(enabled).toBeChecked()
  await enabled.click()
  await expect(page.getByText('nightly is disabled')).toBeVisible()
  await expect(enabled).not.toBeChecked()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('nightly is enabled')).toBeVisible()
  await expect(enabled).toBeChecked()

  const { id: _id, created_at: _created, updated_at: _updated, src_registry: _source, ...whole } = nightly
  const sent = (await own.received('PUT')).map(({ body }) => body)
  expect(sent).toEqual([
    { ...whole, enabled: false },
    { ...whole, enabled: true },
  ])
  expect((await sandbox.stored(own.instance)).policies?.[0]).toMatchObject(whole)
})

test.describe('when SWR refuses', () => {
  test.use({ expectedErrors: [/status of 4\d\d/] })

  test('delete a policy after confirming; a refusal stays in the dialog', async ({ page, place, request }) => {
    const own = await place({ registries, policies: [policy(1, 'old-mirror'), policy(2, 'kept'), policy(3, 'raced')] })
    await page.goto(routes.replication(own))
    await openMenu(page, 'old-mirror')
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    const dialog = page.getByRole('dialog', { name: 'Delete policy old-mirror?' })
    await expect(dialog).toContainText('library/**')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toBeHidden()
    expect(await own.received('DELETE')).toEqual([])
    await openMenu(page, 'old-mirror')
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await dialog.getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByText('old-mirror was deleted')).toBeVisible()
    await expect(dialog).toBeHidden()
    await expectNames(page, ['raced', 'kept'])
    expect((await own.received('DELETE')).map(({ path, status }) => [path.split('/').at(-1), status])).toEqual([
      ['1', 204],
    ])

    await openMenu(page, 'raced')
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    const raced = page.getByRole('dialog', { name: 'Delete policy raced?' })
    await expect(raced).toBeVisible()
    const third = `/api/swr/default/v2/-/instances/${own.instance}/replication/policies/3`
    const { content_hash } = await (await request.get(third)).json()
    const headers = { origin: address.console, 'if-match': content_hash }
    expect((await request.delete(third, { headers })).status()).toBe(200)
    await raced.getByRole('button', { name: 'Delete' }).click()
    const refusal = raced.getByRole('alert')
    await expect(refusal).toContainText('SWR.404001')
    await expect(refusal).toContainText('replication policy 3 not found')
    await expect(refusal).toContainText(/Request ID\s*[0-9a-f]{32}/)
    // Behind it the list has been read again; the message must outlive its row.
    await expectNames(page, ['kept'])
    await expect(refusal).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(raced).toBeHidden()
  })

  test('a switch that SWR refuses stays as it was and says why', async ({ page, place }) => {
    // Registry 99 does not exist: SWR refuses every update of this policy.
    const own = await place({ registries, policies: [policy(1, 'orphan', { ...pushTo(99), enabled: false })] })
    await page.goto(routes.replication(own))
    const enabled = page.getByRole('switch', { name: 'Enable orphan' })
    await enabled.click()
    await expect(page.getByText(/orphan: SWR rejected the request\. registry 99 not found/)).toBeVisible()
    await expect(enabled).not.toBeChecked()
  })
})

test('run a policy now and watch it to its end', async ({ page, place }) => {
  const repositories = ['web', 'api', 'worker'].map((name) => ({ name, tags: ['1.0', '1.1'] }))
  const own = await place({
    registries,
    namespaces: [{ name: 'library', repositories }],
    policies: [policy(5, 'release', { override: true })],
  })
  await own.pace(3)
  await page.goto(routes.replication(own))
  await openMenu(page, 'release')
  await page.getByRole('menuitem', { name: 'Run now' }).click()
  const dialog = page.getByRole('dialog', { name: 'Run release now?' })
  await expect(dialog).toContainText('library/**')
  await expect(dialog).toContainText('Overwrite is on')
  await dialog.getByRole('button', { name: 'Run now' }).click()
  await expect(page).toHaveURL(routes.replicationPolicy(own, 5))
  await expect(page.getByText('Run 1 of release started')).toBeVisible()
  expect((await own.received('POST')).map(({ body }) => body)).toEqual([{ policy_id: 5 }])
  const started = page.getByRole('table', { name: 'Runs' }).getByRole('row').nth(1)
  await expect(started).toContainText('Running')
  await expect(started).toContainText('of 3')
  await expect(started).not.toContainText(/in \d+ second/)
  await own.pace(0)
  await expect(started).toContainText('Succeeded')
  await expect(started).toContainText('3 of 3')
})

test('a disabled policy cannot be run, and says why', async ({ page, place }) => {
  const own = await place({ registries, policies: [policy(1, 'asleep', { enabled: false })] })
  await page.goto(routes.replication(own))
  await openMenu(page, 'asleep')
  const item = page.getByRole('menuitem', { name: 'Run now' })
  await expect(item).toBeDisabled()
  await expect(item).toContainText('Enable the policy first')
  await page.keyboard.press('Escape')
  await page.goto(routes.replicationPolicy(own, 1))
  const button = page.getByRole('button', { name: 'Run now' })
  await expect(button).toBeDisabled()
  await expect(button).toHaveAccessibleDescription('Enable the policy first')
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
  await expect(policyRow(page, 'whole')).toContainText('harbor-frankfurt')
  await expect(policyRow(page, 'no-filters')).toContainText('Manual')
  await expect(policyRow(page, 'from-the-future')).toContainText('on_full_moon')
  await expect(policyRow(page, 'bare')).toContainText('No registry')
  await expect(policyRow(page, 'wrong-kinds')).toContainText('Unsupported trigger')
  await expect(policyRow(page, 'wrong-kinds').getByRole('switch')).not.toBeChecked()
  await expect(policyRow(page, 'odd-filters')).toContainText('env=prod')
  await expect(policyRow(page, 'never')).not.toContainText(/ago|0001/)
  await expect(policyRow(page, '#8')).toContainText('harbor-frankfurt')
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
    await page.goto(routes.replication(own))
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

test('see how each policy went last, when it runs next, and which are late', async ({ page, place, accessible }) => {
  const hourly = scheduled('0 0 * * * *')
  const yesterday = { created_at: minutesAgo(26 * 60), updated_at: minutesAgo(26 * 60 - 5) }
  const own = await place({
    registries: [...registries, registry(5, 'harbor-rome', { status: 'unhealthy' })],
    policies: [
      policy(1, 'all-well', scheduled(at(3))),
      policy(2, 'some-failed', pullFrom(5)),
      policy(3, 'nothing-there'),
      policy(4, 'under-way'),
      policy(5, 'stopped'),
      policy(6, 'from-the-future'),
      policy(7, 'never-ran'),
      policy(8, 'forgotten', { ...hourly, updated_at: daysAgo(3) }),
      policy(9, 'failed-and-forgotten', { ...hourly, updated_at: daysAgo(3) }),
      // Nobody may be accused for what was asked of it a moment ago, nor while it is off.
      policy(10, 'just-made', { ...hourly, updated_at: minutesAgo(2) }),
      policy(11, 'asleep', { ...hourly, updated_at: daysAgo(3), enabled: false }),
    ],
    executions: [
      run(1, 1, 'Succeed', { total: 12, succeed: 12 }),
      run(2, 2, 'Failed', { total: 40, succeed: 37, failed: 3 }),
      run(3, 3, 'Succeed', { total: 0, succeed: 0 }),
      run(4, 4, 'InProgress', { total: 14, succeed: 9, in_progress: 5 }),
      run(5, 5, 'Stopped'),
      run(6, 6, 'Levitating'),
      run(8, 8, 'Succeed', { ...yesterday, trigger: 'scheduled' }),
      run(9, 9, 'Failed', { ...yesterday, trigger: 'scheduled', succeed: 0, failed: 4 }),
    ],
    deadSchedules: [8, 9, 10],
  })
  await openList(page, own)
  const shows = async (name: string, ...texts: (string | RegExp)[]) => {
    for (const text of texts) await expect(policyRow(page, name)).toContainText(text)
  }
  await shows('all-well', 'Succeeded, 12 of 12', /next in [23] hours/)
  await shows('some-failed', '3 of 40 failed', 'harbor-rome', 'Unhealthy')
  await shows('nothing-there', 'No matches')
  await shows('under-way', 'Running, 9 of 14', 'started')
  await shows('stopped', 'Stopped')
  await shows('from-the-future', 'Levitating')
  await shows('never-ran', 'Never ran')
  await shows('forgotten', 'Late', /missed 2[0-9] runs/, 'next in')
  // What went wrong is said before that nothing came after it.
  await shows('failed-and-forgotten', '4 of 4 failed', /missed 2[0-9] runs/)
  for (const name of ['just-made', 'asleep']) {
    await shows(name, 'Never ran')
    await expect(policyRow(page, name)).not.toContainText('missed')
  }
  await expect(policyRow(page, 'asleep')).not.toContainText('next in')
  await accessible()

  for (const [option, names] of [
    ['Late', ['failed-and-forgotten', 'forgotten']],
    ['Never ran', ['asleep', 'just-made', 'never-ran']],
    ['Partially failed', ['some-failed']],
    ['No matches', ['nothing-there']],
    ['Unknown', ['from-the-future']],
  ] as const) {
    await chooseLast(page, option)
    await expectNames(page, names)
    await expect(page.getByText(`1–${names.length} of ${names.length} (filtered from 11)`)).toBeVisible()
  }
  // The run itself is one press away.
  await chooseLast(page, 'Partially failed')
  await expectNames(page, ['some-failed'])
  const link = policyRow(page, 'some-failed').getByRole('link', { name: '3 of 40 failed' })
  await expect(link).toHaveAttribute('href', routes.replicationRun(own, 2, 2))
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
  await openList(page, own, '?page=6')
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

test('watch a run from the list: it moves by itself, and rests when the run has ended', async ({ page, place }) => {
  const repositories = ['web', 'api', 'worker', 'cron'].map((name) => ({ name, tags: ['1.0'] }))
  const own = await place({
    registries,
    namespaces: [{ name: 'library', repositories }],
    policies: [policy(1, 'release'), policy(2, 'other')],
  })
  await own.pace(60)
  await page.goto(routes.replication(own))
  await expect(policyRow(page, 'release')).toContainText('Never ran')
  await page.getByRole('checkbox', { name: 'Select release' }).check()
  await page.getByRole('button', { name: 'Run 1' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Run 1' }).click()
  await expect(policyRow(page, 'release')).toContainText('running now')
  await expect(policyRow(page, 'release')).toContainText('Running')
  await own.pace(0)
  await expect(policyRow(page, 'release')).toContainText('4 of 4', { timeout: 30_000 })
  await expect(policyRow(page, 'other')).toContainText('Never ran')
})

test('policies whose runs are long past still say how these went', async ({ page, place }) => {
  // More runs than the console reads of an instance at once, and one policy that ran before all of them.
  const busy = Array.from({ length: 1_100 }, (_, index) => run(index + 10, 1, 'Succeed'))
  const own = await place({
    registries,
    policies: [policy(1, 'busy'), policy(2, 'rare'), policy(3, 'never')],
    executions: [
      run(1, 2, 'Failed', { created_at: daysAgo(90), updated_at: daysAgo(90), succeed: 0, failed: 4 }),
      ...busy.map((each, index) => ({
        ...each,
        created_at: minutesAgo(2_000 - index),
        updated_at: minutesAgo(2_000 - index),
      })),
    ],
  })
  await page.goto(routes.replication(own))
  await expect(policyRow(page, 'busy')).toContainText('4 of 4')
  await expect(policyRow(page, 'rare')).toContainText('4 of 4 failed')
  await expect(policyRow(page, 'never')).toContainText('Never ran')
  await expect(page.getByText("Some last runs couldn't be loaded")).toBeHidden()
  const one = (await own.received('GET')).filter(({ query }) => query.policy_id !== undefined)
  expect(one.map(({ query }) => query.policy_id).sort()).toEqual(['2', '3'])
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
    await openMenu(page, 'alpha')
    await page.getByRole('menuitem', { name: 'Run now' }).click()
    await expect(page.getByRole('dialog', { name: 'Run alpha now?' })).toBeInViewport()
    await expectNoSidewaysScroll(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: /^Registries/ }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Registries' })).toBeVisible()
    await expectNoSidewaysScroll(page)
  })
})

test('a whole visit with the keyboard alone', async ({ page, place }) => {
  const own = await place({ registries, policies: [policy(1, 'alpha'), policy(2, 'beta')] })
  await page.goto(routes.replication(own))
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  const search = page.getByRole('searchbox')
  await expect(async () => {
    await page.keyboard.press('/')
    await expect(search).toBeFocused({ timeout: 200 })
  }).toPass()
  await page.keyboard.type('alpha')
  await expectNames(page, ['alpha'])

  const link = page.getByRole('link', { name: 'alpha' })
  const enabled = page.getByRole('switch', { name: 'Enable alpha' })
  const menu = page.getByRole('button', { name: 'Actions for alpha' })
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(link).toBeFocused({ timeout: 50 })
  }).toPass()
  await page.keyboard.press('Tab')
  await expect(enabled).toBeFocused()
  await page.keyboard.press('Space')
  await expect(enabled).not.toBeChecked()
  // Whoever pressed a switch is still there when it has moved.
  await expect(enabled).toBeFocused()
  await page.keyboard.press('Space')
  await expect(enabled).toBeChecked()

  const toDelete = () =>
    expect(async () => {
      await page.keyboard.press('End')
      await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused({ timeout: 200 })
    }).toPass()
  await page.keyboard.press('Tab')
  await expect(menu).toBeFocused()
  await page.keyboard.press('Enter')
  await toDelete()
  await page.keyboard.press('Escape')
  await expect(menu).toBeFocused()
  await page.keyboard.press('Enter')
  await toDelete()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Delete policy alpha?' })
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(menu).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(link).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'alpha' })).toBeVisible()
  expect(await own.received('DELETE')).toEqual([])
  expect(await own.received('PUT')).toHaveLength(2)
})
