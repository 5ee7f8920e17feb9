import 'server-only'
import { inTurns } from '../../concurrency'
import type { CellState } from '../../contract/console/sync-vocabulary'
import { problemOf, turnedBack } from '../../contract/problem'
import { maxBasicPageSize } from '../../contract/swr/basic'
import { systemActor } from '../../contract/system-actor'
import { changeCells, listCells, type SyncCellRow } from '../../db/sync-cells'
import { config } from '../../env/config'
import { Stopped } from '../../jobs/job'
import { nextLookMs } from '../../policy/sync/calls'
import { splitPath } from '../../policy/sync/reference'
import { requestSwr } from '../../swr/client'
import { fetchBasicPages } from '../basic-pages'
import { type Lister, listerOf } from './lister'
import { pathAt } from './plan'
import type { SyncContext } from './send'

/* SWR's yes proves nothing (docs/swr-api.md section 16): a tag has arrived when the target lists it with the digest of the source. */

/** Repositories of one target connection that are looked at at once, for one job. One that does not answer holds up no other. */
const maxParallelLooks = 2
/** Up to so many tags are asked for one by one; more are found in the list. */
export const maxSingleTags = 3
/** Pages of one list: what lies behind them cannot be verified. */
const maxPages = 200
const longestSleepSeconds = 1

/** Cells that are looked for at a target: those that SWR has taken, and those of a call without an answer. */
const lookedFor: readonly CellState[] = ['reported', 'sending']

const isLookedFor = ({ reportedAt }: SyncCellRow) => reportedAt !== null
const indexesOf = (cells: readonly SyncCellRow[]) => cells.map(({ index }) => index)

/** What both halves of the work know of each other. */
export interface Progress {
  /** Something waits to be sent, or is being sent. */
  sending: boolean
  /** Something is looked for. */
  looking: boolean
}

interface Group {
  readonly key: string
  readonly connection: string
  readonly path: string
  readonly cells: SyncCellRow[]
}

/** Cells by the repository in which they are looked for, and those that cannot be. */
function groupsOf({ job }: SyncContext, lister: Lister, cells: readonly SyncCellRow[]) {
  const groups = new Map<string, Group>()
  const unseen: SyncCellRow[] = []
  for (const cell of cells) {
    const connection = lister(cell)
    const organization = job.data.targets[cell.target]?.organization
    if (connection === null || organization === undefined) {
      unseen.push(cell)
      continue
    }
    const path = pathAt(organization, cell.repository)
    const key = `${connection} ${path}`
    const group = groups.get(key) ?? { key, connection, path, cells: [] }
    group.cells.push(cell)
    groups.set(key, group)
  }
  return { groups: [...groups.values()], unseen }
}

/** What nobody can look for has been said yes to, or nobody knows of it. */
async function settleUnseen(context: SyncContext, cells: readonly SyncCellRow[], reason: string | null): Promise<void> {
  if (cells.length === 0) return
  const indexes = indexesOf(cells)
  const { id } = context.job
  await context.change(async (tx, version) => {
    await changeCells(tx, id, indexes, ['reported'], version, { state: 'unverifiable', ...(reason && { reason }) })
    await changeCells(tx, id, indexes, ['sending'], version, { state: 'unknown', ...(reason && { reason }) })
  })
}

/** The list goes on behind all that is read of it. */
export class TooLong extends Error {}

/** Digests of some tags of a repository; without those that it does not have. Throws what SWR answered, or `TooLong`. */
export async function digestsOf(
  context: Pick<SyncContext, 'check'>,
  { connection, path }: Pick<Group, 'connection' | 'path'>,
  tags: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  const parts = splitPath(path)
  if (!parts) return found
  const params = { namespace: parts.organization, repository: parts.repository }
  const newest = { order_column: 'updated_at', order_type: 'desc' } as const
  const read = async (query: { offset: number; limit: number; tag?: string }) => {
    context.check()
    const answer = await requestSwr(systemActor, connection, 'basicTagList', { params, query: { ...query, ...newest } })
    for (const { Tag, digest = '' } of answer.items) if (Tag !== undefined && tags.has(Tag)) found.set(Tag, digest)
    return answer
  }
  // What is found early needs no further page.
  const readOn = async (query: { offset: number; limit: number }) =>
    found.size === tags.size ? { items: [] } : await read(query)
  try {
    // Searched by name a tag may be one of many that hold it; where they go on behind a page, the whole list is read.
    let isCut = tags.size > maxSingleTags
    if (!isCut)
      for (const tag of tags) {
        const { items, total = 0 } = await read({ offset: 0, limit: maxBasicPageSize, tag })
        isCut ||= !found.has(tag) && items.length > 0 && (items.length === maxBasicPageSize || items.length < total)
      }
    if (isCut && !(await fetchBasicPages(readOn, maxPages)).complete) throw new TooLong()
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
  if (digest === undefined) return { state: 'missing', reason: cell.reason }
  // A tag is there, and nobody can say which image it is.
  if (digest === '' || cell.digest === '') return { state: 'unverifiable', reason: 'digest_untold' }
  return { state: 'missing', reason: 'other_digest' }
}

/** Looks once; cells whose time is over get their verdict. False: the target answers nobody for now. */
async function look(context: SyncContext, group: Group, lateMs: number): Promise<boolean> {
  const { cells } = group
  const isLate = ({ reportedAt }: SyncCellRow) => Date.now() - (reportedAt?.getTime() ?? 0) >= lateMs
  // Asked before the look: what arrives while it lasts is not called late.
  const late = new Set(indexesOf(cells.filter(isLate)))
  let digests: ReadonlyMap<string, string>
  try {
    digests = await digestsOf(context, group, new Set(cells.map(({ tag }) => tag)))
  } catch (error) {
    context.check()
    if (error instanceof TooLong) {
      await settleUnseen(context, cells, 'list_too_long')
      return true
    }
    const { code } = problemOf(error)
    // Where it was turned back nobody has looked: the next look is the last.
    if (!turnedBack.includes(code))
      await settleUnseen(
        context,
        cells.filter(({ index }) => late.has(index)),
        code,
      )
    return false
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
  if (settled.size > 0)
    await context.change(async (tx, version) => {
      for (const { said, indexes } of settled.values())
        await changeCells(tx, context.job.id, indexes, lookedFor, version, said)
    })
  return true
}

/** Whether the work may go on: also when the job was stopped, since what was sent is to be known. Throws `Paused`. */
const permitLook = (context: SyncContext): Promise<void> =>
  context.permit().catch((error: unknown) => {
    if (!(error instanceof Stopped)) throw error
  })

/** Looks at the targets until nothing is looked for any more, and nothing is sent that would be. */
export async function verifyCells(context: SyncContext, progress: Progress): Promise<void> {
  const { store, job } = context
  const lateMs = config().syncVerifyMinutes * 60_000
  const lastLooks = new Map<string, number>()
  const isDue = ({ key, cells }: Group) => {
    const first = Math.min(...cells.map(({ reportedAt }) => reportedAt?.getTime() ?? 0))
    const last = lastLooks.get(key)
    return last === undefined || Date.now() - last >= nextLookMs(Math.min(Date.now() - first, lateMs / 2))
  }
  for (;;) {
    const isSending = progress.sending
    const open = (await listCells(store.db, job.id, { states: lookedFor })).filter(isLookedFor)
    progress.looking = open.length > 0
    if (!progress.looking && !isSending) return
    const { groups, unseen } = groupsOf(context, await listerOf(context.store.db, context.job), open)
    // A target that nobody could list from the beginning needs no words for it.
    const isLost = ({ target }: SyncCellRow) => job.data.targets[target]?.connection != null
    await settleUnseen(context, unseen.filter(isLost), 'target_lost')
    await settleUnseen(
      context,
      unseen.filter((cell) => !isLost(cell)),
      null,
    )
    const byConnection = new Map<string, Group[]>()
    for (const group of groups.filter(isDue))
      byConnection.set(group.connection, [...(byConnection.get(group.connection) ?? []), group])
    await Promise.all(
      Array.from(byConnection.values(), (due) =>
        inTurns(due, maxParallelLooks, async (group) => {
          await permitLook(context)
          lastLooks.set(group.key, Date.now())
          return await look(context, group, lateMs)
        }),
      ),
    )
    await context.sleep(Math.min(longestSleepSeconds, lateMs / 4000))
    await permitLook(context)
  }
}

/** What was under way when a console died is looked for; where it cannot be, nobody knows. */
export async function takeUpInFlight(context: SyncContext): Promise<void> {
  const { store, job } = context
  const left = (await listCells(store.db, job.id, { states: ['sending'] })).filter((cell) => !isLookedFor(cell))
  if (left.length === 0) return
  const lister = await listerOf(context.store.db, context.job)
  const isVisible = (cell: SyncCellRow) => lister(cell) !== null
  await context.change(async (tx, version) => {
    const reason = 'interrupted'
    const seen = indexesOf(left.filter(isVisible))
    await changeCells(tx, job.id, seen, ['sending'], version, { reason, reported: 'now' })
    const unseen = indexesOf(left.filter((cell) => !isVisible(cell)))
    await changeCells(tx, job.id, unseen, ['sending'], version, { state: 'unknown', reason })
  })
}
