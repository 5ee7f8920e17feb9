import 'server-only'
import { oldest } from '../../cache'
import { inTurns } from '../../concurrency'
import type { Actor } from '../../contract/actor'
import type { SyncImage, SyncPlanRow } from '../../contract/console/sync'
import { maxSyncCells, maxSyncTags } from '../../contract/console/sync-vocabulary'
import { ProblemError, problemOf } from '../../contract/problem'
import { planCell, type TargetKnowledge } from '../../policy/sync/plan'
import type { ConsoleHandlers } from '../handler'
import { slicesWithoutEnd } from '../time-slice'
import { sourceKnowledge, type TargetKnown, targetKnowledge } from './checks'
import { type RepositoryTags, repositoryTags } from './lists'

/** Lists of one connection that are read at once. */
const maxParallelLists = 8

export interface TagLists {
  /** Repository → its tags; null when the list could not be read. */
  readonly tags: ReadonlyMap<string, RepositoryTags | null>
  readonly ages: readonly { readonly at: Date }[]
}

/** Reads the tags of some repositories. What refuses is null; a connection that is refused altogether is not asked on. */
export async function tagLists(
  actor: Actor,
  connection: string,
  repositories: Iterable<string>,
  fresh: boolean,
): Promise<TagLists> {
  const tags = new Map<string, RepositoryTags | null>()
  const ages: { at: Date }[] = []
  await inTurns([...repositories], maxParallelLists, async (repository) => {
    try {
      const { value, at } = await repositoryTags(actor, connection, repository, fresh)
      tags.set(repository, value)
      ages.push({ at })
      return true
    } catch (error) {
      tags.set(repository, null)
      return problemOf(error).key === undefined
    }
  })
  return { tags, ages }
}

/** Names of tags → digests, for one target. */
function listed(lists: TagLists | null): TargetKnowledge['tagsOf'] {
  if (!lists) return () => null
  const digests = new Map<string, ReadonlyMap<string, string>>()
  return (repository) => {
    const list = lists.tags.get(repository)
    if (!list) return null
    // Of what is incomplete nobody can say that something is new.
    if (!list.complete) return null
    const known = digests.get(repository)
    if (known) return known
    const made = new Map(Array.from(list.byName ?? [], ([name, { digest }]) => [name, digest]))
    digests.set(repository, made)
    return made
  }
}

/** The repository of a target has the same name behind its own organization. */
export const pathAt = (organization: string, path: string): string => `${organization}${path.slice(path.indexOf('/'))}`

export interface Wanted {
  readonly repository: string
  readonly tag: string
}

const missingImage = ({ repository, tag }: Wanted): SyncImage => ({ repository, tag, digest: '', size: 0, updated: '' })

/** Everything that is known of these tags and targets. Throws what the source answered when it cannot be listed. */
export async function readPlan(
  actor: Actor,
  connection: string,
  wanted: readonly Wanted[],
  targets: readonly { readonly region: string; readonly organization: string }[],
  fresh: boolean,
) {
  const repositories = new Set(wanted.map(({ repository }) => repository))
  const knowledge = await sourceKnowledge(actor, connection, fresh)
  const [first] = repositories
  // The first list says whether the source can be listed at all.
  if (first !== undefined) await repositoryTags(actor, connection, first, fresh)
  const source = await tagLists(actor, connection, repositories, fresh && repositories.size > 1)
  const known = await Promise.all(
    targets.map((target) =>
      targetKnowledge(actor, { connection, knowledge }, target, { repositories: repositories.size, fresh }),
    ),
  )
  const lists = await Promise.all(
    known.map(async (target) => {
      if (target.connection === null || target.organizationState !== 'exists') return null
      const paths = Array.from(repositories, (path) => pathAt(target.organization, path))
      return await tagLists(actor, target.connection, paths, fresh)
    }),
  )
  const tagsOf = known.map((target, index) => {
    const find = listed(lists[index] ?? null)
    return (path: string) => find(pathAt(target.organization, path))
  })
  const rows: SyncPlanRow[] = []
  const slices = slicesWithoutEnd()
  for (const want of wanted) {
    if (slices.isOver()) await slices.breathe()
    const found = source.tags.get(want.repository)?.byName?.get(want.tag)
    const cells = known.map((target, index) =>
      planCell(
        { checks: target.checks, tagsOf: tagsOf[index] ?? (() => null) },
        { ...want, digest: found?.digest ?? null },
      ),
    )
    rows.push({
      ...(found ?? missingImage(want)),
      plans: cells.map(({ plan }) => plan),
      there: cells.map(({ there }) => there),
    })
  }
  return { rows, targets: known, at: oldest([...source.ages, ...lists.flatMap((list) => list?.ages ?? [])]) }
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
  async syncPlanShow({ actor, params: { connection }, body: { images, targets, fresh } }) {
    const wanted = wantedTags(images, targets.length)
    const plan = await readPlan(actor, connection, wanted, targets, fresh)
    return { at: plan.at, targets: plan.targets.map(publicTarget), rows: plan.rows }
  },
}
