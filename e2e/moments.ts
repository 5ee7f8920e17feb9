import type { Page } from '@playwright/test'

/*
 * What stands on a page for a moment only is noted there, after each of its changes: whoever looks from outside may be too slow
 * to see it.
 */

/** What the elements of a selector say, in their order: at first, and after each change of it. Ends with the document. */
export async function noteTexts(page: Page, selector: string): Promise<() => Promise<string[][]>> {
  const noted = await page.evaluateHandle((wanted) => {
    const moments: string[][] = []
    const look = () => {
      const texts = [...document.querySelectorAll<HTMLElement>(wanted)].map((element) => element.innerText)
      if (JSON.stringify(texts) !== JSON.stringify(moments.at(-1))) moments.push(texts)
    }
    look()
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })
    return moments
  }, selector)
  return () => noted.jsonValue()
}
