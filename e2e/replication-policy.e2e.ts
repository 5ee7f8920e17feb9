import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { outside } from './outside'
import { chooseAction, minutesAgo, openMenu, policy, pullFrom, pushTo, registry, run, withoutScripts } from './policies'
import { expectLines, expectRow, expectRows, expectTerms } from './rows'
import { runTable, start } from './runs'

const registries = [
  registry(3, 'harbor-frankfurt'),
  registry(4, 'swr-paris', { type: 'huawei-SWR', status: 'unhealthy' }),
]

test('read everything that a policy says, from the first HTML on', async ({ page, place, accessible }) => {
  const own = await place({
    registries,
    policies: [
      policy(9, 'nightly', {
        ...pullFrom(4),
        description: 'brings the night build',
        dest_namespace: 'mirror',
        filters: [
          { type: 'name', value: 'team/{web,api}' },
          { type: 'tag', value: 'v?.*' },
        ],
        trigger: { type: 'scheduled', trigger_settings: { cron: '0 30 2 * * *' } },
        override: true,
      }),
    ],
    executions: [run(1, 9, 'Succeed', { trigger: 'scheduled' }), run(2, 8, 'Failed')],
    deadSchedules: [9],
  })
  const answer = await page.goto(routes.replicationPolicy(own, 9))
  const html = withoutScripts((await answer?.text()) ?? '')
  for (const text of ['nightly', 'team/{web,api}', 'swr-paris', 'Every day at 02:30 UTC', '4 of 4'])
    expect(html).toContain(text)
  await expect(page.getByRole('heading', { level: 1, name: 'nightly' })).toBeVisible()
  await expectTerms(page.getByRole('region', { name: 'Summary' }), {
    Registry: 'Pulls from swr-paris Unhealthy',
    Filters: 'team/{web,api} v?.*',
    'Target namespace': 'mirror',
    'If the tag already exists': 'Overwrite',
  })
  await expect(page.getByRole('main')).toContainText('brings the night build')
  // One run is its own; the other belongs to another policy.
  await expectRows(runTable(page), [{ Run: '1', Status: 'Succeeded', Trigger: 'Scheduled', Repositories: '4 of 4' }])
  await accessible()
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Replication policies' }).click()
  await expect(page).toHaveURL(routes.replication(own))
})

test('tell how each run ended, however SWR spells it', async ({ page, place, accessible }) => {
  const none = { total: 0, succeed: 0 }
  const moving = { updated_at: minutesAgo(1) }
  const spelled = [
    ['Succeed', {}, 'Succeeded'],
    ['success', {}, 'Succeeded'],
    ['Succeed', none, 'No matches'],
    ['Failed', { succeed: 0, failed: 4, status_text: 'dial tcp: i/o timeout' }, 'Failed'],
    ['ERROR', { ...none, status_text: 'failed to get registry 3: not found' }, 'Failed'],
    ['Failed', { succeed: 1, failed: 3 }, 'Partially failed'],
    ['Stopped', { succeed: 2, stopped: 2 }, 'Stopped'],
    ['InProgress', { succeed: 2, in_progress: 2, ...moving }, 'Running'],
    ['Pending', { succeed: 0, in_progress: 4, ...moving }, 'Running'],
    ['InProgress', { succeed: 2, in_progress: 2 }, 'Stuck'],
    ['Hibernating', {}, 'Hibernating'],
  ] as const
  const executions = spelled.map(([status, more], at) => run(spelled.length - at, 1, status, more))
  const own = await place({ registries, policies: [policy(1, 'nightly')], executions })
  await page.goto(`${routes.replicationPolicy(own, 1)}?size=20`)
  await expectRows(
    runTable(page),
    spelled.map(([, , word], at) => ({ Run: String(spelled.length - at), Status: new RegExp(`^${word}`) })),
  )
  await expectRow(runTable(page), '8', { Status: 'Failed dial tcp: i/o timeout' })
  await expectRow(runTable(page), '6', { Repositories: '1 of 4 3 failed' })

  // Nothing copied is neither green nor red.
  const colorOf = (word: string) =>
    page
      .getByText(word, { exact: true })
      .first()
      .evaluate((element) => getComputedStyle(element).color)
  const [good, nothing, bad] = await Promise.all(['Succeeded', 'No matches', 'Failed'].map(colorOf))
  expect(new Set([good, nothing, bad]).size).toBe(3)
  await accessible()
})

test('say that a schedule passed without a run, as the list does', async ({ page, place, accessible }) => {
  const hourly = { trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 * * * *' } } }
  const yesterday = { created_at: minutesAgo(26 * 60), updated_at: minutesAgo(26 * 60 - 5), trigger: 'scheduled' }
  const own = await place({
    registries,
    policies: [
      policy(1, 'forgotten', { ...hourly, updated_at: minutesAgo(72 * 60) }),
      policy(2, 'kept', { ...hourly, updated_at: minutesAgo(5) }),
    ],
    executions: [run(1, 1, 'Succeed', yesterday)],
    deadSchedules: [1],
  })
  await page.goto(routes.replicationPolicy(own, 1))
  const missed = page.getByText(/^2[0-9] scheduled runs are missing since .+ run it now\.$/)
  await expect(missed).toBeVisible()
  await accessible()
  await page.goto(routes.replicationPolicy(own, 2))
  await expect(page.getByRole('heading', { level: 1, name: 'kept' })).toBeVisible()
  await expect(page.getByText('missing since')).toHaveCount(0)
})

test('ask SWR again while a run moves, and no longer', async ({ page, place, request }) => {
  const own = await place({
    registries,
    namespaces: [{ name: 'library', repositories: [{ name: 'web', tags: ['1.0'] }] }],
    policies: [policy(1, 'nightly')],
  })
  await own.pace(600)
  await start(request, own)
  let asked = 0
  page.on('request', (sent) => {
    // It must not keep the session of whoever left the page open.
    if (sent.url().includes('/replication/executions') && sent.headers()['x-console-background']) asked += 1
  })
  await page.clock.install()
  await page.goto(routes.replicationPolicy(own, 1))
  const first = runTable(page).getByRole('row').nth(1)
  await expect(first).toContainText('Running')
  const askedAfterThreeSeconds = (times: number) =>
    expect(async () => {
      await page.clock.fastForward(3000)
      expect(asked).toBeGreaterThanOrEqual(times)
    }).toPass()
  await askedAfterThreeSeconds(1)
  await askedAfterThreeSeconds(2)
  await own.pace(0)
  await expect(async () => {
    await page.clock.fastForward(3000)
    await expect(first).toContainText('Succeeded', { timeout: 1000 })
  }).toPass()
  const before = asked
  for (const _minute of [1, 2, 3, 4, 5]) await page.clock.fastForward(60_000)
  // Whatever was asked before this has been seen.
  await page.evaluate(() => fetch('/api/health').then((answer) => answer.text()))
  expect(asked).toBe(before)
})

test('delete a policy from its own page', async ({ page, place }) => {
  const own = await place({ registries, policies: [policy(1, 'old'), policy(2, 'kept')] })
  await page.goto(routes.replicationPolicy(own, 1))
  await chooseAction(page, 'old', 'Delete')
  await page.getByRole('dialog', { name: 'Delete policy old?' }).getByRole('button', { name: 'Delete' }).click()
  await expect(page).toHaveURL(routes.replication(own))
  await expect(page.getByText('old was deleted')).toBeVisible()
  await expect(page.getByRole('link', { name: 'kept' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'old', exact: true })).toBeHidden()
})

test.describe('a policy that is not there', () => {
  test.use({ expectedErrors: [/status of (404|409)/] })

  test('one that never was and one that was deleted meanwhile are told apart', async ({ page, place }) => {
    const own = await place({ registries, policies: [policy(1, 'short-lived')] })
    expect((await page.goto(routes.replicationPolicy(own, 77)))?.status()).toBe(404)
    const alert = page.getByRole('main').getByRole('alert')
    await expect(alert).toHaveCount(1)
    await expect(alert).toContainText('Not found in SWR')
    await expect(alert).toContainText('SWR.404001')
    await expect(alert.getByRole('link', { name: 'All replication policies' })).toBeVisible()

    await page.goto(routes.replicationPolicy(own, 1))
    await expect(page.getByRole('heading', { level: 1, name: 'short-lived' })).toBeVisible()
    expect(await outside('replicationDelete', { instance_id: own.instance, policy_id: '1' })).toBe(204)
    // The switch finds it gone; the page then reads it again.
    await page.getByRole('switch', { name: 'Enable short-lived' }).click()
    await expect(page.getByRole('main')).toContainText('short-lived was deleted outside of this console')
    await expect(page.getByRole('link', { name: 'Recreate' })).toBeVisible()
  })
})

test.describe('what a policy does, in words', () => {
  const scheduled = policy(1, 'nightly', {
    filters: [
      { type: 'name', value: 'library/**' },
      { type: 'tag', value: 'v*' },
    ],
    trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } },
  })

  test('one sentence says what is pushed where and when', async ({ page, place }) => {
    const own = await place({ registries, policies: [scheduled] })
    await page.goto(routes.replicationPolicy(own, 1))
    const summary = page.getByRole('region', { name: 'Summary' })
    await expect(summary).toContainText('Pushes library/** tagged v* to harbor-frankfurt every day at 02:00 UTC.')
    await expect(summary).toContainText('Existing tags with different content are skipped.')
    await expect(summary).toContainText('Next run')
  })

  test('what a sentence cannot say it says so of', async ({ page, place }) => {
    const own = await place({
      registries,
      policies: [
        policy(2, 'odd', {
          ...pullFrom(4),
          filters: [
            { type: 'name', value: 'a/**' },
            { type: 'label', value: 'gold' },
          ],
          dest_namespace: 'mirror',
          trigger: { type: 'event_based' },
          override: true,
          enabled: false,
        }),
      ],
    })
    await page.goto(routes.replicationPolicy(own, 2))
    const summary = page.getByRole('region', { name: 'Summary' })
    await expect(summary).toContainText('Pulls what its filters match from swr-paris into mirror, but never runs.')
    await expect(summary).toContainText('are overwritten. It is disabled')
  })

  test.describe('in Chinese', () => {
    test.use({ locale: 'zh-CN' })

    test('the sentence has the order of that language', async ({ page, place }) => {
      const own = await place({ registries, policies: [scheduled] })
      await page.goto(routes.replicationPolicy(own, 1))
      await expect(page.getByRole('main')).toContainText(
        '每天 02:00（UTC），将 library/** 的镜像版本 v* 推送到 harbor-frankfurt。',
      )
    })
  })
})

test('take a policy along as curl, JSON and Terraform', async ({ page, context, place, accessible }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  const own = await place({ registries, policies: [policy(7, 'nightly', { description: "it's mine" })] })
  await page.goto(routes.replicationPolicy(own, 7))
  await chooseAction(page, 'nightly', 'Show as code')
  const code = page.getByRole('dialog', { name: 'nightly as code' })
  const curl = code.getByRole('region', { name: 'curl' })
  await expect(curl).toContainText(
    `"https://swr-api.cn-north-4.myhuaweicloud.com/v2/$PROJECT_ID/instances/${own.instance}/replication/policies/7"`,
  )
  await expect(curl).toContainText('"X-Auth-Token: $TOKEN"')
  await accessible()
  await code.getByRole('radio', { name: 'JSON' }).check()
  await code.getByRole('button', { name: 'Copy' }).click()
  await expect(code.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(JSON.parse(await copied())).toMatchObject({
    name: 'nightly',
    description: "it's mine",
    dest_registry: { id: 3 },
  })
  await code.getByRole('radio', { name: 'Terraform' }).check()
  await expect(code.getByRole('region', { name: 'Terraform' })).toContainText(
    'resource "huaweicloud_swr_enterprise_replication_policy" "nightly" {',
  )
  await code.getByRole('button', { name: 'Copy import' }).click()
  await expect
    .poll(copied)
    .toBe(`terraform import huaweicloud_swr_enterprise_replication_policy.nightly ${own.instance}/7`)
})

test('duplicate a policy: the same under a free name, disabled until it was looked at', async ({ page, place }) => {
  const own = await place({
    registries,
    policies: [policy(1, 'nightly', { override: true, dest_namespace: 'mirror' }), policy(2, 'nightly-copy')],
  })
  await page.goto(routes.replicationPolicy(own, 1))
  await openMenu(page, 'nightly')
  await page.getByRole('menuitem', { name: 'Duplicate', exact: true }).click()
  await expect(page.getByText('Copied from nightly')).toBeVisible()
  await expect(page.getByRole('textbox', { name: /^Name/ })).toHaveValue('nightly-copy-2')
  await page.getByRole('button', { name: 'Review and create' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Create policy' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'nightly-copy-2' })).toBeVisible()
  const [made] = await own.received('POST')
  expect(made?.body).toMatchObject({
    name: 'nightly-copy-2',
    dest_registry: { id: 3 },
    dest_namespace: 'mirror',
    override: true,
    enabled: false,
  })
})

test.describe('duplicate to several registries', () => {
  test.use({ expectedErrors: [/status of 409/] })

  test('one is refused in the middle: the others are made, and it can be sent again', async ({ page, place }) => {
    const all = [...registries, registry(5, 'suzhou')]
    const own = await place({ registries: all, policies: [policy(1, 'nightly'), policy(2, 'mirror-suzhou')] })
    await page.goto(routes.replicationPolicy(own, 1))
    await chooseAction(page, 'nightly', 'Duplicate to registries…')
    const dialog = page.getByRole('dialog', { name: 'Duplicate nightly to registries' })
    await expect(dialog.getByRole('button', { name: 'Create policies' })).toHaveAttribute('aria-disabled', 'true')
    await dialog.getByRole('textbox', { name: 'Name pattern' }).fill('mirror-{registry}')
    for (const name of [/^harbor-frankfurt/, /^suzhou/, /^swr-paris/])
      await dialog.getByRole('checkbox', { name }).check()
    await dialog.getByRole('button', { name: 'Create 3 policies' }).click()
    const results = dialog.getByRole('list', { name: 'Results by registry' }).getByRole('listitem')
    await expectLines(results, [
      ['mirror-harbor-frankfurt', 'Created'],
      ['mirror-suzhou', 'Not created', /already exists/],
      ['mirror-swr-paris', 'Created'],
    ])

    expect(await outside('replicationDelete', { instance_id: own.instance, policy_id: '2' })).toBe(204)
    await dialog.getByRole('button', { name: 'Retry 1 failed' }).click()
    await expect(dialog.getByRole('link')).toHaveCount(3)
    const bodies = (await own.received('POST')).map(({ body }) => body)
    expect(bodies).toHaveLength(4)
    expect(bodies[3]).toMatchObject({ name: 'mirror-suzhou', dest_registry: { id: 5 }, enabled: false })
    await dialog.getByRole('link', { name: 'mirror-swr-paris' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'mirror-swr-paris' })).toBeVisible()
  })
})

test('more copies than the quota allows are not begun', async ({ page, place }) => {
  const own = await place({ registries, policies: [policy(1, 'nightly')], statistics: { replica_policy_quota: 2 } })
  await page.goto(routes.replicationPolicy(own, 1))
  await chooseAction(page, 'nightly', 'Duplicate to registries…')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('1 more policy fits in the quota of 2')
  for (const name of [/^harbor-frankfurt/, /^swr-paris/]) await dialog.getByRole('checkbox', { name }).check()
  const create = dialog.getByRole('button', { name: 'Create 2 policies' })
  await expect(create).toHaveAccessibleDescription('Exceeds the quota')
  await create.press('Enter')
  expect(await own.received('POST')).toEqual([])
  await dialog.getByRole('checkbox', { name: /^swr-paris/ }).uncheck()
  await dialog.getByRole('button', { name: 'Create 1 policy' }).click()
  await expect(dialog.getByRole('link', { name: 'nightly-harbor-frankfurt' })).toBeVisible()
})

test('deleting tells what ends, what is under way and what else copies there', async ({ page, place, request }) => {
  const own = await place({
    registries,
    namespaces: [{ name: 'library', repositories: [{ name: 'web', tags: ['1.0'] }] }],
    policies: [
      policy(1, 'nightly', { trigger: { type: 'event_based' } }),
      policy(2, 'weekly'),
      policy(3, 'elsewhere', pushTo(4)),
    ],
  })
  await own.pace(600)
  await start(request, own)
  await page.goto(routes.replicationPolicy(own, 1))
  await chooseAction(page, 'nightly', 'Delete')
  const dialog = page.getByRole('dialog', { name: 'Delete policy nightly?' })
  await expect(dialog).toContainText('Pushes to this instance are no longer copied to harbor-frankfurt.')
  await expect(dialog).toContainText('1 run is in progress.')
  await expect(dialog).toContainText('1 other policy copies between this instance and harbor-frankfurt')
  await expect(dialog.getByRole('link')).toHaveText(['weekly'])
})

test.describe('a viewer', () => {
  test.use({ role: 'viewer' })

  test('may take a policy along as code, and reads why it cannot be duplicated', async ({ page, place }) => {
    const own = await place({ registries, policies: [policy(1, 'nightly')] })
    await page.goto(routes.replicationPolicy(own, 1))
    await openMenu(page, 'nightly')
    const duplicate = page.getByRole('menuitem', { name: /^Duplicate(?! to)/ })
    await expect(duplicate).toHaveAttribute('aria-disabled', 'true')
    await expect(duplicate).toContainText('Requires the Admin role')
    await expect(page.getByRole('menuitem', { name: /^Duplicate to registries/ })).toHaveAttribute(
      'aria-disabled',
      'true',
    )
    await page.getByRole('menuitem', { name: 'Show as code' }).click()
    await expect(page.getByRole('dialog', { name: 'nightly as code' })).toBeVisible()
  })
})
