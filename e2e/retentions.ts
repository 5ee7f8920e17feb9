import { expect, type Page } from '@playwright/test'
import { type InstanceLocation, routes } from '@/lib/routes'
import type { Place } from './fixtures'

/*
 * Retention policies as SWR would answer them, and what tests of their screens do again and again.
 */

const repository = (name: string) => ({ name, tags: ['1.0', '1.1'] })
export const namespaces = [
  { name: 'library', repositories: ['nginx', 'redis', 'team/api'].map(repository) },
  { name: 'payments', repositories: ['api'].map(repository) },
]

const rule = {
  id: 9,
  priority: 0,
  action: 'retain',
  repo_scope_mode: 'regular',
  scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
  disabled: false,
  params: { latestPushedK: 5 },
  template: 'latestPushedK',
}

/** A policy of the namespace `library` that keeps the last five pushes, as the documentation shows one when it is read. */
export const retention = (id: number, name: string, more: Record<string, unknown> = {}) => ({
  id,
  namespace_id: 1,
  namespace_name: 'library',
  algorithm: 'or',
  enabled: true,
  rules: [rule],
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
  name,
  ...more,
})

/** The same with another rule; several make a policy that no request can repeat. */
export const ruled = (id: number, name: string, ...rules: Record<string, unknown>[]) =>
  retention(id, name, { rules: rules.map((change) => ({ ...rule, ...change })) })

export const selectors = (decoration: string, pattern: string, more: Record<string, unknown> = {}) => [
  { kind: 'doublestar', decoration, pattern, ...more },
]

export const retentionTable = (page: Page) => page.getByRole('table', { name: 'Retention policies' })

/** Above what each policy keeps. */
export const keeps = 'Keeps in each repository'

export const retentionRow = (page: Page, name: string) =>
  retentionTable(page)
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) })

export async function openForm(page: Page, at: InstanceLocation, id = 4) {
  await page.goto(routes.retentionEdit(at, 'library', id))
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeVisible()
}

export const amount = (page: Page) => page.getByRole('textbox', { name: /^Number of/ })

export const review = (page: Page) => page.getByRole('button', { name: 'Review and save' }).first().click()

/** Reviews, sends, and is at the policy's page when SWR has it. */
export async function save(page: Page, own: Place) {
  await review(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('navigation', { name: 'Policy views' })).toBeVisible()
  return sent(own)
}

/** The only update that SWR received. */
export async function sent(own: Place): Promise<unknown> {
  // The server reads the policy again before it writes.
  await expect.poll(async () => (await own.received('PUT')).length).toBe(1)
  const [update] = await own.received('PUT')
  return update?.body
}
