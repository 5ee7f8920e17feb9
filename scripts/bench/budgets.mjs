/*
 * What the console may cost. A `limit` holds today and must not be lost; a `goal` is what we work towards. The whole
 * benchmark fails when one of either is missed, `npm run bench -- sizes` looks at the limits of sizes alone.
 */

/** Bytes on the wire of each page until it is idle, by the kind of the page. */
export const sizeLimits = {
  list: { html: 47_000, script: 215_000, font: 91_000, requests: 15, shift: 0.01 },
  form: { html: 40_000, script: 270_000, font: 91_000, requests: 15, shift: 0.01 },
}

const limit = (budget) => ({ status: 'limit', ...budget })
const goal = (budget) => ({ status: 'goal', ...budget })

/**
 * What the whole benchmark measures, in the order of its table. `beside` names the yardstick; `ratio` is the largest multiple
 * of it that passes, `most` the largest value. Without either a line is there to be read.
 */
export const budgets = {
  listProcessor: goal({ name: 'Processor time: list page', unit: 'ms', beside: 'bare page', ratio: 2.2 }),
  signInProcessor: goal({ name: 'Processor time: sign-in page', unit: 'ms', beside: 'bare page', ratio: 1.5 }),
  readProcessor: goal({
    name: 'Processor time: read through the proxy',
    unit: 'ms',
    beside: 'bare handler',
    ratio: 2.5,
  }),
  html: goal({ name: 'HTML of the list page', unit: 'kB', most: 13 }),
  plainHtml: { name: 'HTML of the list page, not compressed', unit: 'kB' },
  firstRow: goal({ name: 'First row visible', unit: 'ms', beside: 'plain HTML', ratio: 1.4 }),
  rowLive: goal({ name: 'Row live', unit: 'ms', beside: 'bare page', ratio: 1.35 }),
  script: goal({ name: 'JavaScript of the list page', unit: 'kB', beside: 'bare page', most: 190 }),
  scriptBefore: { name: 'JavaScript before the first row', unit: 'kB', beside: 'bare page' },
  font: { name: 'Fonts of the list page', unit: 'kB' },
  fontBefore: goal({ name: 'Fonts before the first row', unit: 'kB', most: 30 }),
  crowdP95: goal({ name: '50 people at the list page: p95', unit: 'ms', beside: 'bare page', most: 1_500 }),
  crowdRate: { name: '50 people at the list page: pages a second', unit: '/s', beside: 'bare page' },
  memory: limit({ name: 'Memory after many views of the list page', unit: 'MB', most: 450 }),
}
