import type { OwnIn } from '@/lib/contract/console/schemas'
import type { Problem } from '@/lib/contract/problem'

/* Repositories and tags that somebody has chosen for a run of a part. */

export interface Chosen {
  readonly repository: string
  readonly tags: readonly string[]
}

/** As many as one request holds. */
export const mostRepositories = 50
export const mostTags = 1000

export const tagsChosen = (chosen: readonly Chosen[]) => chosen.reduce((sum, { tags }) => sum + tags.length, 0)

export const withRepository = (chosen: readonly Chosen[], repository: string): Chosen[] =>
  chosen.some((each) => each.repository === repository) ? [...chosen] : [...chosen, { repository, tags: [] }]

export const withoutRepository = (chosen: readonly Chosen[], repository: string): Chosen[] =>
  chosen.filter((each) => each.repository !== repository)

/** The same with these tags of one of them. */
export const withTags = (chosen: readonly Chosen[], repository: string, tags: readonly string[]): Chosen[] =>
  chosen.map((each) =>
    each.repository === repository ? { repository, tags: [...new Set(tags)].slice(0, mostTags) } : each,
  )

export const asScope = (chosen: readonly Chosen[]): NonNullable<OwnIn<'scopedRunStart'>['body']['scope']> =>
  chosen.map(({ repository, tags }) => ({ repository, tags: [...tags] }))

/** What the server has refused: a repository as a whole, or some of its tags. */
export interface Refused {
  readonly whole: boolean
  readonly tags: readonly string[]
}

/** By repository, from the paths in the server's answer to what was sent. */
export function refusedOf(problem: Problem | undefined, sent: readonly Chosen[]): ReadonlyMap<string, Refused> {
  const found = new Map<string, Refused>()
  if (problem?.code !== 'scope_outside') return found
  for (const path of Object.keys(problem.fields ?? {})) {
    const [, at, tag] = /^body\.scope\.(\d+)\.(?:repository|tags\.(\d+))$/.exec(path) ?? []
    const scope = sent[Number(at)]
    if (at === undefined || !scope) continue
    const known = found.get(scope.repository) ?? { whole: false, tags: [] }
    const name = tag === undefined ? undefined : scope.tags[Number(tag)]
    found.set(
      scope.repository,
      name === undefined ? { ...known, whole: true } : { ...known, tags: [...known.tags, name] },
    )
  }
  return found
}
