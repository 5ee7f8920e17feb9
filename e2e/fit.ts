import { expect, type Page } from '@playwright/test'
import { expectNoSidewaysScroll } from './policies'
import { onlyIn } from './texts'

/* What is to be seen of a page or a dialog, in a window of any width. */

export const windows = { phone: { width: 360, height: 740 }, small: { width: 1280, height: 800 } } as const
const widths = [windows.phone, windows.small, { width: 1920, height: 1080 }]

/** Runs in the page: what is cut off at its right edge, without dots that say so, and dialogs that scroll sideways. */
const clipped = () =>
  [...document.querySelectorAll<HTMLElement>('body *')].flatMap((element) => {
    const { overflowX, textOverflow, clipPath } = getComputedStyle(element)
    const isBox = element instanceof HTMLDialogElement || ['hidden', 'clip'].includes(overflowX)
    const isOver = element.scrollWidth > element.clientWidth + 1
    // A field scrolls by its cursor; what only a screen reader says has no room by intention.
    const isMeant = textOverflow === 'ellipsis' || element.matches('input, select, textarea, svg, svg *')
    const isUnseen = !element.checkVisibility() || clipPath !== 'none'
    if (!isBox || !isOver || isMeant || isUnseen) return []
    return [`${element.tagName} ${element.className}: ${element.innerText.slice(0, 80)}`]
  })

/** Nothing lies beside the window, and nothing is cut off, on a phone, a laptop and a wide screen. */
export async function expectFits(page: Page) {
  const before = page.viewportSize()
  for (const size of widths) {
    await page.setViewportSize(size)
    await expectNoSidewaysScroll(page)
    expect.soft(await page.evaluate(clipped), `${size.width} px wide`).toEqual([])
  }
  if (before) await page.setViewportSize(before)
}

/** Runs in the page: its visible texts, each as it stands between two tags. */
function visibleTexts() {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found = new Set<string>()
  while (texts.nextNode()) {
    const { parentElement: parent, nodeValue } = texts.currentNode
    if (parent?.checkVisibility() && !parent.closest('script, style')) found.add(nodeValue?.trim() ?? '')
  }
  return [...found]
}

/** No text of the console stands there in English. */
export async function expectChinese(page: Page) {
  const english = onlyIn('en')
  expect.soft((await page.evaluate(visibleTexts)).filter((text) => english.has(text))).toEqual([])
}
