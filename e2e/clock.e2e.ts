import { routes } from '@/lib/routes'
import { expect, test } from './fixtures'
import { minutesAgo, policy, registry, run } from './policies'

test('relative times stay right in a tab that has been open for an hour', async ({ page, place }) => {
  const own = await place({
    registries: [registry(3, 'harbor-frankfurt')],
    policies: [policy(1, 'nightly', { updated_at: minutesAgo(5) })],
    executions: [run(1, 1, 'Succeed', { created_at: minutesAgo(5), updated_at: minutesAgo(5) })],
  })
  await page.clock.install()
  await page.goto(routes.instance(own))
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.clock.fastForward('01:00:00')
  const nav = page.getByRole('navigation', { name: 'Main' })
  await nav.getByRole('link', { name: /^Registries/ }).click()
  await page.getByRole('button', { name: 'Refresh' }).click()
  // What was read now was read now, not an hour ahead of the clock of the first page.
  await expect(page.getByText(/^Updated (now|\d+ seconds? ago)$/)).toBeVisible()
  await nav.getByRole('link', { name: /^Replication/ }).click()
  await expect(page.getByRole('row', { name: /nightly/ }).getByText('1 hour ago')).toBeVisible()
  await expect(page.getByRole('main').getByText(/\bin \d+ (second|minute|hour)s?\b/)).toHaveCount(0)
})

test('what has happened is never said to lie ahead, though the clock here is slow', async ({ page, place }) => {
  const own = await place({
    registries: [registry(3, 'harbor-frankfurt')],
    policies: [policy(1, 'nightly')],
    executions: [run(1, 1, 'Succeed', { created_at: minutesAgo(1), updated_at: minutesAgo(1) })],
  })
  await page.clock.install({ time: Date.now() - 3_600_000 })
  await page.goto(routes.replicationPolicy(own, 1))
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Replication policies' }).click()
  await expect(page.getByRole('row', { name: /nightly/ }).getByText('now', { exact: true })).toBeVisible()
  await expect(page.getByRole('main').getByText(/\bin \d+ (second|minute|hour)s?\b/)).toHaveCount(0)
})
