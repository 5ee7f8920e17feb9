import 'server-only'
import { stringify } from 'csv-stringify/sync'

/**
 * Spreadsheets run what begins like a formula, and take other signs than commas for separators: a quote before it makes it a
 * text. The full-width signs are read as the plain ones where people type Chinese or Japanese.
 */
const disarm = (text: string) =>
  text.replaceAll(/[;,|｜\t\r\n](?=[=+\-@＝＋－＠｜])/g, "$&'").replace(/^(?=[=+\-@\t\r\n＝＋－＠｜])/, "'")

const textOf = (value: unknown) => (value instanceof Date ? value.toISOString() : JSON.stringify(value))

/** RFC 4180. With `first`, the names of the columns, after a mark without which spreadsheets guess the encoding. */
export const toCsv = (
  rows: readonly Readonly<Record<string, unknown>>[],
  columns: readonly string[],
  { first }: { readonly first: boolean },
): string =>
  stringify([...rows], {
    columns: [...columns],
    header: first,
    bom: first,
    quoted: true,
    quoted_empty: true,
    record_delimiter: '\r\n',
    cast: { string: disarm, object: (value) => disarm(textOf(value)) },
  })
