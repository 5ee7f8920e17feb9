import { routes } from '@/lib/routes'
import { address } from './accounts'
import { expect, test } from './fixtures'
import {
  again,
  content,
  denied,
  dialog,
  failedRun,
  id,
  openFailed,
  openPart,
  part,
  parts,
  retryFailed,
  tagResult,
  told,
} from './partial-runs'
import { expectNoSidewaysScroll, openMenu, policiesMade, policy, policyTable, registry } from './policies'
import { expectRow } from './rows'
import { tagTable } from './runs'

test.describe('an operator', () => {
  test.use({ role: 'operator' })

  test('runs again only what failed, watches it to the end, and still finds the results when all traces in SWR are gone', async ({
    page,
    place,
    sandbox,
    accessible,
  }) => {
    const own = await place(content())
    await own.pace(600)
    await openFailed(page, own)
    await expect(again(page)).toHaveText('Retry failed (3)')
    await again(page).click()
    await expect(dialog(page)).toContainText('3 tags in 2 repositories')
    await expect(dialog(page)).toContainText('payments/team/worker')
    await expect(dialog(page)).toContainText('2 temporary policies')
    await expect(dialog(page)).toContainText('Replication policy quota: 1 of 200 used, 199 left.')
    await accessible()
    await dialog(page).getByRole('button', { name: 'Retry 3 items' }).click()
    await expect(dialog(page)).toHaveCount(0)

    await expect(parts(page)).toContainText('Failed tags retried')
    await expect(parts(page)).toContainText('0 of 2 repositories done')
    // It cannot be sent a second time meanwhile.
    await expect(again(page)).toHaveAccessibleDescription('Retry in progress')
    await expect(part(page, 'payments/team/worker')).toContainText('Running')
    await own.pace(0)
    await expect(part(page, 'payments/team/worker')).toContainText('Succeeded')
    await expect(part(page, 'payments/team/worker')).toContainText('Temporary policy deleted')
    await expect(part(page, 'payments/api')).toContainText('Temporary policy deleted')
    await expect(parts(page)).toContainText('2 of 3 tags copied')

    const made = await policiesMade(own)
    expect(made).toHaveLength(2)
    expect(made).toContainEqual(
      expect.objectContaining({
        name: expect.stringMatching(/^console-run-[0-9a-f]{12}-0$/),
        trigger: { type: 'manual' },
        filters: [
          { type: 'name', value: 'payments/api' },
          { type: 'tag', value: '{fault-denied-1,v1.0}' },
        ],
      }),
    )
    expect((await told(own)).sort()).toEqual([
      'DELETE {id}',
      'DELETE {id}',
      'POST executions',
      'POST executions',
      'POST policies',
      'POST policies',
    ])
    expect((await sandbox.stored(own.instance)).policies).toHaveLength(1)

    await page.reload()
    await expect(part(page, 'payments/api')).toContainText('fault-denied-1 failed')
    // Only what still fails is left to be sent again.
    await expect(again(page)).toHaveText('Retry failed (1)')
    await expect(part(page, 'payments/api')).toContainText(denied)
    await expect(part(page, 'payments/api')).toContainText('Partially failed')
    await page.goto(routes.replicationPolicy(own, id))
    await expect(parts(page)).toContainText('Failed tags of run 12 retried')
    await expect(part(page, 'payments/team/worker')).toContainText('v1.0 copied')
    await accessible()
  })

  test('finds no room in the quota, reads why, and runs the whole policy instead', async ({ page, place }) => {
    const own = await place(content({ statistics: { replica_policy_quota: 1 } }))
    await own.pace(0)
    await openFailed(page, own)
    await again(page).click()
    await expect(dialog(page).getByRole('alert')).toHaveText(
      'Replication policy quota reached: 1 of 1 used. A partial run needs a free slot for a temporary policy.',
    )
    await expect(dialog(page).getByRole('button', { name: /^Retry \d/ })).toHaveCount(0)
    await dialog(page).getByRole('button', { name: 'Run whole policy' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Run 13' })).toBeVisible()
    expect(await told(own)).toEqual(['POST executions'])
  })

  test('stops a part on its own page; its parent says so and the short-lived policy goes', async ({
    page,
    place,
    sandbox,
  }) => {
    const own = await place(content())
    await own.pace(60)
    await retryFailed(page, own)
    await part(page, 'payments/team/worker')
      .getByRole('link', { name: /^Run \d+$/ })
      .click()
    await expect(page.getByText('Partial run of failed tags from run 12 of payments-to-frankfurt')).toBeVisible()
    await page.getByRole('button', { name: 'Stop' }).click()
    await dialog(page).getByRole('button', { name: 'Stop run' }).click()
    await expect(dialog(page)).toHaveCount(0)
    await own.pace(0)
    await page.getByRole('link', { name: 'run 12' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Run 12' })).toBeVisible()
    await expect(part(page, 'payments/team/worker')).toContainText('Stopped')
    await expect(part(page, 'payments/team/worker')).toContainText('Temporary policy deleted')
    await expect.poll(async () => (await sandbox.stored(own.instance)).policies?.length).toBe(1)
  })
})

test('what cannot be said is left out and named; what failed as a whole is run as a whole', async ({ page, place }) => {
  const own = await place(
    content({
      policies: [policy(id, 'payments-to-frankfurt', { filters: [{ type: 'name', value: 'payments/**' }] })],
      tasks: {
        [failedRun]: [
          { id: 1, status: 'Failed', src_resource: 'payments/api [3 item(s) in total]' },
          { id: 2, status: 'Failed', src_resource: 'payments/api [1 item(s) in total]', operation: 'deletion' },
          { id: 3, status: 'Failed', src_resource: 'payments/team/worker [2 item(s) in total]' },
        ],
      },
      subtasks: { 1: [tagResult(1, 'api', 'v1.0'), tagResult(2, 'api', '')], 2: [tagResult(3, 'api', 'old')], 3: [] },
    }),
  )
  await own.pace(0)
  await openFailed(page, own)
  await again(page).click()
  await expect(dialog(page)).toContainText('1 tag and 1 whole repository in 2 repositories')
  await expect(dialog(page)).toContainText("1 untagged image, which a tag filter can't select: payments/api")
  await expect(dialog(page)).toContainText('1 deletion on the target, never repeated as a copy: payments/api:old')
  await dialog(page).getByRole('button', { name: 'Retry 2 items' }).click()
  await expect(part(page, 'payments/team/worker')).toContainText('Succeeded')
  const made = await policiesMade(own)
  expect(made).toContainEqual(expect.objectContaining({ filters: [{ type: 'name', value: 'payments/team/worker' }] }))
  await expectRow(tagTable(page), 'payments/api:v1.0', { Status: 'Failed copied later by a partial run' })
  await expectRow(tagTable(page), 'payments/api:old', { Status: 'Deletion failed' })
})

test('a run of a part is cancelled as a whole, and nothing of it stays in SWR', async ({
  page,
  place,
  sandbox,
  accessible,
}) => {
  const own = await place(content())
  await own.pace(60)
  await retryFailed(page, own)
  await expect(part(page, 'payments/team/worker').getByRole('link', { name: /^Run \d+$/ })).toBeVisible()
  await parts(page).getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog(page)).toContainText('2 repositories have not been copied yet.')
  await accessible()
  await dialog(page).getByRole('button', { name: 'Cancel partial run' }).click()
  await expect(dialog(page)).toHaveCount(0)
  await expect(parts(page)).toContainText('Cancelled by')
  await expect(parts(page).getByRole('button', { name: 'Cancel' })).toHaveCount(0)
  await expect(part(page, 'payments/team/worker')).toContainText('Temporary policy deleted')
  await expect.poll(async () => (await sandbox.stored(own.instance)).policies?.length).toBe(1)
})

test.describe('a viewer', () => {
  test.use({ role: 'viewer' })

  test('sees that an operator could run it again, and cannot', async ({ page, place, request }) => {
    const own = await place(content())
    await openFailed(page, own)
    await expect(again(page)).toBeDisabled()
    await expect(again(page)).toHaveAccessibleDescription('Requires the Operator role')
    await again(page).focus()
    await page.keyboard.press('Enter')
    await expect(dialog(page)).toHaveCount(0)
    await page.goto(routes.replicationPolicy(own, id))
    await expect(page.getByRole('button', { name: 'Run selected…' })).toHaveAccessibleDescription(
      'Requires the Operator role',
    )
    const answer = await request.post(`/api/console/instances/default/${own.instance}/replication/${id}/partial-runs`, {
      headers: { origin: address.console },
      data: { execution: failedRun },
    })
    expect(answer.status()).toBe(403)
    expect(await told(own)).toEqual([])
  })
})

test('a disabled policy says that nothing of it can be run', async ({ page, place }) => {
  const [enabled] = content().policies ?? []
  const own = await place(content({ policies: [{ id, ...enabled, enabled: false }] }))
  await openFailed(page, own)
  await expect(again(page)).toHaveAccessibleDescription('The policy is disabled')
})

test('the audit log names who ran it again, and what was made, started and removed for that', async ({
  page,
  place,
}) => {
  const own = await place(content())
  await own.pace(0)
  await retryFailed(page, own)
  await expect(parts(page)).toContainText('2 of 3 tags copied')
  await page.goto(routes.auditView({ connection: own.connection, instance: own.instance }))
  const rows = page.getByRole('table', { name: 'Audit log entries' }).getByRole('row')
  await expect(rows.filter({ hasText: 'ada@team.example' })).toHaveCount(7)
  await expect(rows.filter({ hasText: 'payments-to-frankfurt' }).first()).toBeVisible()
  await expect(rows.filter({ hasText: /console-run-[0-9a-f]{12}-0/ })).toHaveCount(3)
  // Nobody wants them back.
  await page.goto(routes.replicationDeleted(own))
  await expect(page.getByRole('heading', { level: 1, name: 'Deleted policies' })).toBeVisible()
  await expect(page.getByText(/console-run-/)).toHaveCount(0)
})

test('a short-lived policy that was left behind is recognisable in the list and not to be edited', async ({
  page,
  place,
}) => {
  const name = 'console-run-0123456789ab-0'
  const own = await place({ registries: [registry(3, 'frankfurt')], policies: [policy(8, name)] })
  await page.goto(routes.replication(own))
  await expectRow(policyTable(page), name, { Name: new RegExp(`^${name} Temporary\\b`) })
  await openMenu(page, name)
  for (const act of ['Run now', 'Run selected…', 'Edit'])
    await expect(page.getByRole('menuitem', { name: new RegExp(`^${act}`) })).toBeDisabled()
  await expect(page.getByRole('menuitem', { name: 'Delete', exact: true })).toBeEnabled()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 800 } })

  test('both dialogs and the results fit', async ({ page, place, accessible }) => {
    const own = await place(content())
    await own.pace(0)
    await openFailed(page, own)
    await again(page).click()
    await expectNoSidewaysScroll(page)
    await dialog(page).getByRole('button', { name: 'Retry 3 items' }).click()
    await expect(parts(page)).toContainText('2 of 3 tags copied')
    await expectNoSidewaysScroll(page)
    await openPart(page, own)
    await dialog(page).getByRole('option', { name: 'payments/api 3 tags' }).click()
    await expect(dialog(page).getByRole('listbox', { name: 'Tags of payments/api' }).getByRole('option')).toHaveCount(3)
    await expectNoSidewaysScroll(page)
    await accessible()
  })
})
