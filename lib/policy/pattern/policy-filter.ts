import type { Replication } from '../../contract/swr/replication'
import { readFilters } from '../replication/filter'
import { Glob } from './glob'

/** Some fifty for each of very many names; what people write needs about as many as a name has letters. */
const maxSteps = 5_000_000
/** For one name, all filters together: nobody else is served meanwhile. */
const maxStepsPerName = 100_000

/**
 * What a policy's filters take: a repository by its full name that all name filters take, of it the tags that all tag
 * filters take. A filter that is missing or empty takes everything (docs/swr-api.md section 8); one that the engine refuses, nothing;
 * nor does one go on taking that has become too costly.
 */
export function policyMatches({ filters }: Pick<Replication, 'filters'>) {
  const takenBy = (type: 'name' | 'tag') => {
    const globs = readFilters({ filters })
      .filters.filter((filter) => filter.type === type && filter.pattern !== '')
      .map(({ pattern, excludes }) => ({ glob: new Glob(pattern, maxSteps), excludes }))
    return (name: string): boolean => {
      let left = maxStepsPerName
      return globs.every(({ glob, excludes }) => {
        const before = glob.cost
        const takes = glob.match(name) === !excludes
        left -= glob.cost - before
        return takes && left > 0
      })
    }
  }
  return { repository: takenBy('name'), tag: takenBy('tag') }
}
