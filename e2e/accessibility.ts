import { expect, type Page } from '@playwright/test'
import axe, { type AxeResults, type RunOptions } from 'axe-core'

const rules: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
}

/** Fails with one line for each thing that axe finds on the page as it stands. */
export async function expectAccessible(page: Page) {
  // A colour that is still fading is no colour to judge.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  )
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate((options) => {
    const page = window as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } }
    return page.axe.run(options)
  }, rules)
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id}: ${help} at ${target.join(' ')}`),
  )
  expect(found).toEqual([])
}
