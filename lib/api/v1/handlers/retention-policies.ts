import 'server-only'
import type { Decision } from '../../../contract/console/retention-vocabulary'
import { ProblemError } from '../../../contract/problem'
import { type DecidedRow, decideNamespace } from '../../../insight/retention/decided'
import { placeOf, readPolicy } from '../../../insight/retention/place'
import { callConsole } from '../../console'
import type { PublicHandlers } from '../request'

/** By repository, in the order in which they come. */
function byRepository<Row extends { readonly repository: string }, Artifact>(
  rows: readonly Row[],
  artifactOf: (row: Row) => Artifact,
): { name: string; artifacts: Artifact[] }[] {
  const repositories = new Map<string, Artifact[]>()
  for (const row of rows) {
    const artifacts = repositories.get(row.repository)
    if (artifacts) artifacts.push(artifactOf(row))
    else repositories.set(row.repository, [artifactOf(row)])
  }
  return [...repositories].map(([name, artifacts]) => ({ name, artifacts }))
}

const none = () => ({ images: 0, tags: 0, bytes: 0 })

function totalsOf(images: readonly DecidedRow[]) {
  const totals: Record<Decision, ReturnType<typeof none>> = {
    ...{ keep: none(), delete: none(), untouched: none(), unsure: none() },
  }
  for (const { decision, tags, size } of images) {
    const total = totals[decision]
    total.images++
    total.tags += tags.length
    total.bytes += size
  }
  return totals
}

const artifactOf = ({ digest, tags, decision, rule, because, immutable }: DecidedRow) => ({
  digest,
  tags: [...tags],
  decision,
  ...(rule !== null && { rule }),
  ...(because !== null && { because }),
  ...(immutable !== null && { immutable }),
})

export const retentionPolicyHandlers: PublicHandlers<'retentionDecide' | 'retentionShow'> = {
  async retentionDecide({ actor, params, body: { namespace, rules, algorithm = 'or' } }) {
    const now = new Date()
    const place = { connection: params.connection, instance: params.instance_id }
    // Whoever asks here has often just pushed.
    const decided = await decideNamespace(actor, place, namespace, { algorithm, rules }, { now, fresh: true })
    const { at, complete, capped, problem, refused, immutableKnown, images } = decided
    if (images.length === 0 && problem) throw new ProblemError(problem)
    return {
      now: now.toISOString(),
      at: at.toISOString(),
      complete: complete && !capped && immutableKnown,
      refused,
      repositories: byRepository(images, artifactOf),
      totals: totalsOf(images),
    }
  },

  async retentionShow({ actor, params }) {
    const [policy, lock] = await Promise.all([
      readPolicy(actor, placeOf(params)),
      callConsole(actor, 'retentionLockShow', { params }),
    ])
    const { content, state, because, dryRun, until, aboveCeiling, archive, inUse, run } = lock
    return {
      id: Number(params.policy_id),
      name: policy.name ?? '',
      namespace: params.namespace_name,
      enabled: policy.enabled ?? null,
      algorithm: policy.algorithm ?? 'or',
      rules: policy.rules,
      trigger: policy.trigger ?? null,
      content,
      armed: {
        state,
        ...(because && { because }),
        ...(dryRun && { dryRun: String(dryRun.id) }),
        ...(until && { until }),
      },
      aboveCeiling,
      archive: archive && { registry: archive.registry, namespace: archive.namespace, days: archive.days },
      inUse,
      run: run === null ? null : String(run),
    }
  },
}
