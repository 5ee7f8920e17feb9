import { readFile } from 'node:fs/promises'
import type { APIRequestContext, Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { address } from './accounts'
import { expect, looks, type Place, test } from './fixtures'
import { expectNoSidewaysScroll, minutesAgo, policy, registry, run, withoutScripts } from './policies'
import type { Content } from './sandbox'

const registries = [registry(3, 'frankfurt')]
const tags = (count: number, name: (at: number) => string) => Array.from({ length: count }, (_, at) => name(at))
const versions = (count: number) => tags(count, (at) => `v1.${at}`)

/** 500 tags in 14 repositories. The names of 37 of them are refused by the target: 31 and 6, for two reasons. */
const payments: Content = {
  registries,
  policies: [policy(1, 'payments-to-frankfurt', { filters: [{ type: 'name', value: 'payments/**' }] })],
  namespaces: [
    {
      name: 'payments',
      repositories: [
        { name: 'api', tags: [...tags(19, (at) => `fault-denied-${at}`), ...versions(20)] },
        { name: 'worker', tags: [...tags(12, (at) => `fault-denied-${at}`), ...versions(20)] },
        { name: 'eu/api', tags: [...tags(6, (at) => `fault-no-namespace-${at}`), ...versions(30)] },
        ...tags(10, (at) => `service-${at}`).map((name) => ({ name, tags: versions(35) })),
        { name: 'last', tags: versions(43) },
      ],
    },
  ],
}

const small: Content = {
  registries,
  policies: [policy(1, 'nightly')],
  namespaces: [
    {
      name: 'library',
      repositories: [
        { name: 'web', tags: versions(20) },
        { name: 'api', tags: versions(20) },
      ],
    },
  ],
}

/** Somebody else starts a run, or the schedule. */
const start = async (request: APIRequestContext, own: Place) => {
  const answer = await request.post(`/api/swr/default/v2/-/instances/${own.instance}/replication/executions`, {
    headers: { origin: address.console },
    data: { policy_id: 1 },
  })
  expect(answer.ok()).toBe(true)
}

const heading = (page: Page, id = 1) => page.getByRole('heading', { level: 1, name: `Run ${id}` })
const progress = (page: Page) => page.getByRole('region', { name: 'Progress by tags' })
const why = (page: Page) => page.getByRole('region', { name: 'Why tags failed' })
const tagTable = (page: Page) => page.getByRole('table', { name: 'Tags' })
const chip = (page: Page, name: string | RegExp) =>
  page.getByRole('group', { name: 'Filter by status' }).getByRole('button', { name })

test('watch a run of 500 tags to its end, understand why 37 of them failed, and send just these again', async ({
  page,
  place,
  request,
  accessible,
}) => {
  test.setTimeout(120_000)
  const own = await place(payments)
  await own.pace(1.5)
  await start(request, own)
  await page.goto(routes.replicationRun(own, 1, 1))
  await expect(heading(page)).toBeVisible()
  const bar = page.getByRole('progressbar', { name: 'Progress by tags' })
  await expect(progress(page)).toContainText('500 tags in 14 repositories')
  await expect(progress(page)).toContainText(/\d+ copying/)
  await expect(progress(page)).toContainText(/\d+ waiting/)
  await expect(page.getByText(/tags per second/)).toBeVisible()
  await expect(page.getByText(/about .* left/)).toBeVisible()
  // It goes on by itself, and says so to whoever cannot see it.
  const before = Number(await bar.getAttribute('aria-valuenow'))
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(before)
  await expect(page.getByText('Partially failed', { exact: true })).toBeVisible({ timeout: 60_000 })
  await expect(bar).toHaveAttribute('aria-valuetext', '463 copied, 37 failed')
  await expect(progress(page)).toContainText('Repositories: 11 of 14 copied, 3 failed')
  await expect(page.getByText(/took \d+ s/)).toBeVisible()

  const causes = why(page).getByRole('listitem')
  await expect(causes).toHaveCount(2)
  await expect(causes.nth(0)).toContainText('The target rejected the credential')
  await expect(causes.nth(0)).toContainText('31 tags in 2 repositories, first')
  await expect(causes.nth(0)).toContainText('401 unauthorized: authentication required')
  await expect(causes.nth(0).getByRole('link', { name: 'Open registry' })).toHaveAttribute(
    'href',
    routes.registry(own, 3),
  )
  await expect(causes.nth(1)).toContainText('Namespace not found on the target')
  await expect(causes.nth(1)).toContainText('6 tags in payments/eu/api')
  await expect(causes.nth(1).getByRole('link', { name: 'Edit policy' })).toHaveAttribute(
    'href',
    routes.replicationEdit(own, 1),
  )

  await chip(page, 'Failed 37').click()
  await expect(page).toHaveURL(/phase=failed/)
  await expect(page.getByText('1–20 of 37')).toBeVisible()
  await expect(tagTable(page).getByRole('row').nth(1)).toContainText(/payments\/.*fault-.*Failed/)
  await accessible()

  // Nothing moves any more: nobody asks for what it did.
  const asked = async () => (await own.received()).filter(({ path }) => path.endsWith('tasks')).length
  const settled = await asked()
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByText('21–37 of 37')).toBeVisible()
  expect(await asked()).toBe(settled)

  await own.pace(0)
  await page.getByRole('button', { name: 'Retry failed (37)' }).click()
  await expect(page.getByRole('dialog')).toContainText('37 tags in 3 repositories')
  await page.getByRole('dialog').getByRole('button', { name: 'Retry 37 items' }).click()
  const parts = page.getByRole('region', { name: 'Partial runs' })
  await expect(parts.getByText('Temporary policy deleted')).toHaveCount(3, { timeout: 60_000 })
  const made = (await own.received('POST')).filter(({ path }) => path.endsWith('/policies')).map(({ body }) => body)
  const tagsOf = (repository: string, from: string, count: number) =>
    expect.objectContaining({
      filters: [
        { type: 'name', value: repository },
        {
          type: 'tag',
          value: `{${tags(count, (at) => `${from}-${at}`)
            .sort()
            .join()}}`,
        },
      ],
    })
  expect(made).toHaveLength(3)
  expect(made).toContainEqual(tagsOf('payments/api', 'fault-denied', 19))
  expect(made).toContainEqual(tagsOf('payments/worker', 'fault-denied', 12))
  expect(made).toContainEqual(tagsOf('payments/eu/api', 'fault-no-namespace', 6))
})

test('go from a cause to its tags, narrow them down, and find the same view after a reload', async ({
  page,
  place,
  request,
}) => {
  const own = await place(payments)
  await own.pace(0)
  await start(request, own)
  await page.goto(routes.replicationRun(own, 1, 1))
  await why(page)
    .getByRole('link', { name: /Show these tags.*credential/ })
    .click()
  await expect(page.getByText('1–20 of 31')).toBeVisible()
  await page.getByRole('searchbox').fill('worker')
  await expect(page.getByText('1–12 of 12')).toBeVisible()
  await expect(page).toHaveURL(/q=worker/)
  await page.reload()
  await expect(page.getByText('1–12 of 12')).toBeVisible()
  await expect(chip(page, 'Failed 37')).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: /Remove filter Cause: The target rejected the credential/ }).click()
  await expect(page).not.toHaveURL(/cause=/)
  await page.goBack()
  await expect(page).toHaveURL(/cause=credential/)
  await page.getByRole('searchbox').fill('nothing is called so')
  await expect(page.getByText('No matching tags')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page.getByText('1–20 of 500')).toBeVisible()
})

test('see which repositories are behind it, and the tags of one', async ({ page, place, request, accessible }) => {
  const own = await place(payments)
  await own.pace(0)
  await start(request, own)
  await page.goto(routes.replicationRun(own, 1, 1))
  await page.getByRole('group', { name: 'Run details' }).getByRole('button', { name: 'Repositories' }).click()
  const table = page.getByRole('table', { name: 'Repositories' })
  await expect(table.getByRole('row')).toHaveCount(15)
  const api = table.getByRole('row').filter({ hasText: 'payments/eu/api' })
  await expect(api).toContainText('30 of 36')
  await expect(api).toContainText('6 failed')
  await chip(page, 'Failed 3').click()
  await expect(table.getByRole('row')).toHaveCount(4)
  await accessible()
  await api.getByRole('button', { name: 'payments/eu/api' }).click()
  await expect(tagTable(page)).toBeVisible()
  await expect(page.getByText('1–20 of 36')).toBeVisible()
  await expect(page).toHaveURL(/repository=payments/)
})

test('stop a run: it is stopping until SWR says that it has stopped', async ({ page, place, request, accessible }) => {
  const own = await place(small)
  await own.pace(60)
  await start(request, own)
  await page.goto(routes.replicationRun(own, 1, 1))
  await expect(page.getByText('Preparing', { exact: true })).toBeVisible()
  await expect(page.getByText('SWR is preparing this run')).toBeVisible()
  await own.pace(40)
  await expect(progress(page)).toContainText('5 copying', { timeout: 30_000 })
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Stop run 1?' })
  await expect(dialog).toContainText('Copied tags stay')
  await accessible()
  await dialog.getByRole('button', { name: 'Stop run' }).click()
  await expect(dialog).toBeHidden()
  expect((await own.received('PUT')).map(({ path }) => path.split('/').slice(-2).join('/'))).toEqual(['executions/1'])
  await expect(page.getByText('Stopping', { exact: true }).first()).toBeVisible()
  await expect(page.getByText(/requested a stop .*waiting for SWR/)).toBeVisible()
  await expect(page.getByText(/about .* left/)).toBeHidden()
  await expect(page.getByRole('button', { name: 'Stopping' })).toBeDisabled()
  await expect(progress(page)).toContainText('copying')
  await own.pace(1)
  await expect(page.getByText('Stopped', { exact: true }).first()).toBeVisible({ timeout: 30_000 })
  await expect(progress(page)).toContainText(/\d+ stopped/)
  await expect(progress(page)).not.toContainText('copying')
  await expect(page.getByRole('button', { name: /^(Stop|Stop again|Stopping)$/ })).toBeHidden()
  await page.goto(routes.audit())
  await expect(page.getByRole('table').getByText('Stop replication run').first()).toBeVisible()
})

test.describe('for whom looks only', () => {
  test.use({ role: 'viewer' })

  test('stopping is shown, cannot be pressed and says why', async ({ page, place, asAdmin }) => {
    const own = await place(small)
    await own.pace(600)
    await start(asAdmin, own)
    await page.goto(routes.replicationRun(own, 1, 1))
    const stop = page.getByRole('button', { name: 'Stop' })
    await expect(stop).toBeDisabled()
    await expect(stop).toHaveAccessibleDescription('Requires the Operator role')
  })
})

test.describe('a run that ends before it is stopped', () => {
  test.use({ expectedErrors: [/status of 400/] })

  test('SWR refuses, and the page shows how it ended', async ({ page, place, request }) => {
    const own = await place(small)
    await own.pace(60)
    await start(request, own)
    await page.goto(routes.replicationRun(own, 1, 1))
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await own.pace(0)
    const dialog = page.getByRole('dialog', { name: 'Stop run 1?' })
    await dialog.getByRole('button', { name: 'Stop run' }).click()
    await expect(dialog.getByRole('alert')).toContainText('replication execution 1 is not running')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByText('Succeeded', { exact: true })).toBeVisible()
    await expect(progress(page)).toContainText('40 copied')
  })
})

test('nothing matched is neither success nor failure, and says what to look at', async ({
  page,
  place,
  request,
  accessible,
}) => {
  const filters = [
    { type: 'name', value: 'libary/**' },
    { type: 'tag', value: 'v*' },
  ]
  const own = await place({ ...small, policies: [policy(1, 'nightly', { filters })] })
  await own.pace(0)
  await start(request, own)
  await page.goto(routes.replicationRun(own, 1, 1))
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { level: 2, name: 'No matches' })).toBeVisible()
  await expect(main).toContainText('libary/**')
  await expect(main).toContainText('v*')
  await expect(tagTable(page)).toBeHidden()
  await expect(main.getByRole('link', { name: 'Edit policy' })).toHaveAttribute('href', routes.replicationEdit(own, 1))
  await accessible()
})

test('a run that failed before it began says why, and where to mend it', async ({
  page,
  place,
  request,
  accessible,
}) => {
  const own = await place({ ...small, registries: [] })
  await own.pace(0)
  await start(request, own)
  await page.goto(routes.replicationRun(own, 1, 1))
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { name: 'The run failed before copying anything' })).toBeVisible()
  await expect(main).toContainText('failed to get registry 3: not found')
  await expect(main).toContainText('Select another registry in the policy.')
  await expect(main.getByRole('link', { name: 'Edit policy' })).toBeVisible()
  await expect(progress(page)).toBeHidden()
  await accessible()
})

const task = (id: number, status: string, more: Record<string, unknown> = {}) => ({
  id,
  execution_id: 1,
  src_resource: `library/app-${id}:[v1]`,
  dst_resource: `library/app-${id}:[v1]`,
  operation: 'copy',
  status,
  StatusRevision: id,
  start_time: minutesAgo(20),
  end_time: minutesAgo(19),
  ...more,
})
const subtask = (id: number, status: string, more: Record<string, unknown> = {}) => ({
  id,
  namespace: 'library',
  repository: `app-${id}`,
  tag: 'v1',
  digest: 'sha256:0',
  status,
  status_text: '',
  start_time: minutesAgo(20),
  end_time: minutesAgo(19),
  ...more,
})

test('whatever SWR writes is understood or shown as it is', async ({ page, place }) => {
  const spelled = [
    ['Initialized', 'Waiting'],
    ['Scheduled', 'Waiting'],
    ['Running', 'Copying'],
    ['SUCCESS', 'Copied'],
    ['Error', 'Failed'],
    ['Stopped', 'Stopped'],
    ['Hibernating', 'Hibernating'],
  ] as const
  const own = await place({
    ...small,
    executions: [run(1, 1, 'Dreaming', { total: 7, status_text: 'deep' })],
    tasks: { 1: spelled.map(([status], at) => task(at + 1, status)) },
    subtasks: Object.fromEntries(spelled.map(([status], at) => [at + 1, [subtask(at + 1, status, { flow: null })]])),
  })
  await page.goto(routes.replicationRun(own, 1, 1))
  await expect(page.getByText('Dreaming', { exact: true })).toBeVisible()
  await expect(page.getByText('deep', { exact: true })).toBeVisible()
  for (const [at, [, word]] of spelled.entries())
    await expect(
      tagTable(page)
        .getByRole('row')
        .filter({ hasText: `library/app-${at + 1}:v1` }),
    ).toContainText(word)
  await expect(why(page)).toContainText('No reason given by SWR')
  await chip(page, 'Unknown 1').click()
  await expect(tagTable(page).getByRole('row')).toHaveCount(2)
})

test('odd rows take nothing down, and that something is missing is said', async ({ page, place }) => {
  const own = await place({
    ...small,
    executions: [
      run(1, 1, 'Failed', { total: 3, succeed: 1, failed: 2 }),
      run(2, 1, 'Succeed', { total: 9, succeed: 9 }),
    ],
    tasks: { 1: [null, { status: 'Failed' }, task(3, 'Failed', { start_time: 'soon', end_time: 7 })] },
    subtasks: {
      3: [null, subtask(3, 'Failed', { status_text: 'worker 7 gave up', end_time: '0001-01-01T00:00:00Z' })],
    },
  })
  await page.goto(routes.replicationRun(own, 1, 1))
  await expect(page.getByText('Not all of this run could be loaded.')).toBeVisible()
  // SWR's own first words say more than that the reason is another one.
  await expect(why(page).getByRole('heading', { level: 3 })).toHaveText('worker 7 gave up')
  await expect(chip(page, 'Failed 1')).toHaveAttribute('aria-pressed', 'true')
  await expect(tagTable(page).getByRole('row')).toHaveCount(2)
  await chip(page, 'Failed 1').click()
  await expect(tagTable(page).getByRole('row')).toHaveCount(3)
  await page.reload()
  await expect(tagTable(page).getByRole('row')).toHaveCount(3)
  // SWR keeps the counters of a run longer than what it did.
  await page.goto(routes.replicationRun(own, 1, 2))
  await expect(page.getByRole('main')).toContainText('9 of 9 repositories copied')
})

test('take the failed tags along, as text and as JSON', async ({ page, place, request, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const own = await place(payments)
  await own.pace(0)
  await start(request, own)
  await page.goto(routes.replicationRunView(own, 1, 1, { phase: 'failed' }))
  const saved = async (name: string) => {
    const waiting = page.waitForEvent('download')
    await page.getByRole('link', { name }).click()
    const download = await waiting
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
  }
  const text = await saved('Download text')
  expect(text.name).toBe('run-1.txt')
  expect(text.text).toContain('Tags: 463 succeeded, 37 failed; in 14 repositories')
  expect(text.text.match(/^payments\/.*Failed.*$/gm)).toHaveLength(37)
  const json = await saved('Download JSON')
  expect(json.name).toBe('run-1.json')
  const { listed, failures }: { listed: unknown[]; failures: unknown[] } = JSON.parse(json.text)
  expect([listed.length, failures.length]).toEqual([37, 2])
  await page.getByRole('button', { name: 'Copy as text' }).click()
  await expect(page.getByRole('button', { name: 'Copied', exact: true })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
    '401 unauthorized: authentication required',
  )
})

test('come to a run from its policy, page by page, and go back to the same page', async ({ page, place }) => {
  const executions = tags(25, (at) => String(at + 1)).map((id) => run(Number(id), 1, 'Succeed'))
  const own = await place({ ...small, executions })
  await page.goto(routes.replicationPolicy(own, 1))
  const runs = page.getByRole('table', { name: 'Runs' })
  await expect(runs.getByRole('row')).toHaveCount(11)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page).toHaveURL(/page=2/)
  await expect(runs.getByRole('link', { name: '15', exact: true })).toBeVisible()
  expect((await own.received('GET')).filter(({ path }) => path.endsWith('/executions')).at(-1)?.query).toMatchObject({
    offset: '10',
    limit: '10',
    policy_id: '1',
  })
  await runs.getByRole('link', { name: '15', exact: true }).click()
  await expect(heading(page, 15)).toBeVisible()
  await page.goBack()
  await expect(runs.getByRole('link', { name: '15', exact: true })).toBeVisible()
  await expect(page).toHaveURL(/page=2/)
})

test('start a policy and follow the run from the notice', async ({ page, place }) => {
  const own = await place(small)
  await own.pace(600)
  await page.goto(routes.replicationPolicy(own, 1))
  await page.getByRole('button', { name: 'Run now' }).click()
  await page.getByRole('dialog', { name: 'Run nightly now?' }).getByRole('button', { name: 'Run now' }).click()
  await page.getByRole('button', { name: 'Open run' }).click()
  await expect(page).toHaveURL(routes.replicationRun(own, 1, 1))
  await expect(page.getByText('Preparing', { exact: true })).toBeVisible()
  await own.pace(0)
  await expect(progress(page)).toContainText('40 copied')
})

test.describe('a run that is not there', () => {
  test.use({ expectedErrors: [/status of 404/] })

  test('says so once, with the way back to its policy', async ({ page, place }) => {
    const own = await place({ ...small, executions: [run(1, 2, 'Succeed')] })
    expect((await page.goto(routes.replicationRun(own, 1, 1)))?.status()).toBe(404)
    await expect(page.getByRole('main').getByRole('alert')).toHaveCount(1)
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Not found in SWR')
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'nightly' }).click()
    await expect(page).toHaveURL(routes.replicationPolicy(own, 1))
  })
})

for (const look of looks)
  test.describe(`in ${look.locale}, ${look.colorScheme}`, () => {
    test.use({ ...look, viewport: { width: 360, height: 740 } })

    test('a run fits a phone, from the first HTML on', async ({ page, place, asAdmin, accessible }) => {
      const own = await place(payments)
      await own.pace(0)
      await start(asAdmin, own)
      const answer = await page.goto(routes.replicationRunView(own, 1, 1, { phase: 'failed' }))
      const html = withoutScripts((await answer?.text()) ?? '')
      for (const text of ['fault-denied-0', '401 unauthorized: authentication required', 'payments-to-frankfurt'])
        expect(html).toContain(text)
      await expectNoSidewaysScroll(page)
      await accessible()
    })
  })
