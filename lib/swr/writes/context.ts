import 'server-only'
import type { AuditContext } from '../../audit/with-audit'
import type { Actor } from '../../contract/actor'
import type { Difference } from '../../contract/difference'
import type { ParsedInput } from '../../contract/parse-input'
import { type Problem, problemOf } from '../../contract/problem'
import type { SwrOperation } from '../../contract/swr/operations'
import { credentialRead } from '../../contract/swr/registry'
import type { WrittenResult } from '../../contract/swr/schemas'
import type { ObjectKind } from '../../contract/vocabulary'
import { type ResourceKey, saveRevision } from '../../db/revisions'
import type { Db } from '../../db/schema'
import type { Connection } from '../../env/connections'
import { log } from '../../net/log'
import { scrub } from '../../net/scrub'
import { differences } from '../../policy/diff/differences'
import { fetchCurrent, type Snapshot } from '../current'
import { type Success, sendRequest } from '../request'

/** A write that is under way. */
export interface WriteRequest {
  readonly db: Db
  readonly actor: Actor
  readonly target: Connection
  readonly name: SwrOperation
  readonly input: ParsedInput
  readonly entry: AuditContext
}

export type WriteResult = WrittenResult<Snapshot['object']>

/** Where an object is. */
export type ResourceRef = Omit<ResourceKey, 'kind'> & { readonly kind: ObjectKind }

/** Versions are kept of policies only: without its secret, a registry could not be made again from one. */
export const hasRevisions = (spot: ResourceRef): spot is ResourceKey => spot.kind !== 'registry'

export const idOf = (kind: ObjectKind) => (kind === 'registry' ? 'registry_id' : 'policy_id')

/** A body as the audit log and the browser may see it: as if it had been read. */
export function describeResource(body: ParsedInput['body']): ParsedInput['body'] {
  if (!body) return body
  const { credential, ...rest } = body
  const scrubbed = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, scrub(value, name)]))
  return 'credential' in body ? { ...scrubbed, credential: credentialRead.parse(credential) } : scrubbed
}

/** How long others wait for a console that died while it wrote. */
export const leaseSeconds = 30

/** To look at what became of a write whose answer did not arrive: somebody is waiting. */
export const readBackSeconds = 5

export async function sendWrite({ target, name, entry }: WriteRequest, input: ParsedInput): Promise<Success> {
  const answer = await sendRequest(target, name, input)
  entry.tell({ status: answer.status, requestId: answer.header('x-request-id') })
  return answer
}

export const resourceRefOf = <Kind extends ObjectKind>(
  { target, input }: WriteRequest,
  kind: Kind,
  objectId: string,
) => ({
  connection: target.id,
  instance: input.params.instance_id ?? '',
  kind,
  objectId,
})

/** After these SWR may have carried out what it was asked. */
const unclear: readonly Problem['code'][] = ['swr_timeout', 'swr_broke_off', 'swr_unreadable', 'swr_failed']
export const isOutcomeUnknown = (error: unknown) => unclear.includes(problemOf(error).code)

export async function saveReadRevision(
  { db, entry }: WriteRequest,
  spot: ResourceRef,
  version: Snapshot['version'],
  deleted = false,
) {
  if (hasRevisions(spot)) await saveRevision(db, spot, version, { source: 'console', auditId: entry.id, deleted })
}

/** The object as SWR made it; of a policy kept as the console's version. */
export async function saveWrittenRevision(writing: WriteRequest, spot: ResourceRef, seen: Snapshot) {
  writing.entry.tell({ after: seen.version.content })
  await saveReadRevision(writing, spot, seen.version)
}

export const fetchResource = ({ target, input }: WriteRequest, { kind, objectId }: ResourceRef, seconds?: number) =>
  fetchCurrent(target, kind, { ...input.params, [idOf(kind)]: objectId }, seconds)

/** What SWR made of it: it fills in defaults and may round, trim or sort. */
export async function readBack(writing: WriteRequest, spot: ResourceRef): Promise<WriteResult> {
  const now = await bestEffort(writing, async () => {
    const seen = await fetchResource(writing, spot)
    await saveWrittenRevision(writing, spot, seen)
    return seen
  })
  return now ? { now: now.object, normalised: serverChanges(writing, now) } : { now: null, normalised: [] }
}

/** What was not sent, or was sent empty, SWR is free to fill in or to leave out. */
const isTelling = ({ kind, before }: Difference) => kind !== 'added' && !(kind === 'removed' && before === '')

export const serverChanges = ({ input }: WriteRequest, now: Snapshot) =>
  differences(describeResource(input.body), now.request).filter(isTelling)

/** After SWR has carried out a write, nothing that goes wrong here makes it undone. */
export async function bestEffort<Done>({ name }: WriteRequest, work: () => Promise<Done>): Promise<Done | undefined> {
  try {
    return await work()
  } catch (error) {
    const { code } = problemOf(error)
    log.error({ operation: name, code }, 'what a write has left behind could not be read or kept')
    return undefined
  }
}
