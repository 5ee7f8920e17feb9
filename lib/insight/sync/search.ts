import 'server-only'
import { oldest } from '../../cache'
import type { ConsoleOutput } from '../../contract/console/schemas'
import { maxSyncTags } from '../../contract/console/sync-vocabulary'
import { type Problem, ProblemError, turnedBack } from '../../contract/problem'
import { checkPattern, trimPattern } from '../../policy/pattern/pattern'
import { policyMatches } from '../../policy/pattern/policy-filter'
import type { ConsoleHandlers } from '../handler'
import { TimeSlicer } from '../time-slice'
import { repositoryNames } from './lists'
import { tagLists } from './tag-lists'

/** Repositories whose tags are listed for one question: a call each, or more where they are long. */
const maxRepositories = 200

/** Whether the next question has to begin with a repository that has this problem. */
const isLeft = (problem: Problem) => turnedBack.includes(problem.code) || problem.key !== undefined

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
    const { after } = body
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
      // SWR promises no order, and the list may be read anew before the next question.
      return { names, matching: matching.sort() }
    }
    let found = isPlain(repository) ? { names: null, matching: [repository] } : await find(false)
    // It may have been pushed a moment ago.
    if (found.matching.length === 0) found = await find(true)
    const { names, matching } = found
    const rest = after === undefined ? matching : matching.filter((name) => name > after)
    const wanted = rest.slice(0, maxRepositories)
    const { tags, ages, problems } = await tagLists(actor, connection, wanted)
    const left = wanted.findIndex((name) => {
      const problem = problems.get(name)
      return problem ? isLeft(problem) : !tags.has(name)
    })
    const read = left === -1 ? wanted : wanted.slice(0, left)
    const problem = problems.get(wanted[0] ?? '')
    if (problem && (read.length === 0 || ages.length === 0)) throw new ProblemError(problem)
    const slices = slicer('tag')
    const images: ConsoleOutput<'syncTagSearch'>['images'] = []
    let [total, repositories, complete] = [0, 0, names?.value.complete ?? true]
    for (const name of read) {
      const list = tags.get(name)
      if (!list?.complete) complete = false
      const before = total
      for (const image of list?.byName?.values() ?? []) {
        if (slices.isOver()) await slices.breathe()
        if (!takes.tag(image.tag)) continue
        total += 1
        if (images.length < maxSyncTags) images.push({ repository: name, tag: image.tag, size: image.size })
      }
      if (total > before) repositories += 1
    }
    const seen = matching.length - rest.length + read.length
    return {
      ...{ at: oldest([names, ...ages]), images, total, complete, repositories },
      matching: { seen, all: matching.length },
      next: seen < matching.length ? (read.at(-1) ?? null) : null,
    }
  },
}
