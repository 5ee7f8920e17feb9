import type { Replication } from '../../contract/swr/replication'
import { policyMatches } from '../pattern/policy-filter'
import { type PatternFilter, readFilters } from '../replication/filter'
import type { Steps } from '../retention/steps'
import type { CheckedRepository } from './subject'

type Filtered = Pick<Replication, 'filters'>
type Takes = (name: string) => boolean

const everything: Takes = () => true
const filterKey = ({ filters }: Filtered, type: 'name' | 'tag') =>
  JSON.stringify(
    readFilters({ filters }).filters.flatMap((filter) =>
      filter.type === type && !isAll(filter) ? [[filter.pattern, filter.excludes]] : [],
    ),
  )
const isAll = ({ pattern, excludes }: PatternFilter) => pattern === '' || (pattern === '**' && !excludes)

/** Many policies say the same of the same names: each question is put once. */
function remembered(takes: Takes): Takes {
  const known = new Map<string, boolean>()
  return (name) => {
    const found = known.get(name)
    if (found !== undefined) return found
    const verdict = takes(name)
    known.set(name, verdict)
    return verdict
  }
}

/** What policies select of the repositories that were listed. */
export class Selections {
  private readonly takers = new Map<string, Takes>()
  private readonly selected = new Map<string, readonly number[]>()
  private readonly tagsAt: (readonly string[] | undefined)[] = []

  constructor(readonly repositories: readonly CheckedRepository[]) {}

  nameAt(repository: number): string {
    return this.repositories[repository]?.name ?? ''
  }

  /** Tags of a repository; images without one are left out. */
  tagsOf(repository: number): readonly string[] {
    const tags = this.tagsAt[repository] ?? this.repositories[repository]?.images.flatMap((image) => image.tags) ?? []
    this.tagsAt[repository] = tags
    return tags
  }

  /** Places of the repositories that a policy selects, in the order of the list. */
  *repositoriesOf(policy: Filtered): Steps<readonly number[]> {
    const key = filterKey(policy, 'name')
    const known = this.selected.get(key)
    if (known) return known
    const takes = this.takesName(policy)
    const found: number[] = []
    for (const [at, { name }] of this.repositories.entries()) {
      yield
      if (takes(name)) found.push(at)
    }
    this.selected.set(key, found)
    return found
  }

  takesName = (policy: Filtered): Takes => this.taker(policy, 'name')
  takesTag = (policy: Filtered): Takes => this.taker(policy, 'tag')

  /** Policies with the same key select the same. */
  keyOf = (policy: Filtered): string => `${filterKey(policy, 'name')} ${filterKey(policy, 'tag')}`

  private taker(policy: Filtered, type: 'name' | 'tag'): Takes {
    const filters = filterKey(policy, type)
    if (filters === '[]') return everything
    const key = `${type} ${filters}`
    const takes = this.takers.get(key) ?? remembered(policyMatches(policy)[type === 'name' ? 'repository' : 'tag'])
    this.takers.set(key, takes)
    return takes
  }
}
