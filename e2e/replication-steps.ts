import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { expect, type Place } from './fixtures'

/*
 * What tests of the replication form show in it and do again and again.
 */

export const registries = [
  { id: 3, name: 'frankfurt-dr', type: 'swr-pro-internal', region_id: 'eu-west-101', status: 'healthy' },
  { id: 6, name: 'staging', type: 'swr-pro', status: 'healthy' },
  { id: 12, name: 'plant-suzhou', type: 'huawei-SWR', region_id: 'cn-east-3', status: 'unhealthy' },
]
export const repository = (name: string) => ({ name, tags: ['1.0'] })
export const namespaces = [
  { name: 'library', repositories: ['nginx', 'redis', 'team/api'].map(repository) },
  { name: 'payments', repositories: ['api', 'worker'].map(repository) },
]

/** A policy as the documentation shows it when it is read. */
export const read = {
  id: 274,
  name: 'test',
  description: 'before',
  src_registry: { id: 0, name: '' },
  dest_registry: { id: 6, name: 'staging' },
  dest_namespace: '',
  filters: [
    { type: 'name', value: '**/**' },
    { type: 'tag', value: '**' },
  ],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
  override: true,
  enabled: true,
  created_at: '2026-01-03T11:55:14.338485Z',
  updated_at: '2026-01-03T11:55:14.338485Z',
}

/** Opens the form of the policy that is read. */
export const openEdit = (page: Page, own: Place) => page.goto(routes.replicationEdit(own, read.id))

/** A text field by its label alone, optional or not. */
export const field = (page: Page, label: string) =>
  page.getByRole('textbox', { name: new RegExp(`^${label}( optional)?$`) })

export const choose = (page: Page, question: string | RegExp, answer: string) =>
  page.getByRole('radiogroup', { name: question }).getByRole('radio', { name: answer }).check()

export const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true })

export async function openNew(page: Page, own: Place) {
  await page.goto(routes.replicationNew(own))
  await expect(heading(page, 'New replication policy')).toBeVisible()
}

export async function fillNew(page: Page, { name, registry = '3' }: { name: string; registry?: string }) {
  await field(page, 'Name').fill(name)
  await page.getByRole('combobox', { name: 'registry' }).selectOption(registry)
  await field(page, 'Repositories').fill('**')
}

export const review = (page: Page) =>
  page
    .getByRole('button', { name: /^Review and/ })
    .first()
    .click()

export const confirm = (page: Page, act: 'Create policy' | 'Save changes') =>
  page.getByRole('dialog').getByRole('button', { name: act }).click()

/** The body of the one write that SWR received. */
export async function sent(own: Place, method: 'POST' | 'PUT') {
  const requests = await own.received(method)
  expect(requests).toHaveLength(1)
  return requests[0]?.body
}
