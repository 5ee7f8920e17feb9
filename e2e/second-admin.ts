import type { APIRequestContext, Browser, Page } from '@playwright/test'
import { address } from './accounts'
import { type Account, invite, nobody, signIn, stranger, visitor } from './people'

/** Another admin in a browser of their own; signing in leads to the address. */
export async function asSecondAdmin(
  { browser, asAdmin }: { browser: Browser; asAdmin: APIRequestContext },
  at: string,
  act: (page: Page, account: Account) => Promise<void>,
): Promise<void> {
  const account = await invite(asAdmin, stranger('admin', 'Second Admin'))
  const context = await browser.newContext({
    baseURL: address.console,
    storageState: nobody,
    extraHTTPHeaders: visitor(),
  })
  const page = await context.newPage()
  await page.goto(at)
  await signIn(page, account)
  await act(page, account)
  await context.close()
}
