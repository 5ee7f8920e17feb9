import 'server-only'
import { ProblemError } from '../../../contract/problem'
import { findPartialRun, toPartialRun } from '../../../insight/partial-runs/store'
import { requestSwr } from '../../../swr/client'
import { callConsole } from '../../console'
import { type PublicHandlers, type PublicRequest, publicUrl } from '../request'
import { pauseOf, waitFor } from '../wait'
import { answerOfPartialRun, answerOfRun, partialRunId, readRunId, wholeRunId } from './run-state'

const refuse = (field: string, code: string) =>
  new ProblemError({ status: 422, code: 'invalid_request', fields: { [`body.${field}`]: code } })

/** As often as the page of a run looks. */
const pauseMs = 3_000
/** A run that hangs moves once in hours. */
const hangingPauseMs = 30_000

/** The run of this policy whose failures are copied again. */
function executionOf(failedOf: string | number, policy: string): number {
  if (typeof failedOf === 'number') return failedOf
  const ref = readRunId(failedOf)
  if ('partial' in ref || ref.policy !== Number(policy)) throw refuse('failedOf', 'not_of_policy')
  return ref.execution
}

/** Undefined when nothing is named: then the whole policy is meant. */
function partOf({ repositories, tags, failedOf }: PublicRequest<'runStart'>['body'], policy: string) {
  if (failedOf !== undefined) return { execution: executionOf(failedOf, policy) }
  if (repositories === undefined && tags === undefined) return undefined
  const whole = (repositories ?? []).map((repository) => ({ repository, tags: [], whole: true as const }))
  const named = Object.entries(tags ?? {}).map(([repository, list]) => ({ repository, tags: list }))
  return { scope: [...whole, ...named] }
}

async function start({ actor, params, body }: PublicRequest<'runStart'>): Promise<string> {
  const { connection, instance_id, policy_id } = params
  const part = partOf(body, policy_id)
  if (part) {
    const { run } = await callConsole(actor, 'partialRunStart', { params, body: part })
    return partialRunId(run.id)
  }
  const { id } = await requestSwr(actor, connection, 'executionStart', {
    params: { instance_id },
    body: { policy_id: Number(policy_id) },
  })
  if (id === undefined) throw new ProblemError({ status: 502, code: 'swr_unreadable' })
  return wholeRunId(Number(policy_id), id)
}

async function look({ actor, known, params }: PublicRequest<'runShow'>) {
  const { connection, instance_id, run_id } = params
  const ref = readRunId(run_id)
  if ('partial' in ref) {
    const run = await findPartialRun(known.db, { connection, instance: instance_id, id: ref.partial })
    if (!run) throw new ProblemError({ status: 404, code: 'job_unknown' })
    return answerOfPartialRun(toPartialRun(run))
  }
  const [policy_id, execution_id] = [String(ref.policy), String(ref.execution)]
  const run = await callConsole(actor, 'runShow', { params: { connection, instance_id, policy_id, execution_id } })
  return answerOfRun(run_id, ref.policy, run)
}

export const runHandlers: PublicHandlers<'runStart' | 'runShow'> = {
  async runStart(request) {
    const id = await start(request)
    const { connection, instance_id } = request.params
    return { id, url: publicUrl.run(request.known, connection, instance_id, id) }
  },

  runShow: (request) =>
    waitFor(() => look(request), {
      actor: request.actor.id,
      wait: request.query.wait,
      since: request.query.since,
      signal: request.signal,
      // What hangs may move again, and ends by somebody's hand.
      isOver: ({ state, complete }) => state !== 'running' && state !== 'hanging' && complete,
      pause: (state, maxMs, signal) =>
        pauseOf(state.state === 'hanging' ? hangingPauseMs : pauseMs)(state, maxMs, signal),
    }),
}
