import 'server-only'
import { cached, cacheKeyPrefix } from '../../cache'
import type { Actor } from '../../contract/actor'
import { type Problem, type ProblemCode, ProblemError, problemOf } from '../../contract/problem'
import type { ImmutableRule } from '../../contract/swr/immutable-rule'
import type { InstanceLocation } from '../../routes'
import { requestSwr } from '../../swr/client'
import { allCounted, dedupe, fetchAllPages } from '../paginate'
import { readTogether } from '../read-together'
import { immutableContentHash } from './content-hash'
import type { NamespacePlace } from './place'

export interface ImmutableRulesRead {
  /** All of them could be read. */
  readonly known: boolean
  readonly byNamespace: ReadonlyMap<string, readonly ImmutableRule[]>
}

interface Rows {
  readonly rows: readonly ImmutableRule[]
  readonly complete: boolean
  readonly problem: Problem | null
}

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
  if (fresh) return perNamespace(await rulesNow(actor, { connection, instance }))
  const ask = async () => perNamespace(await fetchRules(actor, { connection, instance }))
  const { value } = await cached(`${cacheKeyPrefix(connection, instance)}immutable`, keeping, ask)
  return value
}

/** Fewer than SWR counts are not all: what a missing one holds would go. */
const fetchRules = (actor: Actor, { connection, instance }: InstanceLocation): Promise<Rows> =>
  fetchAllPages(
    async (query) => {
      const params = { instance_id: instance }
      const page = await requestSwr(actor, connection, 'immutableRuleList', { params, query })
      return { rows: page.immutable_rules, total: page.total }
    },
    { maxRows: maxRules },
  ).then(
    (pages) => allCounted(dedupe(pages)),
    (error: unknown) => ({ rows: [], complete: false, problem: problemOf(error) }),
  )

/** Asked of SWR now, once for all who want them at a time. */
const rulesNow = (actor: Actor, place: InstanceLocation): Promise<Rows> =>
  readTogether(actor, place.connection, `${place.instance}/immutable`, () => fetchRules(actor, place))

/** The account may not read them, or the region does not have them. */
const unreadable: readonly ProblemCode[] = ['swr_forbidden', 'swr_not_found', 'swr_unknown_path']

/**
 * Says which immutable tag rules hold in a namespace, asked of SWR now: whoever wrote them. A rule that does not name its
 * namespace counts in each. Null where nobody here may read them; throws what SWR answered else.
 */
export async function immutableHashOf(
  actor: Actor,
  { connection, instance, namespace }: NamespacePlace,
): Promise<string | null> {
  const { rows, complete, problem } = await rulesNow(actor, { connection, instance })
  if (problem && unreadable.includes(problem.code)) return null
  if (!complete) throw new ProblemError(problem ?? { status: 502, code: 'swr_unreadable' })
  return immutableContentHash(rows.filter(({ namespace_name: name = namespace }) => name === namespace))
}

function perNamespace({ rows, complete }: Rows): ImmutableRulesRead {
  const byNamespace = new Map<string, ImmutableRule[]>()
  for (const rule of rows) {
    const { namespace_name: namespace } = rule
    if (namespace === undefined) continue
    const known = byNamespace.get(namespace)
    if (known) known.push(rule)
    else byNamespace.set(namespace, [rule])
  }
  const known = complete && rows.every(({ namespace_name: namespace }) => namespace !== undefined)
  return { known, byNamespace }
}
