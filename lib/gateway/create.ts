import 'server-only'
import { type Hold, withLease } from '../db/lease'
import { makingKey } from '../db/revisions'
import { problemOf } from '../problem'
import { read } from './exchange'
import { listAll } from './look'
import {
  isUnclear,
  keep,
  kept,
  leaseSeconds,
  lookAt,
  lookSeconds,
  normalised,
  type Policies,
  placeOf,
  readBack,
  sent,
  type Writing,
} from './writing'

/**
 * Makes a replication policy. Two of one name take turns, so that neither console takes the other's policy for its own.
 *
 * SWR cannot be asked whether a request of before was carried out. When its answer is lost, the policy is looked for by
 * its name: one that is there, was not there before, and says what was sent, was made by this request. That is answered as
 * a success (with `answerLost`, so that the screen can say it): who is told of a failure tries again, is told that the name
 * is taken, and is left to find out that it is taken by what they made. Anything less certain stays a failure.
 */
export function create(writing: Writing): Promise<Policies> {
  const key = makingKey(placeOf(writing, 'replication', ''), String(writing.input.body?.name))
  return withLease(writing.db, key, leaseSeconds, async (hold) => {
    const before = await idsOfName(writing).catch(() => undefined)
    await hold()
    let id: number | undefined
    try {
      id = read('replicationCreate', await sent(writing, writing.input), writing.input).id
    } catch (error) {
      const found = isUnclear(error)
        ? await kept(writing, () => madeAllTheSame(writing, hold, before, error))
        : undefined
      if (!found) throw error
      return found
    }
    if (id === undefined) return { now: null, normalised: [] }
    writing.entry.tell({ objectId: String(id) })
    return { id, ...(await readBack(writing, placeOf(writing, 'replication', String(id)))) }
  })
}

/** Nobody says what SWR's search by name finds beyond that name, or whether it misses any: all are read, and compared here. */
async function idsOfName({ target, input }: Writing): Promise<number[]> {
  const all = await listAll(target, 'replication', input.params, lookSeconds)
  return [...all].filter(([, name]) => name === input.body?.name).map(([id]) => id)
}

async function madeAllTheSame(
  writing: Writing,
  hold: Hold,
  before: readonly number[] | undefined,
  error: unknown,
): Promise<Policies | undefined> {
  // Nobody knows, or it was there.
  if (before?.length !== 0) return undefined
  const [id, ...others] = await idsOfName(writing)
  if (id === undefined || others.length > 0) return undefined
  const place = placeOf(writing, 'replication', String(id))
  const seen = await lookAt(writing, place, lookSeconds)
  if (normalised(writing, seen).length > 0) return undefined
  // Whoever has had the turn meanwhile may have made it.
  await hold()
  // The entry says that it was done, and which failure there was on the way.
  const { code, swr, requestId } = problemOf(error)
  writing.entry.tell({
    objectId: place.objectId,
    code,
    ...(swr && { status: swr.status }),
    ...(requestId && { requestId }),
  })
  await kept(writing, () => keep(writing, place, seen))
  return { id, now: seen.policy, normalised: [], answerLost: true }
}
