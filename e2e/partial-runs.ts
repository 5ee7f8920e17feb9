import { expect, type Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import type { Place } from './fixtures'
import { policy, registry, run } from './policies'
import type { Content } from './sandbox'

/*
 * A policy with a run of which a part failed, and what is done again and again to send that part once more.
 */

export const id = 7
export const failedRun = 12
export const denied = '401 unauthorized: authentication required'
export const tagResult = (number: number, repository: string, tag: string, status = 'Failed') => ({
  id: number,
  namespace: 'payments',
  repository,
  tag,
  status,
  status_text: status === 'Failed' ? denied : '',
})

/** A run in which three tags failed, in two repositories; the target refuses one of them still. */
export const content = (more: Content = {}): Content => ({
  registries: [registry(3, 'frankfurt')],
  policies: [
    policy(id, 'payments-to-frankfurt', {
      filters: [
        { type: 'name', value: 'payments/**' },
        { type: 'tag', value: '{v*,fault*}' },
      ],
    }),
  ],
  namespaces: [
    {
      name: 'payments',
      repositories: [
        { name: 'api', tags: ['v1.0', 'v1.1', 'latest', 'fault-denied-1'] },
        { name: 'team/worker', tags: ['v1.0', 'v1.1'] },
      ],
    },
    { name: 'library', repositories: [{ name: 'nginx', tags: ['v1'] }] },
  ],
  executions: [run(failedRun, id, 'Failed', { total: 2, failed: 2, succeed: 0 })],
  tasks: {
    [failedRun]: [
      { id: 1, execution_id: failedRun, status: 'Failed', src_resource: 'payments/api:[v1.0,…]' },
      { id: 2, execution_id: failedRun, status: 'Failed', src_resource: 'payments/team/worker:[v1.0]' },
    ],
  },
  subtasks: {
    1: [
      tagResult(1, 'api', 'v1.0', 'Failed'),
      tagResult(2, 'api', 'fault-denied-1', 'Failed'),
      tagResult(3, 'api', 'v1.1', 'Succeed'),
    ],
    2: [tagResult(4, 'team/worker', 'v1.0', 'Failed')],
  },
  ...more,
})

export const openFailed = (page: Page, own: Place) => page.goto(routes.replicationRun(own, id, failedRun))
export const again = (page: Page) => page.getByRole('button', { name: /^Retry failed/ })
export const dialog = (page: Page) => page.getByRole('dialog')
export const parts = (page: Page) => page.getByRole('region', { name: 'Partial runs' })
export const part = (page: Page, repository: string) =>
  parts(page).getByRole('listitem').filter({ hasText: repository }).last()

/** What SWR was told to do, in order. */
export const told = async (own: Place) =>
  (await own.received())
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path.split('/').at(-1)?.replace(/^\d+$/, '{id}')}`)

/** Opens the dialog of the policy's page. */
export async function openPart(page: Page, own: Place) {
  await page.goto(routes.replicationPolicy(own, id))
  await page.getByRole('button', { name: 'Run selected…' }).click()
  await expect(dialog(page)).toContainText('Run selected tags of payments-to-frankfurt')
}

/** Sends the three tags that failed once more. */
export async function retryFailed(page: Page, own: Place) {
  await openFailed(page, own)
  await again(page).click()
  await dialog(page).getByRole('button', { name: 'Retry 3 items' }).click()
}
