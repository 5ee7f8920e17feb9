import 'server-only'
import type { Actor } from '../../contract/actor'
import type { DecidedImage, RetentionDecisions } from '../../contract/console/retention-decisions'
import { ProblemError } from '../../contract/problem'
import { immutableRule } from '../../contract/swr/immutable-rule'
import { type Retention, retention } from '../../contract/swr/retention'
import { ImmutableRules } from '../../policy/retention/immutable'
import { axisOf } from '../../policy/retention/view/axis'
import { type TableSource, tablePage } from '../../policy/retention/view/table'
import { byLoss, countDecisions } from '../../policy/retention/view/totals'
import { warningsOf } from '../../policy/retention/view/warnings'
import type { InstanceLocation } from '../../routes'
import type { ConsoleRequest } from '../handler'
import { inventoryOf } from '../inventory/inventory'
import type { InventoryImage } from '../inventory/state'
import { fetchRetentions } from '../policies/policies'
import { immutableRulesOf } from './immutable-rules'
import { preparedNamespace } from './prepared'

/** Verdicts of the same ten seconds are of one moment: so those of the saved rules are worked out once. */
const momentMs = 10_000
const dayMs = 86_400_000

const momentOf = (time: number) => (time === 0 ? null : new Date(time).toISOString())

async function savedPolicy(actor: Actor, at: InstanceLocation, namespace: string, id: number): Promise<Retention> {
  const { value } = await fetchRetentions(actor, at)
  const found = value.rows.find((row) => row.id === id && row.namespace_name === namespace)
  if (!found) throw new ProblemError({ status: 404, code: 'swr_not_found' })
  return found
}

function imageOf(source: TableSource<InventoryImage>, namespace: string, number: number): DecidedImage[] {
  const { row, after, before, inUse } = source
  const [repository, place, image] = [row.repositoryAt(number), row.placeAt(number), row.image(number)]
  const decided = after.repositories[repository]
  if (!image || !decided) return []
  const { digest, tags, size, pushed, pulled } = image
  return [
    {
      repository: `${namespace}/${decided.repository.name}`,
      digest,
      tags: [...tags],
      size,
      pushed: momentOf(pushed),
      pulled: momentOf(pulled),
      ...decided.at(place),
      before: before?.repositories[repository]?.decisionOf(place) ?? null,
      inUse: [...(inUse.get(number) ?? [])],
    },
  ]
}

/** What rules would do that need not be saved, beside what the saved ones do. */
export async function retentionDecide({
  actor,
  known,
  params,
  body,
}: ConsoleRequest<'retentionDecide'>): Promise<RetentionDecisions> {
  const { namespace, policy, view, daysAhead } = body
  const at = { connection: params.connection, instance: params.instance_id }
  const [saved, looked, immutable] = await Promise.all([
    policy === undefined ? null : savedPolicy(actor, at, namespace, policy),
    inventoryOf(actor, at),
    immutableRulesOf(actor, at),
  ])
  const typed = body.rules && {
    rules: retention.shape.rules.parse(body.rules),
    algorithm: body.algorithm ?? saved?.algorithm,
  }
  const rules = typed ?? saved ?? { rules: [] }
  const now = new Date(Math.floor(Date.now() / momentMs) * momentMs + daysAhead * dayMs)
  const prepared = preparedNamespace(at, namespace, looked.repositories)
  const spared = new ImmutableRules(immutable.byNamespace.get(namespace) ?? [])
  const supposed = body.immutable && new ImmutableRules(immutableRule.array().parse(body.immutable))
  const after = await prepared.decide(rules, supposed ?? spared, now)
  const before = saved && (typed || supposed) ? await prepared.decide(saved, spared, now) : null
  const inUse = await prepared.inUse(known.db, at.connection)
  const source = { after, before, row: prepared.row, inUse }
  const totals = countDecisions(source)
  const within = view.repository?.startsWith(`${namespace}/`) ? view.repository.slice(namespace.length + 1) : undefined
  const page = tablePage(source, { ...view, repository: view.repository === undefined ? undefined : (within ?? '') })
  return {
    at: looked.at.toISOString(),
    complete: looked.complete,
    refreshing: looked.refreshing,
    capped: looked.capped,
    problem: looked.problem?.code ?? null,
    now: now.toISOString(),
    refused: after.refused,
    amounts: totals.amounts,
    newlyDeleted: totals.newlyDeleted,
    newlyKept: totals.newlyKept,
    warnings: warningsOf(namespace, rules.rules, source),
    axis: after.refused ? null : axisOf(rules, saved, prepared.images, now),
    repositories: {
      rows: byLoss(totals.repositories)
        .slice(0, body.repositories)
        .map(({ name, amounts, newlyDeleted, newlyKept }) => ({
          name: `${namespace}/${name}`,
          amounts,
          newlyDeleted: newlyDeleted.images,
          newlyKept: newlyKept.images,
        })),
      total: totals.repositories.length,
    },
    images: { rows: page.numbers.flatMap((number) => imageOf(source, namespace, number)), total: page.total },
    immutableKnown: immutable.known,
  }
}
