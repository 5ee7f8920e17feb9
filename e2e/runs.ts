import { type APIRequestContext, expect, type Page } from '@playwright/test'
import { address } from './accounts'
import type { Place } from './fixtures'
import { minutesAgo, policy, registry } from './policies'
import type { Content } from './sandbox'

/*
 * Runs as SWR would answer them, and what tests of their pages ask again and again.
 */

export const tags = (count: number, name: (at: number) => string) => Array.from({ length: count }, (_, at) => name(at))
const versions = (count: number) => tags(count, (at) => `v1.${at}`)

const registries = [registry(3, 'frankfurt')]

/** 500 tags in 14 repositories. The names of 37 of them are refused by the target: 31 and 6, for two reasons. */
export const payments: Content = {
  registries,
  policies: [policy(1, 'payments-to-frankfurt', { filters: [{ type: 'name', value: 'payments/**' }] })],
  namespaces: [
    {
      name: 'payments',
      repositories: [
        { name: 'api', tags: [...tags(19, (at) => `fault-denied-${at}`), ...versions(20)] },
        { name: 'worker', tags: [...tags(12, (at) => `fault-denied-${at}`), ...versions(20)] },
        { name: 'eu/api', tags: [...tags(6, (at) => `fault-no-namespace-${at}`), ...versions(30)] },
        ...tags(10, (at) => `service-${at}`).map((name) => ({ name, tags: versions(35) })),
        { name: 'last', tags: versions(43) },
      ],
    },
  ],
}

/** Forty tags in two repositories, all of which can be copied. */
export const small: Content = {
  registries,
  policies: [policy(1, 'nightly')],
  namespaces: [
    {
      name: 'library',
      repositories: [
        { name: 'web', tags: versions(20) },
        { name: 'api', tags: versions(20) },
      ],
    },
  ],
}

/** What a run did with one repository. */
export const task = (id: number, status: string, more: Record<string, unknown> = {}) => ({
  id,
  execution_id: 1,
  src_resource: `library/app-${id}:[v1]`,
  dst_resource: `library/app-${id}:[v1]`,
  operation: 'copy',
  status,
  StatusRevision: id,
  start_time: minutesAgo(20),
  end_time: minutesAgo(19),
  ...more,
})

/** What it did with one tag. */
export const subtask = (id: number, status: string, more: Record<string, unknown> = {}) => ({
  id,
  namespace: 'library',
  repository: `app-${id}`,
  tag: 'v1',
  digest: 'sha256:0',
  status,
  status_text: '',
  start_time: minutesAgo(20),
  end_time: minutesAgo(19),
  ...more,
})

/** Somebody else starts a run, or the schedule. */
export async function start(request: APIRequestContext, own: Place, policyId = 1) {
  const answer = await request.post(`/api/swr/default/v2/-/instances/${own.instance}/replication/executions`, {
    headers: { origin: address.console },
    data: { policy_id: policyId },
  })
  expect(answer.ok()).toBe(true)
}

export const runHeading = (page: Page, id = 1) =>
  page.getByRole('heading', { level: 1, name: `Run ${id}`, exact: true })
export const progress = (page: Page) => page.getByRole('region', { name: 'Progress by tags' })
export const why = (page: Page) => page.getByRole('region', { name: 'Why tags failed' })
export const tagTable = (page: Page) => page.getByRole('table', { name: 'Tags' })
export const runTable = (page: Page) => page.getByRole('table', { name: 'Runs' })
export const chip = (page: Page, name: string | RegExp) =>
  page.getByRole('group', { name: 'Filter by status' }).getByRole('button', { name })
