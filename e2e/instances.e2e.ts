import { routes } from '@/lib/routes'
import { accounts } from './accounts'
import { expect, test } from './fixtures'
import { expectNames, policy, pushTo, registry, withoutScripts } from './policies'
import { expectRow } from './rows'

test('go from the connections to an instance and its policies', async ({ page }) => {
  const answer = await page.goto(routes.home())
  expect(withoutScripts((await answer?.text()) ?? '')).toContain('prod-registry')
  const shared = page.getByRole('region', { name: 'Shared sandbox' })
  await expectRow(shared.getByRole('table'), 'prod-registry', {
    Status: 'Running',
    Address: 'prod-registry-x1y2z3.swr-pro.example.com',
  })
  await shared.getByRole('link', { name: 'prod-registry', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  const navigation = page.getByRole('navigation', { name: 'Main' })
  await expect(navigation).toContainText('prod-registry')
  await navigation.getByRole('link', { name: /^Replication/ }).click()
  await expect(page.getByText('1–20 of 142')).toBeVisible()
  await expect(navigation.getByRole('link', { name: /^Replication/ })).toHaveAttribute('aria-current', 'page')
})

test('see on the overview what needs attention, and how much of the quotas is used', async ({
  page,
  place,
  accessible,
}) => {
  const own = await place({
    registries: [registry(3, 'harbor-frankfurt'), registry(4, 'harbor-paris', { status: 'unhealthy' })],
    policies: [policy(1, 'to-frankfurt'), policy(2, 'to-paris', pushTo(4))],
    statistics: {
      replica_policy_count: 2,
      replica_policy_quota: 500,
      namespace_quota: null,
      storage_used: 3_500_000_000,
    },
  })
  const answer = await page.goto(routes.instance(own))
  expect(withoutScripts((await answer?.text()) ?? '')).toContain('harbor-paris is unhealthy')
  const attention = page.getByRole('region', { name: 'Needs attention' })
  await expect(attention.getByRole('listitem')).toHaveCount(1)
  const usage = page.getByRole('region', { name: 'Usage' })
  await expect(usage).toContainText('2 of 500')
  await expect(usage).toContainText('3.5 GB')
  await accessible()
  await attention.getByRole('listitem').getByRole('link').click()
  await expectNames(page, ['to-paris'])

  const calm = await place({ registries: [registry(3, 'harbor-frankfurt')] })
  await page.goto(routes.instance(calm))
  await expect(attention).toContainText('All registries are healthy.')
  const empty = await place({})
  await page.goto(routes.instance(empty))
  await expect(attention).toContainText('No registries yet.')
})

// Of a kind that no type of ours allows.
const odd = [{ id: 6, name: 'odd', type: 'zot', status: null, url: 42 }, null] as never[]

test('look up a registry: type, address, health and the policies that use it', async ({ page, place, accessible }) => {
  const own = await place({
    registries: [
      registry(3, 'harbor-frankfurt', { insecure: true }),
      registry(4, 'enterprise-paris', { type: 'swr-pro-internal', status: 'unhealthy' }),
      registry(5, 'basic-rome', {
        type: 'huawei-SWR',
        status: 'checking',
        credential: { type: 'basic', access_key: `cn-north-4@${accounts.default.access}`, access_secret: 'hidden-1' },
      }),
      ...odd,
    ],
    policies: [policy(1, 'to-frankfurt'), policy(2, 'to-rome', pushTo(5))],
  })
  const answer = await page.goto(routes.registries(own))
  const html = (await answer?.text()) ?? ''
  expect(withoutScripts(html)).toContain('enterprise-paris')
  expect(html).not.toContain('hidden-1')
  const table = page.getByRole('table', { name: 'Registries' })
  await expectRow(table, 'harbor-frankfurt', {
    Type: /^Harbor/,
    Address: 'https://harbor-frankfurt.example.com TLS is not verified',
    Health: 'Healthy',
  })
  await expectRow(table, 'enterprise-paris', { Type: /^Enterprise Edition/, Health: 'Unhealthy' })
  await expectRow(table, 'basic-rome', { Type: /^Basic Edition/, Health: 'checking' })
  await expectRow(table, 'odd', { Type: 'zot', Health: 'Unknown' })
  await expect(table).toContainText('SWR returned this item in an unsupported format.')
  await accessible()
  await page.getByRole('searchbox').fill('rome')
  await expect(table.getByRole('row')).toHaveCount(2)
  await expect(page).toHaveURL(/q=rome/)
  await page.goto(`${routes.registries(own)}?page=7`)
  await expect(page.getByRole('main')).toContainText('There are no results on this page.')
  await page.getByRole('button', { name: 'Go to the last page' }).click()
  await page.getByRole('link', { name: '1 policy uses basic-rome' }).click()
  await expectNames(page, ['to-rome'])
})

test('reach an instance with a temporary key', async ({ page, place }) => {
  const own = await place(
    { registries: [registry(3, 'harbor-frankfurt')], policies: [policy(1, 'nightly')] },
    'temporary',
  )
  await page.goto(routes.replication(own))
  await expectNames(page, ['nightly'])
  const asked = await own.received()
  expect(asked.length).toBeGreaterThan(0)
  expect(new Set(asked.map(({ access, status }) => `${access} ${status}`))).toEqual(
    new Set([`${accounts.temporary.access} 200`]),
  )
})

test('settings name the connections, without keys or endpoints', async ({ page }) => {
  const answer = await page.goto(routes.settings())
  await expect(page.getByRole('main')).toContainText('Shared sandbox')
  await expect(page.getByRole('main')).toContainText('Temporary key')
  expect(await answer?.text()).not.toMatch(/127\.0\.0\.1:42\d\d/)
})
