import 'server-only'
import type { RetentionLock, RetentionRun } from '../../../contract/console/retention-runs'
import type { RetentionTerms } from '../../../contract/console/retention-terms'
import type { RunBlock } from '../../../contract/console/retention-vocabulary'
import { type ProblemCode, ProblemError, problemOf } from '../../../contract/problem'
import { waitForVersion } from '../../../jobs/watch'
import { callConsole } from '../../console'
import { type PublicHandlers, type PublicRequest, publicUrl } from '../request'
import { waitFor } from '../wait'
import { dryRunOf, streamVerdicts } from './retention-verdicts'

/** Later than any version: for a wait until the end. */
const never = Number.MAX_SAFE_INTEGER
/** Seconds that a start waits for what is checked before anything is copied or deleted. */
const checkSeconds = 20

const codeOf: Readonly<Record<RunBlock, ProblemCode>> = {
  outdated: 'retention_outdated',
  in_use: 'retention_in_use',
  in_use_old: 'retention_in_use',
  above_ceiling: 'retention_above_ceiling',
  copy_failed: 'retention_copy_failed',
}

const conflict = (code: ProblemCode, detail?: string) =>
  new ProblemError({ status: 409, code, ...(detail && { detail }) })

/** Another content, or other immutable tag rules: reasons why the lock is closed, among others. */
function inWordsOfTheApi(error: unknown): never {
  const { code, fields = {} } = problemOf(error)
  if (code === 'retention_content_changed') throw conflict('retention_not_armed', 'content_changed')
  if (code === 'retention_immutable_changed') throw conflict('retention_not_armed', 'immutable_changed')
  if (code !== 'retention_terms_changed') throw error
  const named = Object.entries(fields).map(([path, broken]) => [path.replace('body.agreed', 'body.expect'), broken])
  throw new ProblemError({ status: 409, code, fields: Object.fromEntries(named) })
}

type Expected = NonNullable<PublicRequest<'retentionRunStart'>['body']['expect']>

/** What a caller expects; of the rest it agrees to what there is. */
const agreedTo = ({ terms }: RetentionLock, { archive = terms.archive, images, tags }: Expected): RetentionTerms => ({
  ...terms,
  archive,
  images: images ?? terms.images,
  tags: tags ?? terms.tags,
})

/** The run once what is checked first has ended, or takes long. */
async function checkedRun(request: PublicRequest<'retentionRunStart'>, started: RetentionRun): Promise<RetentionRun> {
  const { actor, known, params, signal } = request
  const end = performance.now() + checkSeconds * 1000
  let run = started
  while (run.state === 'checking' && performance.now() < end && !signal.aborted) {
    await waitForVersion(known.db, run.id, run.version, (end - performance.now()) / 1000, signal)
    const at = { ...params, retention_run_id: String(run.id) }
    run = (await callConsole(actor, 'retentionRunShow', { params: at })).run
  }
  return run
}

const amountOf = ({ images, tags, bytes }: RetentionRun['planned']) => ({ images, tags, bytes })

export const retentionRunHandlers: PublicHandlers<
  'retentionDryRunStart' | 'retentionDryRunShow' | 'retentionRunStart' | 'retentionRunShow'
> = {
  async retentionDryRunStart({ actor, known, params }) {
    const { dryRun } = await callConsole(actor, 'retentionDryRunStart', { params })
    const id = String(dryRun.id)
    return { id, url: publicUrl.retentionDryRun(known, params, id) }
  },

  async retentionDryRunShow(request) {
    const { actor, known, params, query, signal, headersOnly } = request
    const look = async () => (await callConsole(actor, 'retentionDryRunShow', { params })).dryRun
    const found = await waitFor(look, {
      actor: actor.id,
      wait: query.wait,
      since: query.since,
      signal,
      isOver: ({ endedAt }) => endedAt !== null,
      pause: ({ id }, maxMs) => waitForVersion(known.db, id, query.since ?? never, maxMs / 1000, signal),
    })
    if (found.state !== 'done' || headersOnly) return { ...dryRunOf(found), repositories: [], differences: [] }
    // Its verdicts count as read once the last of them are on their way.
    const see = async () => (await callConsole(actor, 'retentionDryRunSee', { params })).dryRun
    return await streamVerdicts(known.db, found.id, found.seen ? async () => found : see)
  },

  async retentionRunStart(request) {
    const { actor, known, params, body } = request
    const { confirm, dryRun, reason, withoutCopy, expect = {} } = body
    const lock = await callConsole(actor, 'retentionLockShow', { params })
    // In a browser a second admin can agree; a program has nobody to ask.
    if (lock.state === 'armed' && lock.dryRun?.id === Number(dryRun) && lock.aboveCeiling)
      throw conflict('retention_above_ceiling')
    const { run: started } = await callConsole(actor, 'retentionRunStart', {
      params,
      body: {
        ...{ confirm, dryRun: Number(dryRun), withoutCopy, acceptInUse: reason !== undefined },
        agreed: agreedTo(lock, expect),
      },
      reason,
    }).catch(inWordsOfTheApi)
    const run = await checkedRun(request, started)
    const id = String(run.id)
    if (run.state === 'refused' && run.block) throw conflict(codeOf[run.block], `run ${id}`)
    return { id, url: publicUrl.retentionRun(known, params, id) }
  },

  async retentionRunShow({ actor, known, params, query, signal }) {
    const run = await waitFor(async () => (await callConsole(actor, 'retentionRunShow', { params })).run, {
      actor: actor.id,
      wait: query.wait,
      since: query.since,
      signal,
      isOver: ({ endedAt }) => endedAt !== null,
      pause: ({ id }, maxMs) => waitForVersion(known.db, id, query.since ?? never, maxMs / 1000, signal),
    })
    const { id, state, block, failure, text, at, endedAt, dryRun, content, planned, deleted, copies, version } = run
    return {
      id: String(id),
      state,
      ...(block && { code: codeOf[block] }),
      ...(failure !== null && { failure }),
      ...{ text, at, ended: endedAt, dryRun: String(dryRun), content },
      planned: amountOf(planned),
      deleted: amountOf(deleted),
      ...{ copies, version },
    }
  },
}
