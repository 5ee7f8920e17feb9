import 'server-only'
import type { Schemas } from '../../contract/operation'
import { type Asked, type Parsed, parseInput, requireRules } from '../../contract/parse-input'
import { ProblemError, problemOf } from '../../contract/problem'
import { type OperationName, type Wire, wire } from '../../contract/swr/operations'
import { type Result, swr } from '../../contract/swr/schemas'
import type { ObjectKind } from '../../contract/vocabulary'
import { type Hold, withLease } from '../../db/lease'
import { latestRevision, leaseKey, recordRevision } from '../../db/revisions'
import { type Look, look } from '../current'
import { merge } from '../merge'
import { read, secondsFor } from '../request'
import { basisOf } from './basis'
import {
  idOf,
  isKept,
  isUnclear,
  kept,
  leaseSeconds,
  lookAt,
  lookSeconds,
  type Outcome,
  readBack,
  record,
  type Spot,
  sent,
  shown,
  spotOf,
  type Writing,
} from './context'
import { create, type Made } from './create'
import { asHeld } from './held'

const updates: Partial<Record<OperationName, ObjectKind>> = {
  replicationUpdate: 'replication',
  replicationDelete: 'replication',
  retentionUpdate: 'retention',
  registryUpdate: 'registry',
  registryDelete: 'registry',
}
const creations: Partial<Record<OperationName, Made>> = {
  replicationCreate: 'replication',
  registryCreate: 'registry',
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
  const kind = updates[name]
  const repeats = name === 'replicationCreate' && asked.basis !== undefined
  const input = parseInput(operation.path, swr[name], asked, kind || repeats ? 'later' : 'now')
  entry.tell({ after: shown(input.body) })
  const writing: Writing = { ...given, input }
  // What is answered is what the name's type says: the kinds of writes are told apart by it.
  if (kind) return (await update(writing, kind, asked.ifMatch)) as Result<Name>
  if (repeats) requireRules(swr[name], input.body, await basisOf(writing, asked.basis ?? ''))
  const made = creations[name]
  if (made) return (await create(writing, made)) as Result<Name>
  if (name === 'executionStart') await nameOfRun(writing)
  return read(name, await sent(writing, input), input) as Result<Name>
}

/**
 * Writes to one object take turns, in every console on this database. SWR has no precondition of its own: between this
 * read and its write somebody else can still change it there.
 */
function update(writing: Writing, kind: ObjectKind, ifMatch: string | undefined): Promise<Outcome | null> {
  if (!ifMatch) throw new ProblemError({ status: 428, code: 'precondition_missing' })
  const { db, input, name } = writing
  const spot = spotOf(writing, kind, input.params[idOf(kind)] ?? '')
  return withLease(db, leaseKey(spot), leaseSeconds, async (hold) => {
    const was = await present(writing, spot)
    if (was.version.hash !== ifMatch)
      throw new ProblemError({ status: 409, code: 'changed_meanwhile', now: was.object })
    const ready: Ready = { writing, spot, was, hold }
    return isDeletion(name) ? await remove(ready) : await replace(ready)
  })
}

const isDeletion = (name: OperationName) => wire[name].method === 'DELETE'

/** What is about to be changed; of a policy kept as a version. */
async function present({ db, target, name, input, entry }: Writing, spot: Spot): Promise<Look> {
  const was = await look(target, spot.kind, input.params).catch((error: unknown) => {
    const isGone = problemOf(error).code === 'swr_not_found' && !isDeletion(name)
    throw isGone ? new ProblemError({ status: 409, code: 'changed_meanwhile' }) : error
  })
  const { name: objectName, content } = was.version
  await entry.describe({ objectName, before: content })
  if (!isKept(spot)) return was
  const source = (await latestRevision(db, spot)) ? 'outside' : 'seen'
  await recordRevision(db, spot, was.version, { source })
  return was
}

/** What was read is what the caller saw. */
interface Ready {
  readonly writing: Writing
  readonly spot: Spot
  readonly was: Look
  readonly hold: Hold
}

async function remove(ready: Ready): Promise<null> {
  const { writing, spot, was } = ready
  await carriedOut(ready, writing.input)
  await kept(writing, () => record(writing, spot, was.version, true))
  return null
}

async function replace(ready: Ready): Promise<Outcome> {
  const { writing, spot, was } = ready
  const { name, input } = writing
  const schemas: Schemas = swr[name]
  requireRules(schemas, input.body, was.request)
  const body = input.body ?? {}
  // Updates replace the whole object: what the console does not know must survive.
  const whole = schemas.body ? merge(schemas.body, asHeld(schemas.body, body, was), was.raw) : body
  await writing.entry.describe({ after: shown(whole) })
  await carriedOut(ready, { ...input, body: whole })
  return await readBack(writing, spot)
}

async function carriedOut(ready: Ready, input: Parsed) {
  const { writing, hold } = ready
  // Last of all: what was compared may have been long ago, and somebody else may have written since.
  await hold()
  try {
    read(writing.name, await sent(writing, input), input)
  } catch (error) {
    // A change whose answer did not arrive is the console's still, not one from outside.
    if (isUnclear(error)) await kept(writing, () => lookAfter(ready))
    throw error
  }
}

async function lookAfter({ writing, spot, was }: Ready) {
  const now = await lookAt(writing, spot, lookSeconds).catch((error: unknown) => {
    if (problemOf(error).code === 'swr_not_found') return null
    throw error
  })
  if (now?.version.hash === was.version.hash) return
  writing.entry.tell({ after: now?.version.content ?? null })
  await record(writing, spot, now?.version ?? was.version, now === null)
}

/** A run names its policy by number alone; whoever reads the log wants to know which it was. */
async function nameOfRun(writing: Writing) {
  const known = await latestRevision(writing.db, spotOf(writing, 'replication', String(writing.input.body?.policy_id)))
  writing.entry.tell({ objectName: known?.name })
}
