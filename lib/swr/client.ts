import 'server-only'
import { z } from 'zod'
import { auditStore } from '../audit/audit-store'
import { auditDenied, withAudit } from '../audit/with-audit'
import { cacheKeyPrefix, invalidate } from '../cache'
import { type Actor, mayUse } from '../contract/actor'
import { type OperationInput, parseInput } from '../contract/parse-input'
import { ProblemError, problemOf } from '../contract/problem'
import { allows } from '../contract/roles'
import { type SwrOperation, swrRoutes } from '../contract/swr/operations'
import type { SwrRoute } from '../contract/swr/route'
import { type SwrResult, swrSchemas } from '../contract/swr/schemas'
import { allSecrets } from '../env/secrets'
import { log } from '../net/log'
import { redactor } from '../net/redact'
import { startedEvent } from './audit-event'
import { connection } from './connection'
import { detectDrift, detectMissing } from './drift'
import { takeToken } from './person-limit'
import { parseResponse, sendRequest } from './request'
import { performWrite, secondsToWrite } from './writes/update'

/** The one way to SWR, for the API and for pages alike. Throws a ProblemError for whatever goes wrong. */
export async function requestSwr<Name extends SwrOperation>(
  actor: Actor,
  connectionId: string,
  name: Name,
  rawInput: OperationInput,
): Promise<SwrResult<Name>> {
  const started = performance.now()
  const operation: SwrRoute = swrRoutes[name]
  try {
    if (!mayUse(actor, connectionId)) throw new ProblemError({ status: 404, code: 'unknown_connection' })
    if (operation.risk !== 'read') return await callLogged(actor, connectionId, name, rawInput)
    if (!allows(actor.role, operation)) throw tooLow()
    const target = connection(connectionId)
    const input = parseInput(operation.path, swrSchemas[name], rawInput)
    await takeToken(actor.id)
    const at = new Date()
    const answer = await sendRequest(target, name, input).catch(async (error: unknown) => {
      if (problemOf(error).code === 'swr_not_found') await detectMissing(target, name, input.params, at)
      throw error
    })
    const out = parseResponse(name, answer, input)
    await detectDrift(target, name, input, out, at)
    // A read's result is its answer.
    return out as SwrResult<Name>
  } catch (error) {
    const { status, code, swr: said, requestId } = problemOf(error)
    const bug = code === 'unexpected' && error instanceof Error ? redactor(allSecrets())(error.stack ?? '') : undefined
    const ms = Math.round(performance.now() - started)
    log[bug === undefined ? 'warn' : 'error'](
      {
        actor: actor.id,
        connection: connectionId,
        operation: name,
        status,
        code,
        swr: said?.status,
        swrCode: said?.code,
        requestId,
        ms,
        bug,
      },
      'call failed',
    )
    throw error
  }
}

const tooLow = () => new ProblemError({ status: 403, code: 'role_too_low' })

const made = z.object({ id: z.number() })
/** The id of what was made, which no path could say. */
const idOfMade = (result: unknown) => made.safeParse(result).data?.id.toString()

/** A write, or an attempt: both are in the audit log, whatever becomes of them. */
async function callLogged<Name extends SwrOperation>(
  actor: Actor,
  connectionId: string,
  name: Name,
  rawInput: OperationInput,
) {
  const store = await auditStore()
  if (!allows(actor.role, swrRoutes[name])) {
    const error = tooLow()
    await auditDenied(store, startedEvent(actor, connectionId, name, rawInput), error)
    throw error
  }
  try {
    await takeToken(actor.id)
  } catch (error) {
    await auditDenied(store, startedEvent(actor, connectionId, name, rawInput), error)
    throw error
  }
  return await carriedOut(actor, connectionId, name, rawInput)
}

async function carriedOut<Name extends SwrOperation>(
  actor: Actor,
  connectionId: string,
  name: Name,
  rawInput: OperationInput,
) {
  const store = await auditStore()
  const entry = startedEvent(actor, connectionId, name, rawInput)
  try {
    return await withAudit(store, entry, secondsToWrite(name), async (open) => {
      const target = connection(connectionId)
      const result = await performWrite({ db: store.db, actor, target, name, asked: rawInput, entry: open })
      if (entry.objectId === undefined) open.tell({ objectId: idOfMade(result) })
      return result
    })
  } finally {
    // Also after a failure: nobody knows what it has changed.
    invalidate(cacheKeyPrefix(connectionId, String(rawInput.params.instance_id ?? '')))
  }
}

/**
 * A write that is part of an operation of the console's own, whose role was checked as a whole: it is entered in the name of
 * the person, whose role may be too low for it alone. For `lib/insight` only, which decides what is sent (a test sees to it).
 */
export const requestSwrAsSystem = <Name extends SwrOperation>(
  actor: Actor,
  connectionId: string,
  name: Name,
  rawInput: OperationInput,
): Promise<SwrResult<Name>> => carriedOut(actor, connectionId, name, rawInput)
