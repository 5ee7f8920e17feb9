import 'server-only'
import type { Failure, RunTag, RunTask } from '../../contract/swr/runs'
import { failureCause, groupingKey } from '../../policy/runs/failure-cause'

/** Names of repositories that an answer carries; the others are counted. */
const maxNamed = 20

type Group = Omit<Failure, 'repositories' | 'repositoryCount' | 'first' | 'last'> & {
  first: string | null
  last: string | null
  readonly names: Set<string>
}

const groupOf = ({ cause, act, text }: Pick<Failure, 'cause' | 'act' | 'text'>): Group => ({
  cause,
  act,
  text,
  tags: 0,
  whole: 0,
  first: null,
  last: null,
  names: new Set(),
})

function add(group: Group, repository: string, end: string | null) {
  group.names.add(repository)
  if (end === null) return
  if (group.first === null || end < group.first) group.first = end
  if (group.last === null || end > group.last) group.last = end
}

/**
 * What failed folded into causes, the most frequent first. Texts that differ only by the tag's name count as one. Repositories
 * that failed as a whole have no text of their own: `said` is what SWR says of the run.
 */
export function failuresOf(tags: readonly RunTag[], tasks: readonly RunTask[], said: string): Failure[] {
  const groups = new Map<string, Group>()
  const texts = new Map<string, Group>()
  for (const { phase, cause, act, text, repository, tag, end } of tags) {
    if (phase !== 'failed' || cause === null) continue
    const exact = `${cause} ${act} ${text}`
    let group = texts.get(exact)
    if (!group) {
      const key = `${cause} ${act} ${groupingKey(text, repository, tag)}`
      group = groups.get(key) ?? groupOf({ cause, act, text })
      groups.set(key, group)
      texts.set(exact, group)
    }
    group.tags += 1
    add(group, repository, end)
  }
  for (const { whole, act, repository, end } of tasks) {
    if (!whole) continue
    const key = `whole ${act}`
    const group = groups.get(key) ?? groupOf({ cause: failureCause(said), act, text: said })
    groups.set(key, group)
    group.whole += 1
    add(group, repository, end)
  }
  return [...groups.values()]
    .map(({ names, ...failure }) => ({
      ...failure,
      repositories: [...names].sort().slice(0, maxNamed),
      repositoryCount: names.size,
    }))
    .sort((a, b) => b.tags + b.whole - (a.tags + a.whole))
}
