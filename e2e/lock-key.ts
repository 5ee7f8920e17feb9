import type { Page } from '@playwright/test'
import { routes } from '@/lib/routes'
import { authorization, sdkDate } from '@/lib/swr/sign'
import { accounts, address } from './accounts'

/**
 * Somebody, not the console, signs badly with the key of the connection `lock` until it is locked, for five minutes. Before
 * the first test as well: the console remembers a refusal for a minute, and every visit of its front page asks by this key.
 */
export async function lockKey() {
  const url = new URL('/v2/any/instances', address.sandbox)
  for (let at = 0; at < 6; at += 1) {
    const headers = { 'content-type': 'application/json', 'x-sdk-date': sdkDate(new Date()) }
    const signed = authorization({ method: 'GET', url, headers, body: undefined }, accounts.lock)
    const { status } = await fetch(url, { headers: { ...headers, authorization: signed } })
    if (status !== 401) throw new Error(`a bad signature was answered with ${status}`)
  }
}

/** What asks anew with the key of a connection, on the page of settings. */
export const retryOf = (page: Page, connection: string) =>
  page.getByRole('listitem').filter({ hasText: connection }).getByRole('button', { name: 'Try again' })

/** The same for a console that may remember an earlier refusal, of before the key was locked or of after: an admin asks anew. */
export async function lockKeyAnew(page: Page) {
  await lockKey()
  await page.goto(routes.settings())
  const again = retryOf(page, 'Locked key')
  if (await again.isHidden()) return
  const answer = page.waitForResponse((response) => response.request().method() === 'POST')
  await again.click()
  await answer
}
