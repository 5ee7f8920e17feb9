import 'server-only'
import { maxBasicPageSize } from '../contract/swr/basic'

export interface BasicPages<Row> {
  readonly rows: readonly Row[]
  /** False when there is more than was read. */
  readonly complete: boolean
}

interface Asked {
  readonly offset: number
  readonly limit: number
}

/**
 * A list of the Basic Edition, a page after the other. Neither the total nor the length of a page is believed alone: a short
 * page is the end where the total agrees or is not told, an empty one always is (docs/swr-api.md section 7). Goes on behind
 * what came, not behind what was asked for: SWR may give fewer at a time.
 */
export async function fetchBasicPages<Row>(
  ask: (page: Asked) => Promise<{ readonly items: readonly Row[]; readonly total?: number | undefined }>,
  maxPages: number,
): Promise<BasicPages<Row>> {
  const rows: Row[] = []
  for (let page = 0; page < maxPages; page += 1) {
    const { items, total = 0 } = await ask({ offset: rows.length, limit: maxBasicPageSize })
    rows.push(...items)
    if (items.length === 0 || (items.length < maxBasicPageSize && rows.length >= total)) return { rows, complete: true }
  }
  return { rows, complete: false }
}
