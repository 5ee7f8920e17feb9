import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { untilAlive } from './alive'
import { expect, type Place, test } from './fixtures'
import { expectNames, expectNoSidewaysScroll, policy, policyRow, policyTable, pushTo, registry } from './policies'
import { putPolicy } from './policy-requests'

const registries = [registry(3, 'harbor-frankfurt')]
const names = (count: number) => Array.from({ length: count }, (_, at) => `policy-${String(at + 1).padStart(2, '0')}`)
const policies = (count: number, more: Record<string, unknown> = {}) =>
  names(count).map((name, at) => policy(at + 1, name, more))

const choose = (page: Page, name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check()
const bar = (page: Page) => page.getByRole('region', { name: 'Selected policies' })
const act = (page: Page, name: string) => bar(page).getByRole('button', { name, exact: true }).click()
const confirm = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click()
const panel = (page: Page, name: RegExp) => page.getByRole('region', { name })
const result = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Results' }).getByRole('listitem').filter({ hasText: name })
const idsOf = async (own: Place, method: string) =>
  (await own.received(method)).map(({ path }) => Number(path.split('/').at(-1))).sort((a, b) => a - b)

test('disable several policies at once and enable them again; nothing else of them changes', async ({
  page,
  place,
  accessible,
  sandbox,
}) => {
  const kept = { description: 'kept', dest_namespace: 'mirror', override: true, speed: -1 }
  const own = await place({
    registries,
    policies: [policy(1, 'alpha', kept), policy(2, 'beta', kept), policy(3, 'gamma', { enabled: false })],
  })
  await page.goto(routes.replication(own))
  await expect(bar(page)).toBeHidden()
  await choose(page, 'alpha')
  await choose(page, 'gamma')
  await expect(bar(page)).toContainText('2 selected')
  await choose(page, 'beta')
  await accessible()
  await act(page, 'Disable 3')
  const dialog = page.getByRole('dialog', { name: 'Disable 3 policies?' })
  await expect(dialog.getByRole('listitem')).toHaveText(['alpha', 'gamma', 'beta'])
  await expect(dialog).toContainText("1 policy is already disabled and won't change.")
  await accessible()
  await confirm(page, 'Disable 3')
  // All is well: one line, and what happened to each on demand.
  const disabled = panel(page, /^3 disabled$/)
  await expect(disabled).toBeFocused()
  await expect(page.getByRole('list', { name: 'Results' })).toHaveCount(0)
  await disabled.getByRole('button', { name: 'Details' }).click()
  await expect(result(page, 'gamma')).toContainText('Already disabled')
  await expect(bar(page)).toBeHidden()
  for (const name of ['alpha', 'beta', 'gamma'])
    await expect(page.getByRole('switch', { name: `Enable ${name}` })).not.toBeChecked()
  expect(await idsOf(own, 'PUT')).toEqual([1, 2])
  await accessible()

  await choose(page, 'alpha')
  await choose(page, 'beta')
  await act(page, 'Enable 2')
  await confirm(page, 'Enable 2')
  const enabled = panel(page, /^2 enabled$/)
  await expect(enabled).toBeVisible()
  // The results of before are still there: nobody has read them yet.
  await disabled.getByRole('button', { name: 'Dismiss' }).click()
  await expect(disabled).toHaveCount(0)
  await expect(enabled).toBeVisible()
  const stored = async () => (await sandbox.stored(own.instance)).policies
  expect((await stored())?.[0]).toMatchObject({ ...kept, enabled: true })

  await enabled.getByRole('button', { name: 'Undo' }).click()
  await expect(panel(page, /^2 disabled$/)).toBeVisible()
  await expect(enabled).toHaveCount(0)
  expect((await stored())?.[0]).toMatchObject({ ...kept, enabled: false })
})

test('choose all that fit a filter, across pages, and keep the choice while paging', async ({ page, place }) => {
  const own = await place({ registries: [...registries, registry(4, 'harbor-paris')], policies: policies(25) })
  await page.goto(`${routes.replication(own)}?size=10&sort=name&order=asc`)
  await untilAlive(page)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
  await expect(bar(page)).toContainText('10 selected')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(policyRow(page, 'policy-11')).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'Select all on this page' })).not.toBeChecked()
  await choose(page, 'policy-12')
  await expect(bar(page)).toContainText('11 selected')
  await page.getByRole('button', { name: 'Previous' }).click()
  await expect(page.getByRole('checkbox', { name: 'Select policy-03' })).toBeChecked()
  await page.getByRole('searchbox').fill('policy-2')
  await expect(page.getByText('1–6 of 6 (filtered from 25)')).toBeVisible()
  await act(page, 'Clear selection')
  await choose(page, 'policy-25')
  await act(page, 'Select all 6 matching')
  await expect(bar(page)).toContainText('6 selected')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page.getByText('1–10 of 25')).toBeVisible()
  await act(page, 'Select all 25 matching')
  await expect(bar(page)).toContainText('25 selected')
  await act(page, 'Disable 25')
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(25)
  await confirm(page, 'Disable 25')
  await expect(panel(page, /^25 disabled$/)).toBeVisible()
  expect(await idsOf(own, 'PUT')).toEqual(Array.from({ length: 25 }, (_, at) => at + 1))
})

test.describe('when some are refused', () => {
  test.use({ expectedErrors: [/status of 4\d\d/] })

  test('a bulk delete with one refusal in the middle: the others go, and it is sent again', async ({
    page,
    place,
    request,
    accessible,
  }) => {
    const own = await place({ registries, policies: policies(8) })
    await page.goto(`${routes.replication(own)}?sort=name&order=asc`)
    await untilAlive(page)
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
    // A colleague changes one of them after it was chosen.
    const {
      id: _id,
      created_at: _created,
      updated_at: _updated,
      src_registry: _source,
      ...body
    } = policy(4, 'policy-04')
    expect((await putPolicy(request, own, 4, { ...body, description: 'do not delete' })).status()).toBe(200)

    await act(page, 'Delete 8')
    const dialog = page.getByRole('dialog', { name: 'Delete 8 policies?' })
    await expect(dialog).toContainText('You can recreate the policies from Deleted policies')
    await expect(dialog.getByRole('listitem')).toHaveText(names(8))
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('moved to the new registry')
    await confirm(page, 'Delete 8')
    const results = panel(page, /Deleted: 7 of 8/)
    await expect(results).toContainText('1 rejected')
    await expect(page.getByRole('list', { name: 'Results' }).getByRole('listitem').first()).toContainText(
      /policy-04.*Rejected.*Changed since you selected it/,
    )
    await expectNames(page, ['policy-04'])
    expect(await idsOf(own, 'DELETE')).toEqual([1, 2, 3, 5, 6, 7, 8])
    await accessible()

    // The result outlives the page.
    await page.getByRole('link', { name: 'Deleted policies' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Deleted policies' })).toBeVisible()
    await expect(page.getByRole('main')).toContainText('policy-08')
    await page.goBack()
    await expect(results).toBeVisible()
    await results.getByRole('button', { name: 'Retry 1' }).click()
    const deleted = panel(page, /^8 deleted$/)
    await expect(deleted).toBeVisible()
    await expect(page.getByRole('main')).toContainText('No replication policies yet')
    expect(await idsOf(own, 'DELETE')).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await expect(deleted).toHaveCount(0)
    const log = await request.get(`/api/console/audit?instance=${own.instance}&operation=replicationDelete`)
    const { entries } = await log.json()
    const reasons = entries.map(({ reason }: { reason: string }) => reason)
    expect(new Set(reasons)).toEqual(new Set(['moved to the new registry']))
  })

  test('what SWR refuses says why, one for each policy; what the console would not make itself is no reason', async ({
    page,
    place,
  }) => {
    const own = await place({
      registries,
      policies: [
        policy(1, 'fine', { enabled: false }),
        policy(2, 'fault-409', { enabled: false }),
        policy(3, 'orphan', { ...pushTo(99), enabled: false }),
        policy(4, 'from-the-future', { trigger: { type: 'on_full_moon' }, enabled: false }),
        policy(5, 'fine-too', { enabled: false }),
      ],
    })
    await page.goto(routes.replication(own))
    await untilAlive(page)
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
    await act(page, 'Enable 5')
    await confirm(page, 'Enable 5')
    await expect(panel(page, /Enabled: 3 of 5/)).toContainText('2 rejected')
    await expect(result(page, 'fault-409')).toContainText(/the resource already exists.*[0-9a-f]{32}/)
    await expect(result(page, 'orphan')).toContainText('registry 99 not found')
    await expect(page.getByRole('switch', { name: 'Enable fine', exact: true })).toBeChecked()
    await expect(page.getByRole('switch', { name: 'Enable from-the-future' })).toBeChecked()
    await expect(page.getByRole('switch', { name: 'Enable orphan' })).not.toBeChecked()
    await expect(page.getByRole('button', { name: 'Retry 2' })).toBeVisible()
  })
})

test('run several policies: each run is a link, and what is disabled says so', async ({ page, place, accessible }) => {
  const own = await place({
    registries,
    namespaces: [{ name: 'library', repositories: [{ name: 'web', tags: ['1.0'] }] }],
    policies: [policy(1, 'alpha', { override: true }), policy(2, 'asleep', { enabled: false }), policy(3, 'gamma')],
  })
  await page.goto(routes.replication(own))
  await untilAlive(page)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
  await act(page, 'Run 3')
  const dialog = page.getByRole('dialog', { name: 'Run 3 policies?' })
  await expect(dialog).toContainText("1 policy is disabled and can't run.")
  await expect(dialog).toContainText('1 policy overwrites existing tags')
  await confirm(page, 'Run 3')
  await expect(panel(page, /Started: 2 of 3/)).toContainText('1 rejected')
  await expect(result(page, 'asleep')).toContainText('Disabled. Enable it first.')
  await expect(result(page, 'gamma').getByRole('link', { name: /^run \d$/ })).toHaveAttribute('href', /executions\/\d$/)
  const started = (await own.received('POST')).map(({ body }) => JSON.stringify(body)).sort()
  expect(started).toEqual(['{"policy_id":1}', '{"policy_id":3}'])
  await accessible()
})

test('stop in the middle: what was sent is waited for, the rest is not tried and can be sent', async ({
  page,
  place,
}) => {
  const many = policies(40, { enabled: false })
  const own = await place({ registries, policies: many })
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  // All from the eleventh on are under way until somebody has stopped the rest.
  let [asked, held] = [0, 0]
  await page.route(/\/replication\/policies\/\d+$/, async (route) => {
    if (route.request().method() === 'PUT' && ++asked > 10) {
      held += 1
      await released
    }
    await route.continue()
  })
  await page.goto(`${routes.replication(own)}?size=100&order=asc`)
  await untilAlive(page)
  await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
  await act(page, 'Enable 40')
  await confirm(page, 'Enable 40')
  await expect(panel(page, /Enabling: 10 of 40/)).toBeVisible()
  await expect.poll(() => held).toBeGreaterThan(1)
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(panel(page, /Enabling: 10 of 40/)).toContainText('Stopping… waiting for requests in progress')
  release()
  const ended = panel(page, /Enabled: \d+ of 40/)
  await expect(ended).toContainText(/\d+ not attempted/)
  const heading = await ended.getByRole('heading').textContent()
  const done = Number(/: (\d+) of/.exec(heading ?? '')?.[1])
  expect(done).toBe(10 + held)
  expect(await own.received('PUT')).toHaveLength(done)
  await expect(page.getByRole('list', { name: 'Results' }).getByText('Enabled', { exact: true })).toHaveCount(done)
  await ended.getByRole('button', { name: `Retry ${40 - done}` }).click()
  await expect(panel(page, /^40 enabled$/)).toBeVisible({ timeout: 40_000 })
  // Each once.
  expect(await idsOf(own, 'PUT')).toEqual(many.map(({ id }) => id))
})

test.describe('as operator', () => {
  test.use({ role: 'operator' })

  test('only what the role allows can be done with many', async ({ page, place, accessible }) => {
    const own = await place({ registries, policies: policies(2) })
    await page.goto(routes.replication(own))
    await untilAlive(page)
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
    for (const name of ['Enable 2', 'Disable 2', 'Delete 2']) {
      const button = bar(page).getByRole('button', { name })
      await expect(button).toBeDisabled()
      await expect(button).toHaveAccessibleDescription('Requires the Admin role')
    }
    await accessible()
    await act(page, 'Run 2')
    await confirm(page, 'Run 2')
    await expect(panel(page, /^2 started$/)).toBeVisible()
    for (const method of ['PUT', 'DELETE']) expect(await own.received(method)).toEqual([])
  })
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true })

  test('choose cards and act on them without scrolling sideways', async ({ page, place, accessible }) => {
    const own = await place({ registries, policies: policies(3) })
    await page.goto(routes.replication(own))
    await untilAlive(page)
    await page.getByRole('checkbox', { name: 'Select policy-02' }).check()
    await expect(bar(page)).toContainText('1 selected')
    await expectNoSidewaysScroll(page)
    // At the end of the page the bar covers no box.
    await page.keyboard.press('End')
    await accessible()
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check()
    await act(page, 'Disable 3')
    await expect(page.getByRole('dialog')).toBeVisible()
    // The code of the results arrives when all is over: what is read anew is read after that.
    const over = page.waitForResponse(/\/statistics$/)
    await page.route('**/_next/static/chunks/*.js', async (route) => {
      await over
      await route.continue()
    })
    await confirm(page, 'Disable 3')
    await expect(panel(page, /^3 disabled$/)).toBeInViewport()
    await expectNoSidewaysScroll(page)
    await expect(policyTable(page).getByRole('switch', { checked: false })).toHaveCount(3)
    await accessible()
  })

  test('the bar hides no box that has the focus', async ({ page, place }) => {
    const own = await place({ registries, policies: policies(6) })
    await page.goto(routes.replication(own))
    const hidden = async (name: string) =>
      bar(page).evaluate(
        (element, box) => (box?.getBoundingClientRect().bottom ?? 0) - element.getBoundingClientRect().top,
        await page.getByRole('checkbox', { name: `Select ${name}` }).elementHandle(),
      )
    for (const name of names(6).toReversed()) {
      await page.getByRole('checkbox', { name: `Select ${name}` }).press('Space')
      await expect(bar(page)).toBeVisible()
      await expect.poll(() => hidden(name)).toBeLessThanOrEqual(0)
    }
  })
})
