import { ProblemError, problemOf } from '@/lib/contract/problem'
import { foundInstead } from '@/lib/query/client'
import type { EditRequests } from './kind'

/** SWR has no code for a name that is taken: it is looked up after these (docs/swr-api.md section 14). */
const mayBeTaken = [400, 409]

interface Explained<Row> {
  readonly error: unknown
  readonly current?: Row | null
}

/** What a failed save concerns: the object, which is another one now or gone, its name, or neither. */
export async function explainFailure<Row, Body>(
  error: unknown,
  { read, taken }: Pick<EditRequests<Row, Body>, 'read' | 'taken'>,
  name: string,
  original: Row | undefined,
): Promise<Explained<Row>> {
  const problem = problemOf(error)
  if (original !== undefined && problem.code === 'changed_meanwhile')
    return { error: null, current: foundInstead<Row>(problem) }
  if (original !== undefined && (problem.code === 'swr_not_found' || problem.code === 'swr_gone')) {
    // It may also be something that the object names.
    const current = await read(original).catch(() => undefined)
    if (current === null) return { error: null, current }
  }
  const isName = taken && mayBeTaken.includes(problem.swr?.status ?? 0) && (await taken.check(name, original))
  if (!isName) return { error }
  const fields = { 'body.name': taken.code }
  return { error: new ProblemError({ status: 422, code: 'invalid_request', fields }) }
}
