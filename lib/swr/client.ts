import 'server-only'
import { auditStore } from '../audit/audit-store'
import { recordDenied, recorded } from '../audit/with-audit'
import { forget, workOf } from '../cache'
import type { Actor } from '../contract/actor'
import { type Asked, parseInput } from '../contract/parse-input'
import { ProblemError, problemOf } from '../contract/problem'
import { allows } from '../contract/roles'
import { type OperationName, type Wire, wire } from '../contract/swr/operations'
import { type Result, swr } from '../contract/swr/schemas'
import { allSecrets } from '../env/secrets'
import { log } from '../net/log'
import { redactor } from '../net/redact'
import { opening } from './audit-event'
import { connection } from './connection'
import { notice, noticeMissing } from './drift'
import { takeToken } from './person-limit'
import { ask, read } from './request'
import { secondsToWrite, write } from './writes/update'

/** The one way to SWR, for the door and for pages alike. Throws a ProblemError for whatever goes wrong. */
export async function call<Name extends OperationName>(
  actor: Actor,
  connectionId: string,
  name: Name,
  asked: Asked,
): Promise<Result<Name>> {
  const started = performance.now()
  const operation: Wire = wire[name]
  try {
    if (operation.risk !== 'read') return await callLogged(actor, connectionId, name, asked)
    if (!allows(actor.role, operation)) throw tooLow()
    const target = connection(connectionId)
    const input = parseInput(operation.path, swr[name], asked)
    await takeToken(actor.id)
    const at = new Date()
    const answer = await ask(target, name, input).catch(async (error: unknown) => {
      if (problemOf(error).code === 'swr_not_found') await noticeMissing(target, name, input.params, at)
      throw error
    })
    const out = read(name, answer, input)
    await notice(target, name, input, out, at)
    // A read's result is its answer.
    return out as Result<Name>
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

/** A write, or an attempt: both are in the change log, whatever becomes of them. */
async function callLogged<Name extends OperationName>(actor: Actor, connectionId: string, name: Name, asked: Asked) {
  const store = await auditStore()
  if (!allows(actor.role, wire[name])) {
    const error = tooLow()
    await recordDenied(store, opening(actor, connectionId, name, asked), error)
    throw error
  }
  try {
    await takeToken(actor.id)
  } catch (error) {
    await recordDenied(store, opening(actor, connectionId, name, asked), error)
    throw error
  }
  return await carriedOut(actor, connectionId, name, asked)
}

async function carriedOut<Name extends OperationName>(actor: Actor, connectionId: string, name: Name, asked: Asked) {
  const store = await auditStore()
  const entry = opening(actor, connectionId, name, asked)
  try {
    return await recorded(store, entry, secondsToWrite(name), async (open) =>
      write({ db: store.db, target: connection(connectionId), name, asked, entry: open }),
    )
  } finally {
    // Also after a failure: nobody knows what it has changed.
    forget(workOf(connectionId, String(asked.params.instance_id ?? '')))
  }
}

/**
 * A write that is part of an operation of the console's own, whose role was checked as a whole: it is entered in the name of
 * the person, whose role may be too low for it alone. For `lib/insight` only, which decides what is sent (a test sees to it).
 */
export const callWithin = <Name extends OperationName>(
  actor: Actor,
  connectionId: string,
  name: Name,
  asked: Asked,
): Promise<Result<Name>> => carriedOut(actor, connectionId, name, asked)
