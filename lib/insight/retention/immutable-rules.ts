import 'server-only'
import { cached, cacheKeyPrefix } from '../../cache'
import type { Actor } from '../../contract/actor'
import { type Problem, type ProblemCode, ProblemError, problemOf } from '../../contract/problem'
import type { ImmutableRule } from '../../contract/swr/immutable-rule'
import type { InstanceLocation } from '../../routes'
import { requestSwr } from '../../swr/client'
import { fetchAllPages } from '../paginate'
import { readTogether } from '../read-together'
import { immutableContentHash } from './content-hash'
import type { RetentionPlace } from './place'

export interface ImmutableRulesRead {
  /** All of them could be read. */
  readonly known: boolean
  readonly byNamespace: ReadonlyMap<string, readonly ImmutableRule[]>
}

interface Answer extends ImmutableRulesRead {
  readonly problem: Problem | null
}

const unknown = (error: unknown): Answer => ({ known: false, byNamespace: new Map(), problem: problemOf(error) })
const maxRules = 5_000

/** What could not be read is soon asked for again: a permission may be given, a limit of requests ends. */
const keeping = { freshMs: ({ known }: ImmutableRulesRead) => (known ? 30_000 : 10_000), keepMs: 60_000 }

/**
 * Immutable tag rules of an instance. Where they cannot be read (an account may lack the permission for them) there are
 * none, and that is said: verdicts without them delete too much, never too little. `fresh` asks SWR now.
 */
export async function immutableRulesOf(
  actor: Actor,
  { connection, instance }: InstanceLocation,
  fresh = false,
): Promise<ImmutableRulesRead> {
  const ask = () => read(actor, { connection, instance }).catch(unknown)
  if (fresh) return await readTogether(actor, connection, `${instance}/immutable`, ask)
  const { value } = await cached(`${cacheKeyPrefix(connection, instance)}immutable`, keeping, ask)
  return value
}

const fetchRules = (actor: Actor, { connection, instance }: InstanceLocation) =>
  fetchAllPages(
    async (query) => {
      const params = { instance_id: instance }
      const page = await requestSwr(actor, connection, 'immutableRuleList', { params, query })
      return { rows: page.immutable_rules, total: page.total }
    },
    { maxRows: maxRules },
  )

/** The account may not read them, or the region does not have them. */
const unreadable: readonly ProblemCode[] = ['swr_forbidden', 'swr_not_found', 'swr_unknown_path']

/**
 * Says which immutable tag rules hold in a namespace, asked of SWR now: whoever wrote them. A rule that does not name its
 * namespace counts in each. Null where nobody here may read them; throws what SWR answered else.
 */
export async function immutableHashOf(
  actor: Actor,
  { connection, instance, namespace }: Pick<RetentionPlace, 'connection' | 'instance' | 'namespace'>,
): Promise<string | null> {
  const at = { connection, instance }
  const none = (error: unknown) => ({ rows: [], complete: false, problem: problemOf(error) })
  const ask = () => fetchRules(actor, at).catch(none)
  const { rows, complete, problem } = await readTogether(actor, connection, `${instance}/immutable-rows`, ask)
  if (problem && unreadable.includes(problem.code)) return null
  if (!complete) throw new ProblemError(problem ?? { status: 502, code: 'swr_unreadable' })
  return immutableContentHash(rows.filter(({ namespace_name: name = namespace }) => name === namespace))
}

async function read(actor: Actor, place: InstanceLocation): Promise<Answer> {
  const { rows, complete, problem } = await fetchRules(actor, place)
  const byNamespace = new Map<string, ImmutableRule[]>()
  for (const rule of rows) {
    const { namespace_name: namespace } = rule
    if (namespace === undefined) continue
    const known = byNamespace.get(namespace)
    if (known) known.push(rule)
    else byNamespace.set(namespace, [rule])
  }
  const known = complete && rows.every(({ namespace_name: namespace }) => namespace !== undefined)
  return { known, byNamespace, problem }
}
