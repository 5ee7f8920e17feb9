import { expect, type Page } from '@playwright/test'

/*
 * Between the first HTML and the moment when React is alive. Forms wait for it by themselves; what is pressed or chosen
 * elsewhere would be lost.
 */

/** Does again what may come too early, until it is seen to have worked; `seen` must not wait long for that. */
export const repeatUntil = (act: () => Promise<unknown>, seen: () => Promise<unknown>) =>
  expect(async () => {
    await act()
    await seen()
  }).toPass()

/** Waits until a press is heard at once. What is chosen in a box or by a radio button before is seen there, and lost. */
export const untilAlive = (page: Page) => expect.poll(() => page.evaluate(() => 'takeEarlyPress' in window)).toBe(false)

/** Goes to the search of a list by its key, which answers once the page is alive. */
export const focusSearch = (page: Page) =>
  repeatUntil(
    () => page.keyboard.press('/'),
    () => expect(page.getByRole('searchbox')).toBeFocused({ timeout: 200 }),
  )

/** Opens a list and waits until it is alive: what is chosen in a filter before that is lost. */
export async function openList(page: Page, address: string) {
  const answer = await page.goto(address)
  await focusSearch(page)
  return answer
}

/** Notes what the page asks the console for by itself. The answer is every path until now. */
export function watchRequests(page: Page) {
  const asked: string[] = []
  const last = '/api/health'
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  return async () => {
    // Requests are seen in their order: with this one, those before it are too.
    await page.evaluate((path) => fetch(path).then((answer) => answer.text()), last)
    return asked.filter((path) => path.startsWith('/api/') && path !== last)
  }
}
