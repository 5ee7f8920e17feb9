import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { expect, type Place, test } from './fixtures'
import { expectNoSidewaysScroll, minutesAgo, policy, pullFrom, pushTo, registry, run } from './policies'
import { choose, confirm, field, fillNew, heading, openNew, review, sent } from './replication-steps'
import { ruled, selectors } from './retentions'

const tag = (name: string, days: number) => ({ name, pushed: minutesAgo(days * 24 * 60) })
const namespaces = [
  {
    name: 'payments',
    repositories: [
      { name: 'team/api', tags: [tag('v1', 9), tag('v2', 8), tag('main', 1)] },
      { name: 'web', tags: [tag('v1', 5)] },
    ],
  },
  { name: 'checkout', repositories: [{ name: 'api', tags: [tag('v2', 3), tag('v3', 2)] }] },
]
const registries = [registry(3, 'harbor-dr'), registry(4, 'plant-suzhou', { status: 'unhealthy' })]
const filters = (name: string, tags = '**') => ({
  filters: [
    { type: 'name', value: name },
    { type: 'tag', value: tags },
  ],
})
const mirrored = { dest_namespace: 'mirror' }
const onPush = { trigger: { type: 'event_based', trigger_settings: { cron: '' } } }
const every10Minutes = { trigger: { type: 'scheduled', trigger_settings: { cron: '0 */10 * * * *' } } }
const nothingThere = filters('nothing-there/**')

const kind = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true })
const found = (page: Page, title: string) => kind(page, title).getByRole('list', { name: 'Findings' }).locator('> li')
const destination = 'Conflicting target tags'
const override = 'Conflicting overwrite settings'
const circle = 'Replication loop'
const often = 'Schedule shorter than run duration'
const unhealthy = 'Registry unreachable'
const deleted = 'Retention deletes tags before replication'
const checked = (page: Page) => page.getByRole('dialog').getByRole('region', { name: 'Checks' })

/** By way of the navigation, as somebody finds the page. */
async function openChecks(page: Page, own: Place) {
  await page.goto(routes.registries(own))
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Checks' }).click()
  await expect(heading(page, 'Checks')).toBeVisible()
}

test('two policies that overwrite each other at the target are found and set apart', async ({ page, place }) => {
  const own = await place({
    namespaces,
    registries,
    policies: [
      policy(1, 'payments-to-dr', { ...filters('payments/**', 'v*'), ...mirrored }),
      policy(2, 'checkout-to-dr', { ...filters('checkout/**'), ...mirrored }),
      policy(3, 'all-releases', { ...filters('payments/**', 'v*'), ...mirrored, override: true }),
    ],
  })
  await openChecks(page, own)
  await expect(found(page, destination)).toHaveCount(2)
  await expect(found(page, destination).filter({ hasText: 'payments-to-dr' })).toContainText(
    'payments-to-dr and checkout-to-dr write the same tag to harbor-dr from different repositories.',
  )
  await expect(found(page, destination).filter({ hasText: 'payments-to-dr' }).getByRole('listitem')).toHaveText(
    'mirror/api:v2 ← payments/team/api, checkout/api',
  )
  await expect(found(page, override)).toHaveText(
    /^all-releases and payments-to-dr copy the same 3 tags to harbor-dr: all-releases overwrites existing tags/,
  )
  await expect(found(page, override).getByRole('listitem')).toHaveText([
    'payments/team/api:v1',
    'payments/team/api:v2',
    'payments/web:v1',
  ])

  await found(page, destination).getByRole('link', { name: 'checkout-to-dr' }).first().click()
  await expect(heading(page, 'checkout-to-dr')).toBeVisible()
  await page.getByRole('link', { name: 'Edit' }).first().click()
  await field(page, 'Target namespace').fill('checkout-mirror')
  await review(page)
  await expect(checked(page)).toContainText('No conflicts found.')
  await confirm(page, 'Save changes')
  await expect(heading(page, 'checkout-to-dr')).toBeVisible()
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Checks' }).click()
  await expect(kind(page, override)).toBeVisible()
  await expect(kind(page, destination)).toHaveCount(0)
})

test('a policy whose copies come back and start it again is found', async ({ page, place }) => {
  const own = await place({
    namespaces,
    registries,
    policies: [
      policy(1, 'push-payments', { ...filters('payments/**'), ...onPush }),
      policy(2, 'pull-web', { ...pullFrom(3), ...filters('**/web') }),
      policy(3, 'pull-elsewhere', { ...pullFrom(4), ...filters('**/web'), enabled: false }),
    ],
  })
  await openChecks(page, own)
  await expect(found(page, circle)).toHaveText(
    /What push-payments copies to harbor-dr on push is pulled back by pull-web and pushed again: 1 repository/,
  )
  await expect(found(page, circle).getByRole('listitem')).toHaveText('payments/web')
  await expect(kind(page, circle)).toContainText('Run one of the policies manually or on a schedule')
})

test('a schedule that is shorter than the usual run, and a registry that is down', async ({ page, place }) => {
  const own = await place({
    namespaces,
    registries,
    policies: [
      policy(1, 'often', { ...every10Minutes, ...nothingThere }),
      policy(2, 'to-plant', { ...pushTo(4), ...nothingThere }),
      policy(3, 'from-plant', { ...pullFrom(4), ...nothingThere }),
      policy(4, 'resting', { ...pushTo(4), ...nothingThere, enabled: false }),
    ],
    executions: [1, 2, 3].map((id) =>
      run(id, 1, 'Succeed', { created_at: minutesAgo(id * 100), updated_at: minutesAgo(id * 100 - 14.5) }),
    ),
    // How long a run takes is told by these alone.
    deadSchedules: [1],
  })
  await openChecks(page, own)
  await expect(found(page, often).getByRole('paragraph')).toHaveText(
    'often starts again after 10 min, but a run usually takes 14 min 30 s.',
  )
  await expect(found(page, unhealthy).getByRole('paragraph')).toHaveText(
    'plant-suzhou is unhealthy, and 2 enabled policies use it: to-plant and from-plant.',
  )
  await found(page, unhealthy).getByRole('link', { name: 'plant-suzhou' }).click()
  await expect(page.getByRole('dialog', { name: /plant-suzhou/ })).toBeVisible()
})

test('retention that deletes what is to be copied is found before it does', async ({ page, place, accessible }) => {
  const more = Array.from({ length: 9 }, (_, at) => tag(`v0.${at}`, 30 + at))
  const [payments, checkout] = namespaces
  const full = [{ name: 'payments', repositories: [...(payments?.repositories ?? []), { name: 'old', tags: more }] }]
  const keepOne = {
    template: 'latestPushedK',
    params: { latestPushedK: 1 },
    tag_selectors: selectors('matches', 'v*'),
  }
  const own = await place({
    namespaces: checkout ? [...full, checkout] : full,
    registries,
    policies: [policy(1, 'releases', filters('payments/**', 'v*')), policy(2, 'builds', filters('checkout/**'))],
    retentions: [{ ...ruled(7, 'keep-newest', keepOne), namespace_name: 'payments' }],
  })
  await openChecks(page, own)
  await expect(found(page, deleted)).toContainText(
    'keep-newest in namespace payments would delete 9 tags matched by releases.',
  )
  await expect(found(page, deleted).getByRole('listitem')).toHaveText([
    ...['1', '2', '3', '4', '5'].map((at) => `payments/old:v0.${at}`),
    'and 4 more',
  ])
  await accessible()
  await found(page, deleted).getByRole('link', { name: 'keep-newest' }).click()
  await expect(heading(page, 'keep-newest')).toBeVisible()
})

test('the last look before a new policy says what it would get into, and stops nothing', async ({
  page,
  place,
  accessible,
}) => {
  const own = await place({
    namespaces,
    registries,
    policies: [policy(1, 'payments-to-dr', { ...filters('payments/**'), ...mirrored })],
  })
  await openNew(page, own)
  await fillNew(page, { name: 'second-mirror' })
  await field(page, 'Repositories').fill('checkout/**')
  await field(page, 'Target namespace').fill('mirror')
  await review(page)
  // A draft that is disabled is judged as if it were enabled: that is what comes next.
  await expect(checked(page)).toContainText('The policy would be saved disabled.')
  await expect(checked(page)).toContainText('1 finding. You can still save.')
  await page.getByRole('dialog').getByRole('button', { name: 'Back to form' }).click()
  await page.getByRole('checkbox', { name: 'Enabled' }).check()
  await review(page)
  await expect(checked(page)).not.toContainText('The policy would be saved disabled.')
  await expect(checked(page)).toContainText('1 finding. You can still save.')
  await expect(checked(page)).toContainText(
    'payments-to-dr and second-mirror write the same tag to harbor-dr from different repositories.',
  )
  await expect(checked(page).getByRole('list', { name: 'Examples' })).toHaveText(
    'mirror/api:v2 ← payments/team/api, checkout/api',
  )
  // A look aside must not cost what was typed.
  await expect(checked(page).getByRole('link')).toHaveCount(0)
  await accessible()
  await confirm(page, 'Create policy')
  await expect(heading(page, 'second-mirror')).toBeVisible()
  expect(await sent(own, 'POST')).toMatchObject({ name: 'second-mirror', dest_namespace: 'mirror', enabled: true })
})

test('a change that makes a policy clash with another is said before it is saved', async ({ page, place }) => {
  const own = await place({
    namespaces,
    registries,
    policies: [policy(1, 'keeps', filters('payments/**', 'v*')), policy(2, 'follows', filters('payments/web'))],
  })
  await page.goto(routes.replicationEdit(own, 2))
  await choose(page, 'If the tag already exists', 'Overwrite')
  await review(page)
  await expect(checked(page)).toContainText(
    "follows and keeps copy the same tag to harbor-dr: follows overwrites existing tags, the other policy doesn't.",
  )
  await page.getByRole('dialog').getByRole('button', { name: 'Back to form' }).click()
  await choose(page, 'If the tag already exists', 'Keep existing')
  await field(page, 'Description').fill('as before')
  await review(page)
  await expect(checked(page)).toContainText('No conflicts found.')
  expect(await own.received('PUT')).toEqual([])
})

test('images that cannot all be listed leave the rest standing, here and in the last look', async ({ page, place }) => {
  const broken = { name: 'broken', repositories: [{ name: 'fault-500', tags: ['v1'] }] }
  const own = await place({
    namespaces: [broken],
    registries,
    policies: [policy(1, 'to-plant', { ...pushTo(4), ...nothingThere })],
  })
  await openChecks(page, own)
  const note = page.getByRole('status').filter({ hasText: 'Some checks were incomplete' })
  await expect(note).toContainText('Not all images are listed: 1 repository and 0 tags so far.')
  await expect(note).toContainText('Reason:')
  await expect(found(page, unhealthy)).toHaveCount(1)
  await openNew(page, own)
  await fillNew(page, { name: 'all-the-same' })
  await page.getByRole('checkbox', { name: 'Enabled' }).check()
  await review(page)
  await expect(checked(page)).toContainText('No conflicts found (some checks incomplete).')
  await expect(checked(page)).toContainText('Not all images are listed')
  await confirm(page, 'Create policy')
  await expect(heading(page, 'all-the-same')).toBeVisible()
})

test.describe('as viewer', () => {
  test.use({ role: 'viewer' })

  test('nothing found says what was looked at and when', async ({ page, place, accessible }) => {
    const own = await place({ namespaces, registries, policies: [policy(1, 'fine', filters('payments/**'))] })
    await openChecks(page, own)
    await expect(page.getByText('No findings', { exact: true })).toBeVisible()
    await expect(
      page.getByText('Checked 1 policy, 0 retention policies, 2 registries, 3 repositories and 6 tags.'),
    ).toBeVisible()
    await expect(page.getByText(/^Updated/)).toBeVisible()
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect(page.getByRole('button', { name: 'Refresh' })).toBeEnabled()
    await accessible()
    expect((await own.received()).filter(({ method }) => method !== 'GET')).toEqual([])
  })
})

test.describe('on a phone in Chinese', () => {
  test.use({ locale: 'zh-CN', viewport: { width: 360, height: 740 } })

  test('findings fit and read', async ({ page, place, accessible }) => {
    const own = await place({
      namespaces,
      registries,
      policies: [
        policy(1, 'payments-to-disaster-recovery-site', { ...filters('payments/**'), ...mirrored }),
        policy(2, 'checkout-to-disaster-recovery-site', { ...filters('checkout/**'), ...mirrored }),
      ],
    })
    await page.goto(routes.checks(own))
    await expect(kind(page, '目标镜像版本冲突')).toContainText(
      'payments-to-disaster-recovery-site、checkout-to-disaster-recovery-site 从不同的镜像仓库写入 harbor-dr 的 1 个相同镜像版本。',
    )
    await expectNoSidewaysScroll(page)
    await accessible()
  })
})

test('a finding is muted with a reason, no longer counted, and taken back', async ({ page, place, accessible }) => {
  const own = await place({
    namespaces,
    registries,
    policies: [
      policy(1, 'payments-to-dr', { ...filters('payments/**', 'v*'), ...mirrored }),
      policy(3, 'all-releases', { ...filters('payments/**', 'v*'), ...mirrored, override: true }),
    ],
  })
  await openChecks(page, own)
  const count = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Checks/ })
  await expect(count).toHaveText(/1$/)
  await found(page, override).getByRole('button', { name: 'Mute…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Mute this finding?' })
  await dialog.getByRole('button', { name: 'Mute finding' }).click()
  await expect(dialog.getByLabel('Reason')).toHaveAccessibleDescription('Enter a reason.')
  await expect(dialog.getByLabel('Reason')).toBeFocused()
  await dialog.getByLabel('Reason').fill('Agreed with the payments team')
  await accessible()
  await dialog.getByRole('button', { name: 'Mute finding' }).click()
  await expect(kind(page, override)).toHaveCount(0)
  await expect(page.getByText('No findings', { exact: true })).toBeVisible()
  await expect(count).toHaveText(/0$/)
  await page.getByText('1 muted finding', { exact: true }).click()
  await expect(page.getByText(/^Muted by ada@team\.example .+: Agreed with the payments team$/)).toBeVisible()
  // While it fades, a notice is too faint to read.
  await expect(page.getByText('Finding muted')).toHaveCount(0)
  await accessible()
  await page.getByRole('button', { name: 'Unmute' }).click()
  await expect(found(page, override)).toHaveCount(1)
})
