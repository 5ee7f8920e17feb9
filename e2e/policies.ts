import { expect, type Page } from '@playwright/test'
import { inHours } from '@/lib/testing/in-hours'
import type { Place } from './fixtures'

/*
 * Registries, policies and runs as SWR would answer them, and what tests of their screens ask again and again.
 */

const minute = 60_000

/** A time in SWR's own spelling. */
export const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * minute).toISOString()

export const registry = (id: number, name: string, more: Record<string, unknown> = {}) => ({
  id,
  name,
  type: 'swr-pro',
  url: `https://${name}.example.com`,
  region_id: 'eu-west-101',
  status: 'healthy',
  insecure: false,
  created_at: minutesAgo(10_000 + id),
  updated_at: minutesAgo(5_000 + id),
  ...more,
})

export const pushTo = (id: number) => ({ src_registry: { id: 0 }, dest_registry: { id } })
export const pullFrom = (id: number) => ({ src_registry: { id }, dest_registry: { id: 0 } })

/** What a policy with a schedule says differently. */
export const scheduled = (cron: string, more: Record<string, unknown> = {}) => ({
  trigger: { type: 'scheduled', trigger_settings: { cron } },
  ...more,
})

/** Every day half a day from now, so that no test meets it, and the time of UTC as screens tell it. */
export function farFromNow() {
  const cron = inHours(12)
  return { cron, time: `${cron.split(' ')[2]?.padStart(2, '0')}:30` }
}

/** A policy that pushes everything to registry 3 by hand; the higher its id, the younger it is. */
export const policy = (id: number, name: string, more: Record<string, unknown> = {}) => ({
  id,
  name,
  description: '',
  ...pushTo(3),
  dest_namespace: '',
  filters: [
    { type: 'name', value: 'library/**' },
    { type: 'tag', value: '**' },
  ],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
  override: false,
  enabled: true,
  created_at: minutesAgo(9_000 - id),
  updated_at: minutesAgo(4_000 - id),
  ...more,
})

export const run = (id: number, policyId: number, status: string, more: Record<string, unknown> = {}) => ({
  id,
  policy_id: policyId,
  status,
  status_text: '',
  total: 4,
  failed: 0,
  succeed: 4,
  in_progress: 0,
  stopped: 0,
  trigger: 'manual',
  created_at: minutesAgo(500 - id),
  updated_at: minutesAgo(490 - id),
  ...more,
})

export const policyTable = (page: Page) => page.getByRole('table', { name: 'Replication policies' })

/** The row of a policy, by the link that is its name. */
export const policyRow = (page: Page, name: string) =>
  policyTable(page)
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) })

/** Exactly these policies are listed, in this order. */
export const expectNames = (page: Page, names: readonly string[]) =>
  expect(policyTable(page).getByRole('rowheader').getByRole('link')).toHaveText([...names])

/** Narrows the list of policies to one result of their last run. */
export async function chooseLast(page: Page, label: string) {
  await page.getByRole('button', { name: /^Last run(:|$)/ }).click()
  const choices = page.getByRole('group', { name: 'Last run' })
  for (const box of await choices.getByRole('checkbox', { checked: true }).all()) await box.uncheck()
  await choices.getByRole('checkbox', { name: label, exact: true }).check()
  await page.keyboard.press('Escape')
}

export const openMenu = (page: Page, name: string) => page.getByRole('button', { name: `Actions for ${name}` }).click()

/** Chooses what the menu of a row, or of a page, offers for the object of this name. */
export async function chooseAction(page: Page, name: string, action: string) {
  await openMenu(page, name)
  await page.getByRole('menuitem', { name: action }).click()
}

/** The policies that SWR was told to make. */
export const policiesMade = async (place: Place) =>
  (await place.received('POST')).filter(({ path }) => path.endsWith('/policies')).map(({ body }) => body)

/** What SWR was asked for the policy list. */
export const listsAsked = async (place: Place) =>
  (await place.received('GET')).filter(({ path }) => path.endsWith('/replication/policies')).map(({ query }) => query)

/** What a reader without JavaScript sees: the data that travels in scripts is no table, and a place to break a line no text. */
export const withoutScripts = (html: string) => html.replaceAll(/<script\b[\s\S]*?<\/script>|<wbr\s*\/?>/gi, '')

/** A page that scrolls sideways has lost something at its edge. */
export const expectNoSidewaysScroll = (page: Page) =>
  expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth))
    .toBe(0)
