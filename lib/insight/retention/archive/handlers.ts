import 'server-only'
import { and, asc, count, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { ConsoleOutput } from '../../../contract/console/schemas'
import { ProblemError, problemOf } from '../../../contract/problem'
import { jobs } from '../../../db/job-tables'
import { changeImages } from '../../../db/retention-images'
import { type RestoreChoice, restorableAmong } from '../../../db/retention-restorable'
import { retentionImages } from '../../../db/retention-tables'
import type { Db } from '../../../db/schema'
import { startJob } from '../../../jobs/runner'
import { insertJob, nextVersion, showJob, tellJob } from '../../../jobs/store'
import type { InstanceLocation } from '../../../routes'
import type { ConsoleHandlers, ConsoleRequest } from '../../handler'
import { type RestoreData, restoreType, runType } from '../job-types'
import { isCountedOn } from '../open-jobs'
import { runOf } from '../real-run/handlers'
import { toRun } from '../show'
import { Deletion } from './delete-copies'
import { archiveSide, wasThere } from './side'

const isCopy = inArray(retentionImages.copy, ['seen', 'unseen'])

/** When the time of a copy is over. */
const days = sql<number>`(${jobs.data}->'archive'->>'days')::int`
const until = sql`(${retentionImages.copiedAt} + make_interval(days => ${days}))`
const dayMs = 86_400_000

const copiesIn = ({ connection, instance }: InstanceLocation, more?: SQL) =>
  and(eq(jobs.kind, runType.kind), eq(jobs.connection, connection), eq(jobs.instance, instance), isCopy, more)

async function countCopies(db: Db, where: SQL | undefined): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(retentionImages)
    .innerJoin(jobs, eq(jobs.id, retentionImages.job))
    .where(where)
  return row?.count ?? 0
}

const isOverdue = sql`${until} < now()`

export const archiveHandlers: ConsoleHandlers<'archiveCopyList' | 'archiveCopyDelete' | 'retentionRestoreStart'> = {
  async archiveCopyList({ actor, known, params, query }) {
    const place = { connection: params.connection, instance: params.instance_id }
    const some = query.overdue === undefined ? undefined : query.overdue === 'true' ? isOverdue : sql`not ${isOverdue}`
    const rows = await known.db
      .select({
        run: retentionImages.job,
        index: retentionImages.index,
        repository: retentionImages.repository,
        digest: retentionImages.digest,
        tags: retentionImages.tags,
        size: retentionImages.size,
        at: retentionImages.copiedAt,
        days,
        place: retentionImages.place,
        copy: retentionImages.copy,
        copyText: retentionImages.copyText,
        counts: isCountedOn,
        registry: sql<number>`(${jobs.data}->'archive'->>'registry')::float8`,
      })
      .from(retentionImages)
      .innerJoin(jobs, eq(jobs.id, retentionImages.job))
      .where(copiesIn(place, some))
      .orderBy(asc(until), asc(retentionImages.job), asc(retentionImages.index))
      .limit(query.limit)
      .offset(query.offset)
    const deletable = new Map<number, boolean>()
    for (const registry of new Set(rows.map((row) => row.registry)))
      deletable.set(registry, (await archiveSide(actor, place, registry).catch(() => null)) !== null)
    return {
      copies: rows.map(({ registry, at, tags, days: kept, copy, copyText, counts, ...row }) => ({
        ...row,
        tags: tags as string[],
        at: (at ?? new Date(0)).toISOString(),
        until: new Date((at?.getTime() ?? 0) + kept * dayMs).toISOString(),
        // Of what nobody has seen there, nobody knows whether it stood there before.
        deletable: copy === 'seen' && copyText !== wasThere && !counts && (deletable.get(registry) ?? false),
      })),
      total: await countCopies(known.db, copiesIn(place, some)),
      overdue: await countCopies(known.db, copiesIn(place, isOverdue)),
    }
  },

  async archiveCopyDelete({ actor, known, tell, params, body, reason }) {
    const place = { connection: params.connection, instance: params.instance_id }
    tell({ after: { copies: body.copies } })
    const deletion = new Deletion(known.db, actor, place, reason)
    let deleted = 0
    const failed: ConsoleOutput<'archiveCopyDelete'>['failed'] = []
    for (const copy of body.copies) {
      try {
        await deletion.remove(copy)
        deleted += 1
      } catch (error) {
        const { code, swr, requestId } = problemOf(error)
        const said = swr ? [swr.code, swr.message, requestId && `(${requestId})`] : []
        failed.push({ ...copy, code, text: said.filter(Boolean).join(' ') })
      }
    }
    tell({ after: { copies: body.copies, deleted, failed: failed.length } })
    return { deleted, failed }
  },

  async retentionRestoreStart({ actor, known, tell, params, body, reason }) {
    const run = await runOf(known.db, params)
    tell({ objectName: run.data.name, after: { run: run.id, ...body } })
    const { archive } = run.data
    // Who does not know what SWR deleted may bring back what is gone: what is still there is left alone.
    if (!archive || !run.endedAt || !run.data.mark) throw new ProblemError({ status: 409, code: 'restore_nothing' })
    const job = await known.db.transaction(async (tx) => {
      // Locks the run, so that no image is brought back twice at once.
      const version = await nextVersion(tx, run.id)
      const images = await restorableAmong(tx, run.id, choiceOf(body))
      if (images.length === 0) throw new ProblemError({ status: 409, code: 'restore_nothing' })
      await changeImages(
        tx,
        run.id,
        version,
        images.map((index) => ({ index, restore: 'waiting', restoreText: '' })),
      )
      return await insertJob(tx, restoreType, {
        connection: run.connection,
        instance: run.instance,
        subject: run.subject,
        actorId: actor.id,
        actorName: actor.email,
        role: actor.role,
        reason: reason ?? null,
        size: images.length,
        data: { run: run.id, name: run.data.name, archive, images, copying: null } satisfies RestoreData,
      })
    })
    tellJob(run.id)
    startJob(known, job)
    const now = await showJob(known.db, runType, run.id)
    return { run: await toRun(known.db, now ?? run) }
  },
}

/** The contract lets through either of them. */
const choiceOf = ({ images = [], view, except }: ConsoleRequest<'retentionRestoreStart'>['body']): RestoreChoice =>
  view ? { view, except } : { images }
