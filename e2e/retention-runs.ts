import { type APIRequestContext, expect, type Locator, type Page } from '@playwright/test'
import { z } from 'zod'
import { defaultRetentionLimits, type RetentionLimits } from '@/lib/contract/console/retention-settings'
import { type InstanceLocation, routes } from '@/lib/routes'
import { demo } from '@/lib/sandbox/demo'
import { address } from './accounts'
import type { Place } from './fixtures'
import { retention } from './retentions'
import type { Content } from './sandbox'

/* Runs of retention policies, as several tests begin and watch them, in the words of the screens. */

const dayMs = 86_400_000
const first = Date.UTC(2026, 0, 1)

/** Tags that were pushed day after day: `v1` is the oldest. */
export const dailyTags = (count: number, prefix = 'v') =>
  Array.from({ length: count }, (_, index) => ({
    name: `${prefix}${index + 1}`,
    pushed: new Date(first + index * dayMs).toISOString(),
  }))

export const immutable = (id: number, namespace: string, pattern: string, more: Record<string, unknown> = {}) => ({
  id,
  namespace_id: 1,
  namespace_name: namespace,
  priority: 0,
  disabled: false,
  action: 'immutable',
  template: 'immutable_template',
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern }],
  scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
  ...more,
})

/** A namespace `library` with one repository of so many tags, and the policy that keeps the five newest of them. */
export const library = (tags: number, more: Partial<Content> = {}): Content => ({
  namespaces: [{ name: 'library', repositories: [{ name: 'nginx', tags: dailyTags(tags) }] }],
  retentions: [retention(4, 'nightly')],
  ...more,
})

/** Another instance of the sandbox, as the registry that keeps copies. */
export const archiveRegistry = ({ instance }: Place) => ({
  id: 3,
  name: 'archive',
  type: 'swr-pro-internal',
  status: 'healthy',
  url: 'https://archive.example.com',
  project_id: demo.project,
  region_id: demo.region,
  instance_id: instance,
})

/** Sets what guards deletion in an instance, as somebody else does it meanwhile. */
export async function limit(asAdmin: APIRequestContext, place: Place, limits: Partial<RetentionLimits>) {
  const url = `${address.console}/api/console/instances/${place.connection}/${place.instance}/retention-settings`
  const { content_hash: hash } = await (await asAdmin.get(url)).json()
  const headers = { origin: address.console, 'if-match': `"${hash}"` }
  const answer = await asAdmin.put(url, { data: { ...defaultRetentionLimits, ...limits }, headers })
  expect(answer.status(), await answer.text()).toBe(200)
}

const artifact = z.object({ digest: z.string(), tags: z.array(z.object({ name: z.string() })) })
const stored = z.object({ repositories: z.array(z.object({ name: z.string(), artifacts: z.array(artifact) })) })

/** Digests by repository and tag of an instance of one namespace, as the sandbox keeps it. */
export const digestsOf = ({ namespaces = [] }: Content): Map<string, string> =>
  new Map(
    z
      .array(stored)
      .parse(namespaces)
      .flatMap(({ repositories }) =>
        repositories.flatMap(({ name, artifacts }) =>
          artifacts.flatMap(({ digest, tags }) => tags.map((tag): [string, string] => [`${name}:${tag.name}`, digest])),
        ),
      ),
  )

/** Names the archive of an instance, on the page of its limits. */
export async function nameArchive(page: Page, place: InstanceLocation, namespace: string) {
  await page.goto(routes.retentionSettings(place))
  await page.getByRole('combobox', { name: 'Registry' }).selectOption('archive')
  await page.getByRole('combobox', { name: 'Namespace', exact: true }).fill(namespace)
  await page.getByRole('button', { name: 'Save limits' }).click()
  await expect(page.getByText('Limits saved')).toBeVisible()
}

const inDialog = (page: Page) => page.getByRole('dialog')
export const runNow = (page: Page): Locator => page.getByRole('button', { name: 'Run now…' })
/** Stands at the top of the page. */
export const heading = (page: Page, name: RegExp) => page.getByRole('heading', { level: 1, name })

/** Starts a dry run from the policy's page and waits for its verdicts, which opens the lock. */
export async function dryRun(page: Page, place: Place) {
  await page.goto(routes.retentionPolicy(place, 'library', 4))
  await page.getByRole('button', { name: 'Dry run', exact: true }).click()
  await expect(heading(page, /^Dry run \d+/)).toBeVisible()
  await expect(page.getByRole('table', { name: 'Result by image' })).toBeVisible()
  await expect(page.getByText(/^Opened first by/)).toBeVisible()
}

const apiOf = ({ connection, instance }: InstanceLocation, policy: number) =>
  `${address.console}/api/console/instances/${connection}/${instance}/retention/library/${policy}`
const fromConsole = { origin: address.console, 'content-type': 'application/json' }

/** Has somebody else make a dry run of the same rules, and look at its verdicts. */
export async function armAnew(somebody: APIRequestContext, place: InstanceLocation, policy = 4): Promise<number> {
  const url = apiOf(place, policy)
  const started = await somebody.post(`${url}/dry-runs`, { headers: fromConsole })
  expect(started.status(), await started.text()).toBe(200)
  const { id } = (await started.json()).dryRun
  const look = async () => (await (await somebody.get(`${url}/dry-runs/${id}`)).json()).dryRun.state
  await expect.poll(look, { timeout: 30_000 }).toBe('done')
  expect((await somebody.post(`${url}/dry-runs/${id}/seen`, { headers: fromConsole })).status()).toBe(200)
  return id
}

/** Has somebody ask for the run that a dry run opened, where the ceiling lets none begin: it waits for an admin. */
export async function askedByAnother(
  somebody: APIRequestContext,
  place: InstanceLocation,
  dryRun: number,
  policy = 4,
): Promise<number> {
  const url = apiOf(place, policy)
  // All tests of a role share its budget of requests: what is turned back is asked again.
  let lock = await somebody.get(`${url}/lock`)
  await expect(async () => {
    if (!lock.ok()) lock = await somebody.get(`${url}/lock`)
    expect(lock.status(), await lock.text()).toBe(200)
  }).toPass({ timeout: 30_000 })
  const { terms } = await lock.json()
  const data = { confirm: 'library', dryRun, agreed: terms, withoutCopy: terms.archive === null }
  const started = await somebody.post(`${url}/runs`, { data, headers: fromConsole })
  expect(started.status(), await started.text()).toBe(200)
  const { id } = (await started.json()).run
  const look = async () => (await (await somebody.get(`${url}/runs/${id}`)).json()).run.state
  await expect.poll(look, { timeout: 30_000 }).toBe('waiting')
  return id
}

/** Asks for the run from the page of its dry run. */
export async function askForRun(page: Page, { withoutCopy = true }: { withoutCopy?: boolean } = {}) {
  await runNow(page).click()
  const dialog = inDialog(page)
  await dialog.getByRole('textbox', { name: 'Enter library to confirm' }).fill('library')
  if (withoutCopy) await dialog.getByRole('checkbox', { name: 'Delete without a copy' }).check()
  return dialog
}

/** The state that stands beside the title of a run. */
export const expectState = (page: Page, state: string) =>
  expect(page.getByRole('banner').or(page.locator('main header')).getByText(state, { exact: true })).toBeVisible({
    timeout: 30_000,
  })
