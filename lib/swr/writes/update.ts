import 'server-only'
import type { Schemas } from '../../contract/operation'
import { type OperationInput, type ParsedInput, parseInput, requireRules } from '../../contract/parse-input'
import { ProblemError, problemOf } from '../../contract/problem'
import { type SwrOperation, swrRoutes } from '../../contract/swr/operations'
import type { SwrRoute } from '../../contract/swr/route'
import { type SwrResult, swrSchemas } from '../../contract/swr/schemas'
import type { ObjectKind } from '../../contract/vocabulary'
import { type Lease, withLease } from '../../db/lease'
import { latestRevision, leaseKey, saveRevision } from '../../db/revisions'
import { fetchCurrent, type Snapshot } from '../current'
import { parseResponse, timeoutSecondsFor } from '../request'
import { withNamespaceLease } from './arming'
import { basisOf } from './basis'
import {
  bestEffort,
  describeResource,
  fetchResource,
  hasRevisions,
  idOf,
  isOutcomeUnknown,
  leaseSeconds,
  type ResourceRef,
  readBack,
  readBackSeconds,
  resourceRefOf,
  saveReadRevision,
  sendWrite,
  type WriteRequest,
  type WriteResult,
} from './context'
import { type CreatedKind, createResource } from './create'
import { guardChange, guardWrite } from './guard'
import { wholeOf } from './held'
import { changeImmutableRule, isImmutableRuleChange } from './immutable-rule'

const updates: Partial<Record<SwrOperation, ObjectKind>> = {
  replicationUpdate: 'replication',
  replicationDelete: 'replication',
  retentionUpdate: 'retention',
  retentionDelete: 'retention',
  registryUpdate: 'registry',
  registryDelete: 'registry',
}
const creations: Partial<Record<SwrOperation, CreatedKind>> = {
  replicationCreate: 'replication',
  retentionCreate: 'retention',
  registryCreate: 'registry',
}

/** How long a write can take from first to last: waiting for its turn, reading, writing, reading again. */
export function secondsToWrite(name: SwrOperation): number {
  const operation: SwrRoute = swrRoutes[name]
  return timeoutSecondsFor(operation) + 2 * timeoutSecondsFor({}) + 60
}

/** Sends a write whose entry in the audit log is open. */
export async function performWrite<Name extends SwrOperation>(
  given: Omit<WriteRequest, 'input' | 'name'> & { readonly name: Name; readonly asked: OperationInput },
): Promise<SwrResult<Name>> {
  const { name, asked, entry } = given
  const operation: SwrRoute = swrRoutes[name]
  const kind = updates[name]
  const made: CreatedKind | undefined = creations[name]
  const repeated = asked.basis !== undefined && made !== 'registry' ? made : undefined
  const immutable = isImmutableRuleChange(name)
  const input = parseInput(operation.path, swrSchemas[name], asked, kind || repeated || immutable ? 'later' : 'now')
  entry.tell({ after: describeResource(input.body) })
  const writing: WriteRequest = { ...given, input }
  // What is answered is what the name's type says: the kinds of writes are told apart by it.
  if (kind) return (await update(writing, kind, asked)) as SwrResult<Name>
  if (immutable) return (await changeImmutableRule(writing, asked.ifMatch)) as SwrResult<Name>
  if (repeated) requireRules(swrSchemas[name], input.body, await basisOf(writing, repeated, asked.basis ?? ''))
  if (made) return (await createResource(writing, made)) as SwrResult<Name>
  if (name === 'executionStart') await nameOfRun(writing)
  return parseResponse(name, await sendWrite(writing, input), input) as SwrResult<Name>
}

/**
 * Writes to one object take turns, in every console on this database. SWR has no precondition of its own: between this
 * read and its write somebody else can still change it there.
 */
function update(
  writing: WriteRequest,
  kind: ObjectKind,
  { ifMatch, dryRun, basis }: Pick<OperationInput, 'ifMatch' | 'dryRun' | 'basis'>,
): Promise<WriteResult | null> {
  if (!ifMatch) throw new ProblemError({ status: 428, code: 'precondition_missing' })
  const { db, input, name } = writing
  const spot = resourceRefOf(writing, kind, input.params[idOf(kind)] ?? '')
  const inTurn = (holdNamespace?: Lease) =>
    withLease(db, leaseKey(spot), leaseSeconds, async (holdObject) => {
      const was = await present(writing, spot)
      if (was.version.hash !== ifMatch)
        throw new ProblemError({ status: 409, code: 'changed_meanwhile', now: was.object })
      await guardChange(kind, changeOf(writing))
      const hold = async () => {
        await holdNamespace?.()
        await holdObject()
      }
      const ready: Ready = { writing, spot, was, hold, dryRun, basis }
      return isDeletion(name) ? await remove(ready) : await replace(ready)
    })
  return mayArm(kind, writing)
    ? withNamespaceLease(db, { ...spot, namespace: input.params.namespace_name ?? '' }, inTurn)
    : inTurn()
}

const changeOf = ({ db, target, input }: WriteRequest) => ({ db, connection: target.id, params: input.params })

/** Whether SWR may delete by itself once it was sent. */
const mayArm = (kind: ObjectKind, { name, input }: WriteRequest) =>
  kind === 'retention' && !isDeletion(name) && input.body?.enabled !== false

const isDeletion = (name: SwrOperation) => swrRoutes[name].method === 'DELETE'

/** What is about to be changed; of a policy kept as a version. */
async function present({ db, target, name, input, entry }: WriteRequest, spot: ResourceRef): Promise<Snapshot> {
  const was = await fetchCurrent(target, spot.kind, input.params).catch((error: unknown) => {
    const isGone = problemOf(error).code === 'swr_not_found' && !isDeletion(name)
    throw isGone ? new ProblemError({ status: 409, code: 'changed_meanwhile' }) : error
  })
  const { name: objectName, content } = was.version
  await entry.describe({ objectName, before: content })
  if (!hasRevisions(spot)) return was
  const source = (await latestRevision(db, spot)) ? 'outside' : 'seen'
  await saveRevision(db, spot, was.version, { source })
  return was
}

/** What was read is what the caller saw. */
interface Ready {
  readonly writing: WriteRequest
  readonly spot: ResourceRef
  readonly was: Snapshot
  readonly hold: Lease
  readonly dryRun: string | undefined
  readonly basis: string | undefined
}

async function remove(ready: Ready): Promise<null> {
  const { writing, spot, was } = ready
  await carriedOut(ready, writing.input)
  await bestEffort(writing, () => saveReadRevision(writing, spot, was.version, true))
  return null
}

async function replace(ready: Ready): Promise<WriteResult> {
  const { writing, spot, was, dryRun, basis } = ready
  const { name, input } = writing
  const schemas: Schemas = swrSchemas[name]
  const repeated = basis !== undefined && hasRevisions(spot) ? await basisOf(writing, spot.kind, basis) : undefined
  requireRules(schemas, input.body, was.request, repeated)
  const body = input.body ?? {}
  const whole = schemas.body ? wholeOf(schemas.body, body, was) : body
  const guarded = await guardWrite(spot.kind, {
    db: writing.db,
    actor: writing.actor,
    connection: writing.target.id,
    params: input.params,
    was,
    body: whole,
    dryRun,
  })
  await writing.entry.describe({ after: describeResource(guarded) })
  await carriedOut(ready, { ...input, body: guarded })
  return await readBack(writing, spot)
}

async function carriedOut(ready: Ready, input: ParsedInput) {
  const { writing, spot, hold } = ready
  // Last of all: what was compared may have been long ago, and somebody else may have written, or begun a run, since.
  await guardChange(spot.kind, changeOf(writing))
  await hold()
  try {
    parseResponse(writing.name, await sendWrite(writing, input), input)
  } catch (error) {
    // A change whose answer did not arrive is the console's still, not one from outside.
    if (isOutcomeUnknown(error)) await bestEffort(writing, () => lookAfter(ready))
    throw error
  }
}

async function lookAfter({ writing, spot, was }: Ready) {
  const now = await fetchResource(writing, spot, readBackSeconds).catch((error: unknown) => {
    if (problemOf(error).code === 'swr_not_found') return null
    throw error
  })
  if (now?.version.hash === was.version.hash) return
  writing.entry.tell({ after: now?.version.content ?? null })
  await saveReadRevision(writing, spot, now?.version ?? was.version, now === null)
}

/** A run names its policy by number alone; whoever reads the log wants to know which it was. */
async function nameOfRun(writing: WriteRequest) {
  const known = await latestRevision(
    writing.db,
    resourceRefOf(writing, 'replication', String(writing.input.body?.policy_id)),
  )
  writing.entry.tell({ objectName: known?.name })
}
