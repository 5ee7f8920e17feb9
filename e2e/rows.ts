import { expect, type Locator } from '@playwright/test'

/*
 * Tables, definition lists and lists read as a person reads them: each value by its heading. A text is what is laid out,
 * what only a screen reader says included; its lines are joined by a space where one text is asked for.
 */

/** A text as it is, a pattern in it, or what else Playwright can compare with. */
type Expected = string | RegExp | ReturnType<typeof expect.stringContaining>
type ExpectedTexts = Readonly<Record<string, Expected>>

const matcher = (expected: Expected) => (expected instanceof RegExp ? expect.stringMatching(expected) : expected)
const matchers = (expected: ExpectedTexts) =>
  Object.fromEntries(Object.entries(expected).map(([heading, text]) => [heading, matcher(text)]))

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter(Boolean)
const textOf = (text: string) => linesOf(text).join(' ')

interface Row {
  /** The link that names the row, otherwise the first line of its heading or of its first cell. */
  name: string
  /** By the headings of the columns. */
  cells: Record<string, string>
}

async function readTable(table: Locator): Promise<Row[]> {
  const { headings, rows } = await table.evaluateAll((elements) => {
    const [element] = elements
    // It may come later; of several, nobody knows which is meant.
    if (element === undefined) return { headings: [], rows: [] }
    if (elements.length > 1 || !(element instanceof HTMLTableElement)) throw new Error('not one table')
    const textsOf = (row: HTMLTableRowElement | undefined) => Array.from(row?.cells ?? [], ({ innerText }) => innerText)
    const found = Array.from(element.tBodies).flatMap((body) => Array.from(body.rows))
    return {
      headings: textsOf(element.tHead?.rows[0]),
      rows: found.map((row) => {
        const naming = row.querySelector('th') ?? row.cells[0]
        return { name: (naming?.querySelector('a') ?? naming)?.innerText ?? '', texts: textsOf(row) }
      }),
    }
  })
  return rows.map(({ name, texts }) => ({
    name: linesOf(name)[0] ?? '',
    cells: Object.fromEntries(texts.map((text, at) => [textOf(headings[at] ?? ''), textOf(text)])),
  }))
}

/** The row of this name says at least this. */
export const expectRow = (table: Locator, name: string, expected: ExpectedTexts, options: { timeout?: number } = {}) =>
  expect
    .poll(
      async () => {
        const rows = await readTable(table)
        // Where there is none, whoever reads the failure sees which there are.
        return rows.find((row) => row.name === name)?.cells ?? rows.map((row) => row.name)
      },
      { message: name, ...options },
    )
    .toMatchObject(matchers(expected))

/** Exactly so many rows, in this order, and each says at least this. */
export const expectRows = (table: Locator, expected: readonly ExpectedTexts[]) =>
  expect.poll(async () => (await readTable(table)).map(({ cells }) => cells)).toMatchObject(expected.map(matchers))

/** The definition lists of this part of the page say at least this under their terms. */
export const expectTerms = (part: Locator, expected: ExpectedTexts) =>
  expect
    .poll(async () => {
      const found = await part.locator('dt').evaluateAll((terms) =>
        terms.map((term) => {
          const value = term.nextElementSibling
          return [term.textContent ?? '', value instanceof HTMLElement ? value.innerText : ''] as const
        }),
      )
      return Object.fromEntries(found.map(([term, value]) => [textOf(term), textOf(value)]))
    })
    .toMatchObject(matchers(expected))

/** Exactly these elements (the entries of a list, a link), each with exactly these lines. */
export const expectLines = (elements: Locator, expected: readonly (readonly Expected[])[]) =>
  expect
    .poll(async () => (await elements.allInnerTexts()).map(linesOf))
    .toEqual(expected.map((lines) => lines.map(matcher)))
