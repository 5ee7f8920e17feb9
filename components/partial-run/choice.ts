import type { ConsoleInput } from '@/lib/contract/console/schemas'
import type { Problem } from '@/lib/contract/problem'
import { isPlainTag } from '@/lib/policy/replication/partial'

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

export const asScope = (chosen: readonly Chosen[]): NonNullable<ConsoleInput<'partialRunStart'>['body']['scope']> =>
  chosen.map(({ repository, tags }) => ({ repository, tags: [...tags] }))

/**
 * What Enter makes of a typed text. One word means the tag that is called so, else the only one that it may mean; where none is
 * listed it is taken as it is. What cannot be a tag stays in the field, and the rest is taken.
 */
export function enteredTags(
  text: string,
  names: readonly string[],
): { readonly add: readonly string[]; readonly left: string; readonly complaint: 'odd' | 'several' | null } {
  const words = text.split(/[\s,]+/).filter(Boolean)
  const [only] = words
  if (only !== undefined && words.length === 1 && !names.includes(only)) {
    const [hit, ...more] = fittingTags(names, only)
    if (hit !== undefined && more.length > 0) return { add: [], left: only, complaint: 'several' }
    if (hit !== undefined) return { add: [hit], left: '', complaint: null }
  }
  const odd = words.filter((word) => !isPlainTag(word))
  return { add: words.filter(isPlainTag), left: odd.join(' '), complaint: odd.length > 0 ? 'odd' : null }
}

/** Those that a typed text may mean. */
export function fittingTags(names: readonly string[], typed: string): string[] {
  const wanted = typed.trim().toLowerCase()
  return names.filter((name) => name.toLowerCase().includes(wanted))
}

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
