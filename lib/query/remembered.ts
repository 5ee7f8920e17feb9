import 'server-only'
import { setTimeout } from 'node:timers/promises'
import { type Cached, type CachePolicy, cached, cacheKeyPrefix } from '../cache'
import type { Actor } from '../contract/actor'
import { type ProblemCode, ProblemError } from '../contract/problem'
import type { SwrOperation } from '../contract/swr/operations'
import { requestSwr } from '../swr/client'
import type { ApiInput, ApiOutput, ReadOperation } from './operations'

/** Minutes are nothing for a name or a count; what our own writes change is not given after them. */
const keeping = { freshMs: 15_000, keepMs: 15 * 60_000 }

const endings: ReadonlySet<ProblemCode> = new Set(['swr_not_found', 'swr_forbidden'])

type Look<Name extends ReadOperation> = (policy: CachePolicy<ApiOutput<Name>>) => Promise<Cached<ApiOutput<Name>>>

/** How a question is put to the memory, and behind it to SWR. */
function lookFor<Name extends ReadOperation & SwrOperation>(
  actor: Actor,
  operation: Name,
  input: ApiInput<Name>,
): Look<Name> {
  const { connection = '', ...params }: Readonly<Record<string, string>> = input.params
  const question = JSON.stringify([operation, params, 'query' in input ? input.query : null])
  // A read's result is its answer.
  const ask = () => requestSwr(actor, connection, operation, { ...input, params }) as Promise<ApiOutput<Name>>
  return async (policy) => {
    const known = await cached(`${cacheKeyPrefix(connection, params.instance_id ?? '')}${question}`, policy, ask)
    // That it is gone, or not for this key any more, is an answer, too, and a newer one.
    if (known.problem && endings.has(known.problem.code)) throw new ProblemError(known.problem)
    return known
  }
}

/** What SWR last answered to this question about an instance, in this process; asked again behind it when it is older. */
export const remembered = <Name extends ReadOperation & SwrOperation>(
  actor: Actor,
  operation: Name,
  input: ApiInput<Name>,
): Promise<Cached<ApiOutput<Name>>> => lookFor(actor, operation, input)(keeping)

/** Nobody notices a shorter wait. */
const patienceMs = 250

/** What SWR answers now; where it takes its time, what it answered last, if that is known. */
export function freshOrRemembered<Name extends ReadOperation & SwrOperation>(
  actor: Actor,
  operation: Name,
  input: ApiInput<Name>,
): Promise<Cached<ApiOutput<Name>>> {
  const look = lookFor(actor, operation, input)
  return Promise.race([
    look({ ...keeping, freshMs: 0, giveMs: 0 }),
    setTimeout(patienceMs, undefined, { ref: false }).then(() => look(keeping)),
  ])
}
