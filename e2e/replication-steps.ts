import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { expect, type Place } from './fixtures'

/*
 * What tests of the replication form do again and again.
 */

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
