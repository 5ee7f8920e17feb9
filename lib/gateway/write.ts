import 'server-only'
import { type Result, swr, type Written } from '../contract/swr'
import type { PolicyKind } from '../contract/vocabulary'
import { type OperationName, type Wire, wire } from '../contract/wire'
import { withLease } from '../db/lease'
import { latestRevision, leaseKey, type Place, recordRevision } from '../db/revisions'
import type { Db } from '../db/schema'
import type { Connection } from '../env'
import { type Difference, differences } from '../policy/differences'
import { type Problem, ProblemError, problemOf } from '../problem'
import { ask, read, type Success, secondsFor } from './exchange'
import { log } from './log'
import { type Look, look } from './look'
import { merge } from './merge'
import { type Asked, type Parsed, parseInput } from './parse-input'
import type { Entry } from './recorded'

export interface Writing {
  readonly db: Db
  readonly target: Connection
  readonly name: OperationName
  readonly input: Parsed
  readonly entry: Entry
}

type Policies = Written<Look['policy']>

const updates: Partial<Record<OperationName, PolicyKind>> = {
  replicationUpdate: 'replication',
  replicationDelete: 'replication',
  retentionUpdate: 'retention',
}

/** How long a write can take from first to last: waiting for its turn, reading, writing, reading again. */
export function secondsToWrite(name: OperationName): number {
  const operation: Wire = wire[name]
  return secondsFor(operation) + 2 * secondsFor({}) + 60
}

/** Sends a write whose entry in the change log is open. */
export async function write<Name extends OperationName>(
  given: Omit<Writing, 'input' | 'name'> & { readonly name: Name; readonly asked: Asked },
): Promise<Result<Name>> {
  const { name, asked, entry } = given
  const operation: Wire = wire[name]
  const input = parseInput(operation.path, swr[name], asked)
  entry.tell({ after: input.body })
  const writing: Writing = { ...given, input }
  const kind = updates[name]
  // What is answered is what the name's type says: the kinds of writes are told apart by it.
  if (kind) return (await update(writing, kind, asked.ifMatch)) as Result<Name>
  if (name === 'executionStart') await nameOfRun(writing)
  const answer = await sent(writing, input)
  const out = read(name, answer, input)
  return (name === 'replicationCreate' ? await created(writing, out) : out) as Result<Name>
}

async function sent({ target, name, entry }: Writing, input: Parsed): Promise<Success> {
  const answer = await ask(target, name, input)
  entry.tell({ status: answer.status, requestId: answer.header('x-request-id') })
  return answer
}

const placeOf = ({ target, input }: Writing, kind: PolicyKind, objectId: string): Place => ({
  connection: target.id,
  instance: input.params.instance_id ?? '',
  kind,
  objectId,
})

/**
 * Writes to one policy take turns, in every console on this database. SWR has no precondition of its own: between this
 * read and its write somebody else can still change the policy there.
 */
function update(writing: Writing, kind: PolicyKind, ifMatch: string | undefined): Promise<Policies | null> {
  if (!ifMatch) throw new ProblemError({ status: 428, code: 'precondition_missing' })
  const { db, input, name } = writing
  const place = placeOf(writing, kind, input.params.policy_id ?? '')
  return withLease(db, leaseKey(place), secondsToWrite(name), async () => {
    const was = await present(writing, place)
    if (was.version.hash !== ifMatch)
      throw new ProblemError({ status: 409, code: 'changed_meanwhile', now: was.policy })
    return name === 'replicationDelete' ? await remove(writing, place, was) : await replace(writing, place, was)
  })
}

/** The policy that is about to be changed, kept as a version. */
async function present({ db, target, name, input, entry }: Writing, place: Place): Promise<Look> {
  const was = await look(target, place.kind, input.params).catch((error: unknown) => {
    const isGone = problemOf(error).code === 'swr_not_found' && name !== 'replicationDelete'
    throw isGone ? new ProblemError({ status: 409, code: 'changed_meanwhile' }) : error
  })
  const { name: objectName, content } = was.version
  await entry.describe({ objectName, before: content })
  const source = (await latestRevision(db, place)) ? 'outside' : 'seen'
  await recordRevision(db, place, was.version, { source })
  return was
}

async function remove(writing: Writing, place: Place, was: Look): Promise<null> {
  await carriedOut(writing, place, was, writing.input)
  await kept(writing, () => record(writing, place, was.version, true))
  return null
}

async function replace(writing: Writing, place: Place, was: Look): Promise<Policies> {
  const { name, input } = writing
  const body = input.body ?? {}
  const schemas = swr[name]
  // Updates replace the whole object: what the console does not know must survive.
  const whole = 'body' in schemas ? merge(schemas.body, body, was.raw) : body
  await writing.entry.describe({ after: whole })
  await carriedOut(writing, place, was, { ...input, body: whole })
  return await readBack(writing, place)
}

/** After these SWR may have carried out what it was asked. */
const unclear: readonly Problem['code'][] = ['swr_timeout', 'swr_broke_off', 'swr_unreadable', 'swr_failed']

async function carriedOut(writing: Writing, place: Place, was: Look, input: Parsed) {
  try {
    read(writing.name, await sent(writing, input), input)
  } catch (error) {
    // A change whose answer did not arrive is the console's still, not one from outside.
    if (unclear.includes(problemOf(error).code)) await kept(writing, () => lookAfter(writing, place, was))
    throw error
  }
}

async function lookAfter(writing: Writing, place: Place, was: Look) {
  const seconds = 5
  const now = await look(writing.target, place.kind, writing.input.params, seconds).catch((error: unknown) => {
    if (problemOf(error).code === 'swr_not_found') return null
    throw error
  })
  if (now?.version.hash === was.version.hash) return
  writing.entry.tell({ after: now?.version.content ?? null })
  await record(writing, place, now?.version ?? was.version, now === null)
}

async function created(writing: Writing, out: unknown): Promise<Policies> {
  const id = typeof out === 'object' && out !== null && 'id' in out && typeof out.id === 'number' ? out.id : undefined
  if (id === undefined) return { now: null, normalised: [] }
  writing.entry.tell({ objectId: String(id) })
  return { id, ...(await readBack(writing, placeOf(writing, 'replication', String(id)))) }
}

/** A run names its policy by number alone; whoever reads the log wants to know which it was. */
async function nameOfRun(writing: Writing) {
  const known = await latestRevision(writing.db, placeOf(writing, 'replication', String(writing.input.body?.policy_id)))
  writing.entry.tell({ objectName: known?.name })
}

/** What SWR made of it: it fills in defaults and may round, trim or sort. */
async function readBack(writing: Writing, place: Place): Promise<Policies> {
  const now = await kept(writing, async () => {
    const params = { ...writing.input.params, policy_id: place.objectId }
    const seen = await look(writing.target, place.kind, params)
    writing.entry.tell({ after: seen.version.content })
    await record(writing, place, seen.version)
    return seen
  })
  if (!now) return { now: null, normalised: [] }
  return { now: now.policy, normalised: differences(writing.input.body, now.request).filter(isTelling) }
}

/** What was not sent, or was sent empty, SWR is free to fill in or to leave out. */
const isTelling = ({ kind, before }: Difference) => kind !== 'added' && !(kind === 'removed' && before === '')

const record = ({ db, entry }: Writing, place: Place, version: Look['version'], deleted = false) =>
  recordRevision(db, place, version, { source: 'console', auditId: entry.id, deleted })

/** After SWR has carried out a write, nothing that goes wrong here makes it undone. */
async function kept<Done>({ name }: Writing, work: () => Promise<Done>): Promise<Done | undefined> {
  try {
    return await work()
  } catch (error) {
    const { code } = problemOf(error)
    log.error({ operation: name, code }, 'what a write has left behind could not be read or kept')
    return undefined
  }
}
