import 'server-only'
import type { ConsoleOutput } from '../../../contract/console/schemas'
import { ProblemError, problemOf } from '../../../contract/problem'
import { callConsole } from '../../console'
import type { PublicHandlers } from '../request'

type Cluster = ConsoleOutput<'inUseList'>['clusters'][number]

const clusterOf = ({ actorName, ...cluster }: Cluster) => ({ ...cluster, by: actorName })

/** Here the text is the whole body. */
function atBody(error: unknown): never {
  const problem = problemOf(error)
  const reason = problem.fields?.['body.text']
  throw reason === undefined ? error : new ProblemError({ ...problem, fields: { body: reason } })
}

export const inUseHandlers: PublicHandlers<'inUseList' | 'inUsePut' | 'inUseDelete'> = {
  async inUseList({ actor, query: { offset, limit } }) {
    const { clusters } = await callConsole(actor, 'inUseList', { params: {} })
    return { items: clusters.slice(offset, offset + limit).map(clusterOf), total: clusters.length }
  },

  async inUsePut({ actor, params, query: { hours }, body: { text } }) {
    const put = { params, body: { text, ...(hours !== undefined && { hours }) } }
    const { unreadable, ...cluster } = await callConsole(actor, 'inUsePut', put).catch(atBody)
    return { ...clusterOf(cluster), unreadable }
  },

  inUseDelete: ({ actor, params }) => callConsole(actor, 'inUseDelete', { params }),
}
