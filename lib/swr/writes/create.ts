import 'server-only'
import { problemOf } from '../../contract/problem'
import { type Lease, withLease } from '../../db/lease'
import { creationLeaseKey } from '../../db/revisions'
import { listAll } from '../current'
import { parseResponse } from '../request'
import {
  bestEffort,
  fetchResource,
  isOutcomeUnknown,
  leaseSeconds,
  readBack,
  readBackSeconds,
  resourceRefOf,
  saveWrittenRevision,
  sendWrite,
  serverChanges,
  type WriteRequest,
  type WriteResult,
} from './context'
import { guardWrite } from './guard'

/** What is made under a name. */
export type CreatedKind = 'replication' | 'retention' | 'registry'

/**
 * Makes a policy or a registry. Two of one name take turns, so that neither console takes the other's for its
 * own.
 *
 * SWR cannot be asked whether a request of before was carried out. When its answer is lost, the object is looked for by
 * its name: one that is there, was not there before, and says what was sent, was made by this request. That is answered as
 * a success (with `answerLost`, so that the screen can say it): who is told of a failure tries again, is told that the name
 * is taken, and is left to find out that it is taken by what they made. Anything less certain stays a failure.
 */
export function createResource(writing: WriteRequest, kind: CreatedKind): Promise<WriteResult> {
  const key = creationLeaseKey(resourceRefOf(writing, kind, ''), String(writing.input.body?.name))
  return withLease(writing.db, key, leaseSeconds, async (hold) => {
    const before = await idsOfName(writing, kind).catch(() => undefined)
    const { input, db, actor, target } = writing
    const body = await guardWrite(kind, {
      db,
      actor,
      connection: target.id,
      params: input.params,
      was: null,
      body: input.body ?? {},
    })
    await hold()
    let id: number | undefined
    try {
      id = parseResponse(`${kind}Create`, await sendWrite(writing, { ...input, body }), input).id
    } catch (error) {
      const found = isOutcomeUnknown(error)
        ? await bestEffort(writing, () => madeAllTheSame({ writing, kind, hold }, before, error))
        : undefined
      if (!found) throw error
      return found
    }
    if (id === undefined) return { now: null, normalised: [] }
    writing.entry.tell({ objectId: String(id) })
    return { id, ...(await readBack(writing, resourceRefOf(writing, kind, String(id)))) }
  })
}

/** Nobody says what SWR's search by name finds beyond that name, or whether it misses any: all are read, and compared here. */
async function idsOfName({ target, input }: WriteRequest, kind: CreatedKind): Promise<number[]> {
  const all = await listAll(target, kind, input.params, readBackSeconds)
  return [...all].filter(([, name]) => name === input.body?.name).map(([id]) => id)
}

interface Making {
  readonly writing: WriteRequest
  readonly kind: CreatedKind
  readonly hold: Lease
}

async function madeAllTheSame(
  { writing, kind, hold }: Making,
  before: readonly number[] | undefined,
  error: unknown,
): Promise<WriteResult | undefined> {
  // Nobody knows, or it was there. Policies of several namespaces may share a name.
  if (before === undefined || (kind !== 'retention' && before.length > 0)) return undefined
  const [id, ...others] = (await idsOfName(writing, kind)).filter((each) => !before.includes(each))
  if (id === undefined || others.length > 0) return undefined
  const spot = resourceRefOf(writing, kind, String(id))
  const seen = await fetchResource(writing, spot, readBackSeconds)
  if (serverChanges(writing, seen).length > 0) return undefined
  // Whoever has had the turn meanwhile may have made it.
  await hold()
  // The entry says that it was done, and which failure there was on the way.
  const { code, swr, requestId } = problemOf(error)
  writing.entry.tell({
    objectId: spot.objectId,
    code,
    ...(swr && { status: swr.status }),
    ...(requestId && { requestId }),
  })
  await bestEffort(writing, () => saveWrittenRevision(writing, spot, seen))
  return { id, now: seen.object, normalised: [], answerLost: true }
}
