import 'server-only'
import { cached, cacheKeyPrefix } from '../../cache'
import type { Actor } from '../../contract/actor'
import { type Problem, problemOf } from '../../contract/problem'
import type { ImmutableRule } from '../../contract/swr/immutable-rule'
import type { InstanceLocation } from '../../routes'
import { requestSwr } from '../../swr/client'
import { fetchAllPages } from '../paginate'
import { readTogether } from '../read-together'

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

async function read(actor: Actor, { connection, instance }: InstanceLocation): Promise<Answer> {
  const params = { instance_id: instance }
  const { rows, complete, problem } = await fetchAllPages(
    async (query) => {
      const page = await requestSwr(actor, connection, 'immutableRuleList', { params, query })
      return { rows: page.immutable_rules, total: page.total }
    },
    { maxRows: maxRules },
  )
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
