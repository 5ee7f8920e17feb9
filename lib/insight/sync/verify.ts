import 'server-only'
import { inTurns } from '../../concurrency'
import type { CellState } from '../../contract/console/sync-vocabulary'
import { problemOf } from '../../contract/problem'
import { maxBasicPageSize } from '../../contract/swr/basic'
import { systemActor } from '../../contract/system-actor'
import { changeCells, listCells, type SyncCellRow } from '../../db/sync-cells'
import { config } from '../../env/config'
import { Stopped } from '../../jobs/job'
import { nextLookMs } from '../../policy/sync/calls'
import { splitPath } from '../../policy/sync/reference'
import { requestSwr } from '../../swr/client'
import { pathAt } from './plan'
import type { SyncContext } from './send'

/* SWR's yes proves nothing (docs/swr-api.md section 16): a tag has arrived when the target lists it with the digest of the source. */

/** Repositories of targets that are looked at at once, for one job. */
const maxParallelLooks = 4
/** Up to so many tags are asked for one by one; more are found in the list. */
const maxSingleTags = 3
const longestSleepSeconds = 1

/** Cells that are looked for at a target: those that SWR has taken, and those of a call without an answer. */
const lookedFor: readonly CellState[] = ['reported', 'sending']

const isLookedFor = ({ reportedAt }: SyncCellRow) => reportedAt !== null

interface Group {
  readonly connection: string
  readonly path: string
  readonly cells: SyncCellRow[]
}

function groupsOf(context: SyncContext, cells: readonly SyncCellRow[]): Map<string, Group> {
  const groups = new Map<string, Group>()
  for (const cell of cells) {
    const target = context.job.data.targets[cell.target]
    if (!target || target.connection === null) continue
    const path = pathAt(target.organization, cell.repository)
    const key = `${target.connection} ${path}`
    const group = groups.get(key) ?? { connection: target.connection, path, cells: [] }
    group.cells.push(cell)
    groups.set(key, group)
  }
  return groups
}

/** Digests of some tags of a repository; without those that it does not have. */
async function digestsOf(connection: string, path: string, tags: ReadonlySet<string>): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const parts = splitPath(path)
  if (!parts) return found
  const params = { namespace: parts.organization, repository: parts.repository }
  const newest = { order_column: 'updated_at', order_type: 'desc' } as const
  const read = async (offset: number, tag?: string) => {
    const query = { offset, limit: maxBasicPageSize, ...newest, ...(tag !== undefined && { tag }) }
    const { items } = await requestSwr(systemActor, connection, 'basicTagList', { params, query })
    for (const { Tag, digest = '' } of items) if (Tag !== undefined && tags.has(Tag)) found.set(Tag, digest)
    return items.length === maxBasicPageSize
  }
  try {
    // Searched by name a tag may be one of many that hold it; where they fill a page, the whole list is read.
    let isCut = tags.size > maxSingleTags
    if (!isCut) for (const tag of tags) isCut = (await read(0, tag)) && !found.has(tag) ? true : isCut
    for (let offset = 0; isCut && found.size < tags.size; offset += maxBasicPageSize) isCut = await read(offset)
  } catch (error) {
    if (problemOf(error).code !== 'swr_not_found') throw error
  }
  return found
}

interface Verdict {
  readonly state: CellState
  readonly reason: string | null
}

/** What a look at a target says of a cell; null: nothing yet. */
function verdict(cell: SyncCellRow, digest: string | undefined, isLate: boolean): Verdict | null {
  if (digest !== undefined && digest !== '' && digest === cell.digest) return { state: 'verified', reason: null }
  if (!isLate) return null
  return { state: 'missing', reason: digest === undefined ? cell.reason : 'other_digest' }
}

/** Looks once; cells whose time is over get their verdict. */
async function look(context: SyncContext, { connection, path, cells }: Group, lateMs: number): Promise<void> {
  const { id } = context.job
  const isLate = ({ reportedAt }: SyncCellRow) => Date.now() - (reportedAt?.getTime() ?? 0) >= lateMs
  // Asked before the look: what arrives while it lasts is not called late.
  const late = new Set(cells.filter(isLate).map(({ index }) => index))
  let digests: ReadonlyMap<string, string>
  try {
    digests = await digestsOf(connection, path, new Set(cells.map(({ tag }) => tag)))
  } catch (error) {
    const reason = problemOf(error).code
    const given = (state: CellState) =>
      cells.filter((cell) => late.has(cell.index) && cell.state === state).map(({ index }) => index)
    if (late.size === 0) return
    await context.change(async (tx, version) => {
      await changeCells(tx, id, given('reported'), ['reported'], version, { state: 'unverifiable', reason })
      await changeCells(tx, id, given('sending'), ['sending'], version, { state: 'unknown', reason })
    })
    return
  }
  const settled = new Map<string, { readonly said: Verdict; readonly indexes: number[] }>()
  for (const cell of cells) {
    const said = verdict(cell, digests.get(cell.tag), late.has(cell.index))
    if (!said) continue
    const key = `${said.state} ${said.reason ?? ''}`
    const same = settled.get(key)
    if (same) same.indexes.push(cell.index)
    else settled.set(key, { said, indexes: [cell.index] })
  }
  if (settled.size === 0) return
  await context.change(async (tx, version) => {
    for (const { said, indexes } of settled.values()) await changeCells(tx, id, indexes, lookedFor, version, said)
  })
}

/** Looks at the targets until nothing is looked for any more and `isSending` says that nothing more will be. */
export async function verifyCells(context: SyncContext, isSending: () => boolean): Promise<void> {
  const { store, job } = context
  const lateMs = config().syncVerifyMinutes * 60_000
  const lastLooks = new Map<string, number>()
  for (;;) {
    const more = isSending()
    const groups = groupsOf(context, (await listCells(store.db, job.id, { states: lookedFor })).filter(isLookedFor))
    if (groups.size === 0 && !more) return
    const due = [...groups].filter(([key, { cells }]) => {
      const first = Math.min(...cells.map(({ reportedAt }) => reportedAt?.getTime() ?? 0))
      const last = lastLooks.get(key)
      return last === undefined || Date.now() - last >= nextLookMs(Math.min(Date.now() - first, lateMs / 2))
    })
    await inTurns(due, maxParallelLooks, async ([key, group]) => {
      context.check()
      lastLooks.set(key, Date.now())
      await look(context, group, lateMs)
      return true
    })
    await context.sleep(Math.min(longestSleepSeconds, lateMs / 4000))
    // Somebody who has canceled the rest still learns what has become of what was sent.
    await context.permit().catch((error: unknown) => {
      if (!(error instanceof Stopped)) throw error
    })
  }
}

/** What was under way when a console died is looked for; where it cannot be, nobody knows. */
export async function takeUpInFlight(context: SyncContext): Promise<void> {
  const { store, job } = context
  const left = (await listCells(store.db, job.id, { states: ['sending'] })).filter((cell) => !isLookedFor(cell))
  if (left.length === 0) return
  const isVisible = ({ target }: SyncCellRow) => job.data.targets[target]?.connection != null
  const of = (cells: readonly SyncCellRow[]) => cells.map(({ index }) => index)
  await context.change(async (tx, version) => {
    const reason = 'interrupted'
    await changeCells(tx, job.id, of(left.filter(isVisible)), ['sending'], version, { reason, reported: 'now' })
    const unseen = of(left.filter((cell) => !isVisible(cell)))
    await changeCells(tx, job.id, unseen, ['sending'], version, { state: 'unknown', reason })
  })
}
