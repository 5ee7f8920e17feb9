import 'server-only'
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import type { PolicyKind } from '../contract/vocabulary'
import type { OperationName } from '../contract/wire'
import { db } from '../db/open'
import { latestHashes, noticeGone, noticeRevision, type Shelf, type Version } from '../db/revisions'
import { log } from './log'
import type { Parsed } from './parse-input'

/** A page waits no longer for it; what is under way then goes on. */
const patience = 100

const row = z.looseObject({ id: z.number(), name: z.string().catch(''), content_hash: z.string().min(1) })
type Row = z.output<typeof row>

const lists: Partial<Record<OperationName, readonly [PolicyKind, z.ZodType<unknown[]>]>> = {
  replicationList: ['replication', z.object({ policies: z.array(z.unknown()) }).transform(({ policies }) => policies)],
  retentionList: [
    'retention',
    z.object({ retentions: z.array(z.unknown()) }).transform(({ retentions }) => retentions),
  ],
}
const shows: Partial<Record<OperationName, PolicyKind>> = {
  replicationShow: 'replication',
  retentionShow: 'retention',
}

const versionOf = ({ content_hash, ...content }: Row): Version => ({
  name: content.name,
  hash: content_hash,
  content,
})

/** Compares with the newest versions and enters what has changed; of a list only what has versions already. */
async function compare(shelf: Shelf, rows: readonly Row[], first: boolean, asked: Date) {
  const store = await db()
  const known = await latestHashes(
    store,
    shelf,
    rows.map(({ id }) => String(id)),
  )
  for (const each of rows) {
    const objectId = String(each.id)
    const hash = known.get(objectId)
    if (hash === each.content_hash || (hash === undefined && !first)) continue
    await noticeRevision(store, { ...shelf, objectId }, versionOf(each), { asked, first })
  }
}

/** Never fails a read nor holds it up. */
async function aside(name: OperationName, work: () => Promise<unknown>): Promise<void> {
  const noticing = work().catch((error: unknown) => {
    const reason = error instanceof Error ? error.name : typeof error
    log.error({ operation: name, error: reason }, 'changes from outside could not be looked for')
  })
  await Promise.race([noticing, setTimeout(patience, undefined, { ref: false })])
}

/** Looks at what a read has shown, for changes made outside of the console. */
export async function notice(
  connection: string,
  name: OperationName,
  { instance_id: instance }: Parsed['params'],
  answer: unknown,
  asked: Date,
): Promise<void> {
  const [listed, items] = lists[name] ?? []
  const kind = listed ?? shows[name]
  if (kind === undefined || instance === undefined) return
  const rows = (items ? (items.safeParse(answer).data ?? []) : [answer]).flatMap(
    (each) => row.safeParse(each).data ?? [],
  )
  if (rows.length > 0) await aside(name, () => compare({ connection, instance, kind }, rows, !items, asked))
}

/**
 * The same for a read that found nothing. Retention is left out: SWR answers so, too, for a policy that is there and an
 * address that names another namespace.
 */
export async function noticeMissing(
  connection: string,
  name: OperationName,
  { instance_id: instance, policy_id: objectId }: Parsed['params'],
  asked: Date,
): Promise<void> {
  if (name !== 'replicationShow' || instance === undefined || objectId === undefined) return
  await aside(name, async () =>
    noticeGone(await db(), { connection, instance, kind: 'replication', objectId }, { asked }),
  )
}
