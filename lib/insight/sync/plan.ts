import 'server-only'
import { oldest } from '../../cache'
import type { Actor } from '../../contract/actor'
import type { SyncPlan } from '../../contract/console/sync'
import type { SyncImage } from '../../contract/console/sync-search'
import { maxSyncCells, maxSyncTags } from '../../contract/console/sync-vocabulary'
import { ProblemError } from '../../contract/problem'
import { planCell, type TargetKnowledge } from '../../policy/sync/plan'
import type { ConsoleHandlers } from '../handler'
import { inUseOf } from '../in-use/in-use'
import { slicesWithoutEnd } from '../time-slice'
import { sourceKnowledge, type TargetKnown, targetKnowledge } from './checks'
import { keepMs, usualAgeMs } from './lists'
import { keyOf, sourceLists, type Wanted } from './source-lists'
import { type TagLists, tagLists } from './tag-lists'

/** Lists of one connection that are read at once, and of all targets together: nobody's request budget has to wait long. */
const [maxParallelLists, maxParallelTargets] = [8, 32]
/** Reading a list takes its time of a person's budget: a plan of many may be older than one of a few. Milliseconds. */
const [ageOfList, maxAgeMs] = [100, keepMs / 2]

/** Names of tags → digests, for one target. */
function listed(lists: TagLists | null): TargetKnowledge['tagsOf'] {
  const digests = new Map<string, ReadonlyMap<string, string>>()
  return (repository) => {
    const list = lists?.tags.get(repository)
    if (!list) return { tags: null, reason: lists?.problems.get(repository)?.code ?? null }
    // Of what is incomplete nobody can say that something is new.
    if (!list.complete) return { tags: null, reason: 'list_too_long' }
    const known = digests.get(repository)
    if (known) return { tags: known, reason: null }
    const tags = new Map(Array.from(list.byName ?? [], ([name, { digest }]) => [name, digest]))
    digests.set(repository, tags)
    return { tags, reason: null }
  }
}

/** The repository of a target has the same name behind its own organization. */
export const pathAt = (organization: string, path: string): string => `${organization}${path.slice(path.indexOf('/'))}`

const missingImage = ({ repository, tag }: Wanted): SyncImage => ({ repository, tag, digest: '', size: 0, updated: '' })

/** What is to be read anew, however young it is: before anything is sent, the source at least. */
export interface Anew {
  readonly source: boolean
  readonly targets: boolean
}

/** Tags of the targets that a connection lists, each connection for itself; null where none does. */
async function targetLists(
  actor: Actor,
  known: readonly TargetKnown[],
  repositories: ReadonlySet<string>,
  ageMs: number,
): Promise<(TagLists | null)[]> {
  const wanted = new Map<string, string[]>()
  const isListed = ({ organizationState }: TargetKnown) => organizationState === 'exists'
  for (const target of known.filter(isListed)) {
    if (target.connection === null) continue
    const paths = wanted.get(target.connection) ?? []
    for (const path of repositories) paths.push(pathAt(target.organization, path))
    wanted.set(target.connection, paths)
  }
  const parallel = Math.max(1, Math.min(maxParallelLists, Math.floor(maxParallelTargets / Math.max(1, wanted.size))))
  const lists = new Map(
    await Promise.all(
      Array.from(
        wanted,
        async ([connection, paths]) =>
          [connection, await tagLists(actor, connection, paths, { maxAgeMs: ageMs, parallel })] as const,
      ),
    ),
  )
  return known.map((target) =>
    target.connection !== null && isListed(target) ? (lists.get(target.connection) ?? null) : null,
  )
}

/** Everything that is known of these tags and targets. Throws what the source answered when none of it can be listed. */
export async function readPlan(
  actor: Actor,
  connection: string,
  wanted: readonly Wanted[],
  targets: readonly { readonly region: string; readonly organization: string }[],
  anew: Anew,
) {
  const repositories = new Set(wanted.map(({ repository }) => repository))
  const fresh = anew.targets
  const ageMs = Math.min(maxAgeMs, Math.max(usualAgeMs, repositories.size * (1 + targets.length) * ageOfList))
  const knowledge = await sourceKnowledge(actor, connection, fresh)
  const source = await sourceLists(actor, connection, wanted, anew.source ? 0 : ageMs)
  const known = await Promise.all(
    targets.map((target) =>
      targetKnowledge(actor, { connection, knowledge }, target, { repositories: repositories.size, fresh }),
    ),
  )
  const lists = await targetLists(actor, known, repositories, fresh ? 0 : ageMs)
  const tagsOf = known.map((target, index) => {
    const find = listed(lists[index] ?? null)
    return (path: string) => find(pathAt(target.organization, path))
  })
  const rows: Omit<SyncPlan['rows'][number], 'inUse'>[] = []
  const slices = slicesWithoutEnd()
  for (const want of wanted) {
    if (slices.isOver()) await slices.breathe()
    const list = source.tags.get(want.repository)
    const found = list?.byName?.get(want.tag)
    const unread = list
      ? (source.unread.get(keyOf(want)) ?? null)
      : (source.problems.get(want.repository)?.code ?? 'unexpected')
    const cells = known.map((target, index) =>
      planCell(
        { checks: target.checks, tagsOf: tagsOf[index] ?? (() => ({ tags: null, reason: null })) },
        { ...want, digest: found?.digest ?? null, unread },
      ),
    )
    rows.push({
      ...(found ?? missingImage(want)),
      plans: cells.map(({ plan }) => plan),
      there: cells.map(({ there }) => there),
      reasons: cells.map(({ reason }) => reason),
    })
  }
  /** The digest of a tag at a target, as far as its list was read. */
  const digestAt = (target: number, { repository, tag }: Wanted) => tagsOf[target]?.(repository).tags?.get(tag)
  return { rows, targets: known, digestAt, at: oldest([...source.ages, ...lists.flatMap((each) => each?.ages ?? [])]) }
}

const publicTarget = ({ region, organization, connection, checks }: TargetKnown) => ({
  region,
  organization,
  connection,
  checks: [...checks],
})

const tooMany = (path: string) =>
  new ProblemError({ status: 422, code: 'invalid_request', fields: { [path]: 'out_of_range' } })

/** Tags of a request, each once, in its order. Throws `invalid_request` when they are too many. */
export function wantedTags(
  images: readonly { readonly repository: string; readonly tags: readonly string[] }[],
  targets: number,
): Wanted[] {
  const seen = new Set<string>()
  const wanted = images.flatMap(({ repository, tags }) =>
    tags.flatMap((tag) => {
      const key = `${repository}:${tag}`
      if (seen.has(key)) return []
      seen.add(key)
      return { repository, tag }
    }),
  )
  if (wanted.length > maxSyncTags || wanted.length * targets > maxSyncCells) throw tooMany('body.images')
  return wanted
}

export const planHandlers: ConsoleHandlers<'syncPlanShow'> = {
  async syncPlanShow({ actor, known, params: { connection }, body: { images, targets, fresh } }) {
    const wanted = wantedTags(images, targets.length)
    const plan = await readPlan(actor, connection, wanted, targets, { source: fresh, targets: fresh })
    const { byImage } = await inUseOf(
      known.db,
      connection,
      plan.rows.map(({ repository, digest, tag }) => ({ repository, digest, tags: [tag] })),
    )
    const rows = plan.rows.map((row, index) => ({ ...row, inUse: [...(byImage[index] ?? [])] }))
    return { at: plan.at, targets: plan.targets.map(publicTarget), rows }
  },
}
