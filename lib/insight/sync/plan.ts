import 'server-only'
import { oldest } from '../../cache'
import { inTurns } from '../../concurrency'
import type { Actor } from '../../contract/actor'
import type { SyncPlan } from '../../contract/console/sync'
import type { SyncImage } from '../../contract/console/sync-search'
import { maxSyncCells, maxSyncTags } from '../../contract/console/sync-vocabulary'
import { type Problem, ProblemError, problemOf } from '../../contract/problem'
import { planCell, type TargetKnowledge } from '../../policy/sync/plan'
import type { ConsoleHandlers } from '../handler'
import { inUseOf } from '../in-use/in-use'
import { slicesWithoutEnd } from '../time-slice'
import { sourceKnowledge, type TargetKnown, targetKnowledge } from './checks'
import { findTag, type RepositoryTags, repositoryTags } from './lists'

/** Tags of lists that are too long to be read whole are asked for one by one. */
const maxSingleTags = 200
/** Lists of one connection that are read at once. */
const maxParallelLists = 8

export interface TagLists {
  /** Repository → its tags; null when the list could not be read. */
  readonly tags: ReadonlyMap<string, RepositoryTags | null>
  readonly ages: readonly { readonly at: Date }[]
  /** Repository → why its list could not be read. */
  readonly problems: ReadonlyMap<string, Problem>
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
  const problems = new Map<string, Problem>()
  await inTurns([...repositories], maxParallelLists, async (repository) => {
    try {
      const { value, at } = await repositoryTags(actor, connection, repository, fresh)
      tags.set(repository, value)
      ages.push({ at })
      return true
    } catch (error) {
      tags.set(repository, null)
      const failure = problemOf(error)
      problems.set(repository, failure)
      return failure.key === undefined
    }
  })
  return { tags, ages, problems }
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

/** What is to be read anew, however young it is: before anything is sent, the source at least. */
export interface Anew {
  readonly source: boolean
  readonly targets: boolean
}

/** Tags of the source. Of what cannot be read nobody may say that it is missing: then all of the plan waits. */
async function sourceLists(
  actor: Actor,
  connection: string,
  wanted: readonly Wanted[],
  fresh: boolean,
): Promise<TagLists> {
  const lists = await tagLists(actor, connection, new Set(wanted.map(({ repository }) => repository)), fresh)
  for (const problem of lists.problems.values()) throw new ProblemError(problem)
  const cut = wanted.filter(({ repository, tag }) => {
    const list = lists.tags.get(repository)
    return list && !list.complete && !list.byName?.has(tag)
  })
  if (cut.length > maxSingleTags)
    throw new ProblemError({ status: 422, code: 'invalid_request', fields: { 'body.images': 'out_of_range' } })
  await inTurns(cut, maxParallelLists, async ({ repository, tag }) => {
    const image = await findTag(actor, connection, repository, tag)
    const list = lists.tags.get(repository)
    if (image && list?.byName) list.byName.set(tag, image)
    return true
  })
  return lists
}

/** Everything that is known of these tags and targets. Throws what the source answered when it cannot be listed. */
export async function readPlan(
  actor: Actor,
  connection: string,
  wanted: readonly Wanted[],
  targets: readonly { readonly region: string; readonly organization: string }[],
  anew: Anew,
) {
  const repositories = new Set(wanted.map(({ repository }) => repository))
  const fresh = anew.targets
  const knowledge = await sourceKnowledge(actor, connection, fresh)
  const source = await sourceLists(actor, connection, wanted, anew.source)
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
  const rows: Omit<SyncPlan['rows'][number], 'inUse'>[] = []
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
