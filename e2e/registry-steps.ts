import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { expect, type Place } from './fixtures'

/* What a person does on the registries page again and again. */

export const secret = 'e2e-registry-secret-31415'

export const table = (page: Page) => page.getByRole('table', { name: 'Registries' })
export const row = (page: Page, name: string) =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) })

export const panel = (page: Page, title: string) => page.getByRole('dialog', { name: title, exact: true })
export const field = (page: Page, label: string) =>
  page.getByRole('dialog').getByRole('textbox', { name: new RegExp(`^${label}( \\*| optional)?$`) })
/** A field for a password has no role. */
export const secretField = (page: Page) => page.getByRole('dialog').getByLabel('Secret')

export async function openNew(page: Page, own: Place) {
  await page.goto(routes.registries(own))
  await page.getByRole('button', { name: 'Add registry' }).click()
  await expect(panel(page, 'Add registry')).toBeVisible()
}

export async function openEdit(page: Page, own: Place, name: string) {
  await page.goto(routes.registries(own))
  await table(page).getByRole('link', { name, exact: true }).click()
  await expect(field(page, 'Name')).toHaveValue(name)
}

export async function fill(page: Page, values: Readonly<Record<string, string>>) {
  for (const [label, value] of Object.entries(values)) await field(page, label).fill(value)
}

export const chooseType = (page: Page, type: string) =>
  page.getByRole('dialog').getByRole('radio', { name: type }).check()

export const review = (page: Page) =>
  page
    .getByRole('dialog')
    .getByRole('button', { name: /^Review and (add|save)$/ })
    .click()

export const confirm = (page: Page, title: string, act: 'Add registry' | 'Save changes') =>
  panel(page, title).getByRole('button', { name: act }).click()

/** What SWR was sent. */
export const sent = async (own: Place, method: 'POST' | 'PUT' | 'DELETE') =>
  (await own.received(method)).map(({ body }) => body)
