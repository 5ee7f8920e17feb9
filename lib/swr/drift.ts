import 'server-only'
import { setTimeout } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { ParsedInput } from '../contract/parse-input'
import type { SwrOperation } from '../contract/swr/operations'
import type { PolicyKind } from '../contract/vocabulary'
import { db } from '../db/open'
import {
  latestHashes,
  latestRevision,
  markDeleted,
  type ResourceScope,
  saveIfChanged,
  type Version,
} from '../db/revisions'
import type { Connection } from '../env/connections'
import { globalSlot } from '../global-slot'
import { log } from '../net/log'
import { listAll } from './current'

/** A page waits no longer for it; what is under way then goes on. */
const maxWaitMs = 100

const row = z.looseObject({ id: z.number(), name: z.string().catch(''), content_hash: z.string().min(1) })
type Row = z.output<typeof row>

const total = z.number().optional().catch(undefined)
const listOf = (answer: z.ZodType<Listed>) => answer.catch({ items: [], total: undefined })
interface Listed {
  readonly items: readonly unknown[]
  /** Of all pages. */
  readonly total?: number | undefined
}

const lists: Partial<Record<SwrOperation, readonly [PolicyKind, z.ZodType<Listed>]>> = {
  replicationList: [
    'replication',
    listOf(
      z.object({ policies: z.array(z.unknown()), total }).transform(({ policies: items, total }) => ({ items, total })),
    ),
  ],
  retentionList: [
    'retention',
    listOf(
      z
        .object({ retentions: z.array(z.unknown()), total })
        .transform(({ retentions: items, total }) => ({ items, total })),
    ),
  ],
}
const shows: Partial<Record<SwrOperation, PolicyKind>> = {
  replicationShow: 'replication',
  retentionShow: 'retention',
}

const versionOf = ({ content_hash, ...content }: Row): Version => ({
  name: content.name,
  hash: content_hash,
  content,
})

interface Seen {
  readonly rows: readonly Row[]
  /** These are all that there are: what is not among them is gone. */
  readonly complete: boolean
  /** One that has no version yet gets its first. */
  readonly first: boolean
}

/** What does not leave anything out of a list. */
const orders = ['offset', 'limit', 'order_column', 'order_type']

/** Everything was asked for and came on one page, and each row can be read: nothing can hide. */
const isComplete = (query: ParsedInput['query'], { items, total }: Listed, rows: readonly Row[]) =>
  Object.entries(query).every(([name, value]) => value === undefined || orders.includes(name)) &&
  (query.offset ?? 0) === 0 &&
  total === items.length &&
  total === new Set(rows.map(({ id }) => id)).size

function seenIn(query: ParsedInput['query'], answer: unknown, list: z.ZodType<Listed> | undefined): Seen {
  const listed = list?.parse(answer) ?? { items: [answer] }
  const rows = listed.items.flatMap((each) => row.safeParse(each).data ?? [])
  return { rows, complete: list !== undefined && isComplete(query, listed, rows), first: list === undefined }
}

/**
 * Nobody promises that a list shows at once what was just made, nor do the clocks of several consoles agree to the second.
 * What has changed here so lately is not taken for gone.
 */
const listLagMs = 60_000

/** A page that says what it said so lately is not looked up again. A version that somebody else enters meanwhile waits as long. */
const sameForMs = 10_000
/** Pages without a difference, by what they said. */
const compared = globalSlot(
  'compared',
  () => new LRUCache<string, true>({ ttl: sameForMs, maxSize: 1_000_000, sizeCalculation: (_, key) => key.length }),
)

/** Compares with the newest versions and enters what has changed; of a list only what has versions already. */
async function compare(shelf: ResourceScope, seen: Seen, askedAt: Date) {
  const { rows, complete, first } = seen
  const page = [
    ...[shelf.connection, shelf.instance, shelf.kind, complete, first],
    ...rows.flatMap(({ id, content_hash }) => [id, content_hash]),
  ].join(' ')
  if (compared().has(page)) return
  const store = await db()
  const ids = rows.map(({ id }) => String(id))
  const known = await latestHashes(store, shelf, complete ? undefined : ids)
  const isOther = (hash: string | undefined, row: Row) => hash !== row.content_hash && (hash !== undefined || first)
  const others = rows.filter((each) => isOther(known.get(String(each.id)), each))
  const gone = complete ? [...known].filter(([objectId, hash]) => hash !== '' && !ids.includes(objectId)) : []
  if (others.length + gone.length === 0) return void compared().set(page, true)
  // What was the same before the change may be another change after it.
  compared().clear()
  for (const each of others)
    await saveIfChanged(store, { ...shelf, objectId: String(each.id) }, versionOf(each), { asked: askedAt, first })
  for (const [objectId] of gone)
    await markDeleted(store, { ...shelf, objectId }, { asked: new Date(askedAt.getTime() - listLagMs) })
}

/** Never fails a read nor holds it up. */
async function aside(name: SwrOperation, work: () => Promise<unknown>): Promise<void> {
  const noticing = work().catch((error: unknown) => {
    const reason = error instanceof Error ? error.name : typeof error
    log.error({ operation: name, error: reason }, 'changes from outside could not be looked for')
  })
  await Promise.race([noticing, setTimeout(maxWaitMs, undefined, { ref: false })])
}

/** Looks at what a read has shown, for changes made outside of the console. */
export async function detectDrift(
  { id: connection }: Connection,
  name: SwrOperation,
  { params: { instance_id: instance }, query }: ParsedInput,
  answer: unknown,
  askedAt: Date,
): Promise<void> {
  const [listed, list] = lists[name] ?? []
  const kind = listed ?? shows[name]
  if (kind === undefined || instance === undefined) return
  const seen = seenIn(query, answer, list)
  if (seen.rows.length > 0 || seen.complete)
    await aside(name, () => compare({ connection, instance, kind }, seen, askedAt))
}

/**
 * The same for a read that found nothing. SWR answers so, too, for a retention policy that is there when the address names
 * another namespace: its list, which is of the whole instance, tells.
 */
export async function detectMissing(
  target: Connection,
  name: SwrOperation,
  { instance_id: instance, policy_id: objectId }: ParsedInput['params'],
  askedAt: Date,
): Promise<void> {
  const kind = shows[name]
  if (kind === undefined || instance === undefined || objectId === undefined) return
  const place = { connection: target.id, instance, kind, objectId }
  await aside(name, async () => {
    const store = await db()
    const latest = await latestRevision(store, place)
    // SWR is not asked about what was never there.
    if (!latest || latest.deleted) return
    if (kind === 'retention' && (await listAll(target, kind, { instance_id: instance }, 10)).has(Number(objectId)))
      return
    await markDeleted(store, place, { asked: askedAt })
  })
}
