import 'server-only'
import { oldest } from '../../cache'
import type { SyncImage } from '../../contract/console/sync'
import { ProblemError } from '../../contract/problem'
import { checkPattern, trimPattern } from '../../policy/pattern/pattern'
import { policyMatches } from '../../policy/pattern/policy-filter'
import type { ConsoleHandlers } from '../handler'
import { TimeSlicer } from '../time-slice'
import { repositoryNames } from './lists'
import { tagLists } from './plan'

/** Images that are answered; `total` counts all. */
const maxImages = 5_000
/** Repositories whose tags are listed for one question: a call each. */
const maxRepositories = 200

const fieldError = (name: string, code: string) =>
  new ProblemError({ status: 422, code: 'invalid_request', fields: { [`body.${name}`]: code } })

function patternIn(name: 'repository' | 'tag', text: string): string {
  const pattern = trimPattern(text)
  // For tags nothing is everything; a repository has to be meant.
  if (pattern === '' && name === 'tag') return '*'
  const error = checkPattern(pattern)
  if (error) throw fieldError(name, error.code)
  return pattern
}

const isPlain = (pattern: string) => !/[*?[\]{}\\]/.test(pattern)

export const searchHandlers: ConsoleHandlers<'syncTagSearch'> = {
  async syncTagSearch({ actor, params: { connection }, body }) {
    const [repository, tag] = [patternIn('repository', body.repository), patternIn('tag', body.tag)]
    const takes = policyMatches({
      filters: [
        { type: 'name', value: repository },
        { type: 'tag', value: tag },
      ],
    })
    // Of our own work alone: how long SWR takes for its lists is nobody's fault.
    const slicer = (name: 'repository' | 'tag') => new TimeSlicer(() => fieldError(name, 'pattern_costly'))
    const find = async (fresh: boolean) => {
      const names = await repositoryNames(actor, connection, fresh)
      const slices = slicer('repository')
      const matching: string[] = []
      for (const name of names.value.rows) {
        if (slices.isOver()) await slices.breathe()
        if (takes.repository(name)) matching.push(name)
      }
      return { names, matching }
    }
    let found = isPlain(repository) ? { names: null, matching: [repository] } : await find(false)
    // It may have been pushed a moment ago.
    if (found.matching.length === 0) found = await find(true)
    const { names, matching } = found
    const wanted = matching.slice(0, maxRepositories)
    const { tags, ages, problem } = await tagLists(actor, connection, wanted, false)
    if (problem && ages.length === 0) throw new ProblemError(problem)
    const slices = slicer('tag')
    const images: SyncImage[] = []
    let total = 0
    let complete = (names?.value.complete ?? true) && wanted.length === matching.length
    let repositories = 0
    for (const name of wanted) {
      const list = tags.get(name)
      if (!list?.complete) complete = false
      const before = total
      for (const image of list?.byName?.values() ?? []) {
        if (slices.isOver()) await slices.breathe()
        if (!takes.tag(image.tag)) continue
        total += 1
        if (images.length < maxImages) images.push(image)
      }
      if (total > before) repositories += 1
    }
    return { at: oldest([names, ...ages]), images, total, complete, repositories }
  },
}
