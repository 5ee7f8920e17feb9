import 'server-only'
import type { Written } from '../contract/swr'
import type { PolicyKind } from '../contract/vocabulary'
import type { OperationName } from '../contract/wire'
import { type Place, recordRevision } from '../db/revisions'
import type { Db } from '../db/schema'
import type { Connection } from '../env'
import { type Difference, differences } from '../policy/differences'
import { type Problem, problemOf } from '../problem'
import { ask, type Success } from './exchange'
import { log } from './log'
import { type Look, look } from './look'
import type { Parsed } from './parse-input'
import type { Entry } from './recorded'

/** A write that is under way. */
export interface Writing {
  readonly db: Db
  readonly target: Connection
  readonly name: OperationName
  readonly input: Parsed
  readonly entry: Entry
}

export type Policies = Written<Look['policy']>

/** How long others wait for a console that died while it wrote. */
export const leaseSeconds = 30

/** To look at what became of a write whose answer did not arrive: somebody is waiting. */
export const lookSeconds = 5

export async function sent({ target, name, entry }: Writing, input: Parsed): Promise<Success> {
  const answer = await ask(target, name, input)
  entry.tell({ status: answer.status, requestId: answer.header('x-request-id') })
  return answer
}

export const placeOf = ({ target, input }: Writing, kind: PolicyKind, objectId: string): Place => ({
  connection: target.id,
  instance: input.params.instance_id ?? '',
  kind,
  objectId,
})

/** After these SWR may have carried out what it was asked. */
const unclear: readonly Problem['code'][] = ['swr_timeout', 'swr_broke_off', 'swr_unreadable', 'swr_failed']
export const isUnclear = (error: unknown) => unclear.includes(problemOf(error).code)

export const record = ({ db, entry }: Writing, place: Place, version: Look['version'], deleted = false) =>
  recordRevision(db, place, version, { source: 'console', auditId: entry.id, deleted })

/** The policy at `place` as SWR made it, kept as the console's version. */
export async function keep(writing: Writing, place: Place, seen: Look) {
  writing.entry.tell({ after: seen.version.content })
  await record(writing, place, seen.version)
}

export const lookAt = ({ target, input }: Writing, { kind, objectId }: Place, seconds?: number) =>
  look(target, kind, { ...input.params, policy_id: objectId }, seconds)

/** What SWR made of it: it fills in defaults and may round, trim or sort. */
export async function readBack(writing: Writing, place: Place): Promise<Policies> {
  const now = await kept(writing, async () => {
    const seen = await lookAt(writing, place)
    await keep(writing, place, seen)
    return seen
  })
  return now ? { now: now.policy, normalised: normalised(writing, now) } : { now: null, normalised: [] }
}

/** What was not sent, or was sent empty, SWR is free to fill in or to leave out. */
const isTelling = ({ kind, before }: Difference) => kind !== 'added' && !(kind === 'removed' && before === '')

export const normalised = ({ input }: Writing, now: Look) => differences(input.body, now.request).filter(isTelling)

/** After SWR has carried out a write, nothing that goes wrong here makes it undone. */
export async function kept<Done>({ name }: Writing, work: () => Promise<Done>): Promise<Done | undefined> {
  try {
    return await work()
  } catch (error) {
    const { code } = problemOf(error)
    log.error({ operation: name, code }, 'what a write has left behind could not be read or kept')
    return undefined
  }
}
