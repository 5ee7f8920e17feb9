import { routes } from '@/lib/routes'
import { address } from './accounts'
import { expect, test } from './fixtures'
import { outside } from './outside'
import { policy, pullFrom, registry, run, withoutScripts } from './policies'

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
  })
  const answer = await page.goto(routes.replicationPolicy(own, 9))
  const html = withoutScripts((await answer?.text()) ?? '')
  for (const text of ['nightly', 'team/{web,api}', 'swr-paris', 'Every day at 02:30 UTC', '4 of 4'])
    expect(html).toContain(text)
  await expect(page.getByRole('heading', { level: 1, name: 'nightly' })).toBeVisible()
  const summary = page.getByRole('region', { name: 'Summary' })
  for (const text of ['Pulls fromswr-paris', 'Unhealthy', 'team/{web,api}', 'v?.*', 'mirror', 'Overwrite it'])
    await expect(summary).toContainText(text)
  await expect(page.getByRole('main')).toContainText('brings the night build')
  // One run is its own; the other belongs to another policy.
  const runs = page.getByRole('table', { name: 'Runs' })
  await expect(runs.getByRole('row')).toHaveCount(2)
  await expect(runs.getByRole('row').nth(1)).toContainText('schedule')
  await accessible()
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Replication policies' }).click()
  await expect(page).toHaveURL(routes.replication(own))
})

test('tell how each run ended, however SWR spells it', async ({ page, place, accessible }) => {
  const none = { total: 0, succeed: 0 }
  const spelled = [
    ['Succeed', {}, 'Succeeded'],
    ['success', {}, 'Succeeded'],
    ['Succeed', none, 'Finished, nothing matched'],
    ['Failed', { succeed: 0, failed: 4, status_text: 'dial tcp: i/o timeout' }, 'Failed'],
    ['ERROR', { ...none, status_text: 'failed to get registry 3: not found' }, 'Failed'],
    ['Failed', { succeed: 1, failed: 3 }, 'Partly failed'],
    ['Stopped', { succeed: 2, stopped: 2 }, 'Stopped'],
    ['InProgress', { succeed: 2, in_progress: 2 }, 'Running'],
    ['Pending', { succeed: 0, in_progress: 4 }, 'Running'],
    ['Hibernating', {}, 'Hibernating'],
  ] as const
  const executions = spelled.map(([status, more], at) => run(spelled.length - at, 1, status, more))
  const own = await place({ registries, policies: [policy(1, 'nightly')], executions })
  await page.goto(routes.replicationPolicy(own, 1))
  const rows = page.getByRole('table', { name: 'Runs' }).getByRole('row')
  await expect(rows).toHaveCount(spelled.length + 1)
  for (const [at, [, , word]] of spelled.entries())
    await expect(
      rows
        .nth(at + 1)
        .getByRole('cell')
        .nth(1),
    ).toContainText(word)
  await expect(rows.nth(4)).toContainText('dial tcp: i/o timeout')
  await expect(rows.nth(6)).toContainText('3 failed')

  // Nothing copied is neither green nor red.
  const colorOf = (word: string) =>
    page
      .getByText(word, { exact: true })
      .first()
      .evaluate((element) => getComputedStyle(element).color)
  const [good, nothing, bad] = await Promise.all(['Succeeded', 'Finished, nothing matched', 'Failed'].map(colorOf))
  expect(new Set([good, nothing, bad]).size).toBe(3)
  await accessible()
})

test('ask SWR again while a run moves, and no longer', async ({ page, place, request }) => {
  const own = await place({
    registries,
    namespaces: [{ name: 'library', repositories: [{ name: 'web', tags: ['1.0'] }] }],
    policies: [policy(1, 'nightly')],
  })
  await own.pace(15)
  await request.post(`/api/swr/default/v2/-/instances/${own.instance}/replication/executions`, {
    headers: { origin: address.console },
    data: { policy_id: 1 },
  })
  let asked = 0
  page.on('request', (sent) => {
    // It must not keep the session of whoever left the page open.
    if (sent.url().includes('/replication/executions') && sent.headers()['x-console-background']) asked += 1
  })
  await page.clock.install()
  await page.goto(routes.replicationPolicy(own, 1))
  const first = page.getByRole('table', { name: 'Runs' }).getByRole('row').nth(1)
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
  await page.getByRole('button', { name: 'Delete' }).click()
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
    await page.goto(routes.replicationPolicy(own, 77))
    const alert = page.getByRole('main').getByRole('alert')
    await expect(alert).toHaveCount(1)
    await expect(alert).toContainText('SWR does not have this')
    await expect(alert).toContainText('SWR.404001')
    await expect(page.getByRole('link', { name: 'Replication policies' })).toBeVisible()

    await page.goto(routes.replicationPolicy(own, 1))
    await expect(page.getByRole('heading', { level: 1, name: 'short-lived' })).toBeVisible()
    expect(await outside('replicationDelete', { instance_id: own.instance, policy_id: '1' })).toBe(204)
    // The switch finds it gone; the page then reads it again.
    await page.getByRole('switch', { name: 'Enable short-lived' }).click()
    await expect(alert).toContainText('This was deleted')
  })
})
