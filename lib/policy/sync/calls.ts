/** One `sync_images` call takes tags of one repository to one target, all with or all without overwriting. */
export interface CallKey {
  readonly repository: string
  readonly target: number
  readonly overwrite: boolean
}

/** Tags of one call: a lost answer leaves so many in doubt, and so long a call blocks a place. */
export const maxTagsPerCall = 20
/** Bytes of one call, for the same reason: the gateway gives up after about 50 s. One larger image goes alone. */
export const maxBytesPerCall = 5_000_000_000

const keyOf = ({ repository, target, overwrite }: CallKey) => `${target} ${overwrite} ${repository}`

/** Cells in the order in which they are sent, cut into calls. */
export function toCalls<Cell extends CallKey & { readonly size: number }>(cells: readonly Cell[]): Cell[][] {
  const calls: Cell[][] = []
  const open = new Map<string, { cells: Cell[]; bytes: number }>()
  for (const cell of cells) {
    const key = keyOf(cell)
    const call = open.get(key)
    if (call && call.cells.length < maxTagsPerCall && call.bytes + cell.size <= maxBytesPerCall) {
      call.cells.push(cell)
      call.bytes += cell.size
      continue
    }
    const fresh = { cells: [cell], bytes: cell.size }
    open.set(key, fresh)
    calls.push(fresh.cells)
  }
  return calls
}

const firstLookMs = 2_000
const longestLookMs = 60_000

/** Milliseconds until a target is looked at again, `elapsedMs` after SWR's answer: often at first, large images arrive late. */
export const nextLookMs = (elapsedMs: number): number =>
  Math.min(longestLookMs, Math.max(firstLookMs, Math.round(elapsedMs / 3)))
