import 'server-only'
import type { Entry } from '../../audit/with-audit'
import type { Difference } from '../../contract/difference'
import type { Parsed } from '../../contract/parse-input'
import { type Problem, problemOf } from '../../contract/problem'
import type { OperationName } from '../../contract/swr/operations'
import { credentialRead } from '../../contract/swr/registry'
import type { Written } from '../../contract/swr/schemas'
import type { ObjectKind } from '../../contract/vocabulary'
import { type Place, recordRevision } from '../../db/revisions'
import type { Db } from '../../db/schema'
import type { Connection } from '../../env/connections'
import { log } from '../../net/log'
import { scrub } from '../../net/scrub'
import { differences } from '../../policy/diff/differences'
import { type Look, look } from '../current'
import { ask, type Success } from '../request'

/** A write that is under way. */
export interface Writing {
  readonly db: Db
  readonly target: Connection
  readonly name: OperationName
  readonly input: Parsed
  readonly entry: Entry
}

export type Outcome = Written<Look['object']>

/** Where an object is. */
export type Spot = Omit<Place, 'kind'> & { readonly kind: ObjectKind }

/** Versions are kept of policies only: without its secret, a registry could not be made again from one. */
export const isKept = (spot: Spot): spot is Place => spot.kind !== 'registry'

export const idOf = (kind: ObjectKind) => (kind === 'registry' ? 'registry_id' : 'policy_id')

/** A body as the change log and the browser may see it: as if it had been read. */
export function shown(body: Parsed['body']): Parsed['body'] {
  if (!body) return body
  const { credential, ...rest } = body
  const scrubbed = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, scrub(value, name)]))
  return 'credential' in body ? { ...scrubbed, credential: credentialRead.parse(credential) } : scrubbed
}

/** How long others wait for a console that died while it wrote. */
export const leaseSeconds = 30

/** To look at what became of a write whose answer did not arrive: somebody is waiting. */
export const lookSeconds = 5

export async function sent({ target, name, entry }: Writing, input: Parsed): Promise<Success> {
  const answer = await ask(target, name, input)
  entry.tell({ status: answer.status, requestId: answer.header('x-request-id') })
  return answer
}

export const spotOf = <Kind extends ObjectKind>({ target, input }: Writing, kind: Kind, objectId: string) => ({
  connection: target.id,
  instance: input.params.instance_id ?? '',
  kind,
  objectId,
})

/** After these SWR may have carried out what it was asked. */
const unclear: readonly Problem['code'][] = ['swr_timeout', 'swr_broke_off', 'swr_unreadable', 'swr_failed']
export const isUnclear = (error: unknown) => unclear.includes(problemOf(error).code)

export async function record({ db, entry }: Writing, spot: Spot, version: Look['version'], deleted = false) {
  if (isKept(spot)) await recordRevision(db, spot, version, { source: 'console', auditId: entry.id, deleted })
}

/** The object as SWR made it; of a policy kept as the console's version. */
export async function keep(writing: Writing, spot: Spot, seen: Look) {
  writing.entry.tell({ after: seen.version.content })
  await record(writing, spot, seen.version)
}

export const lookAt = ({ target, input }: Writing, { kind, objectId }: Spot, seconds?: number) =>
  look(target, kind, { ...input.params, [idOf(kind)]: objectId }, seconds)

/** What SWR made of it: it fills in defaults and may round, trim or sort. */
export async function readBack(writing: Writing, spot: Spot): Promise<Outcome> {
  const now = await kept(writing, async () => {
    const seen = await lookAt(writing, spot)
    await keep(writing, spot, seen)
    return seen
  })
  return now ? { now: now.object, normalised: normalised(writing, now) } : { now: null, normalised: [] }
}

/** What was not sent, or was sent empty, SWR is free to fill in or to leave out. */
const isTelling = ({ kind, before }: Difference) => kind !== 'added' && !(kind === 'removed' && before === '')

export const normalised = ({ input }: Writing, now: Look) =>
  differences(shown(input.body), now.request).filter(isTelling)

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
