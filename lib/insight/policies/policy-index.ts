import 'server-only'
import { oldest } from '../../cache'
import { isProblem, problemOf } from '../../contract/problem'
import type { ConsoleHandlers } from '../handler'
import { fetchLatestRuns } from './latest-runs'
import { fetchPolicies, keepListMs } from './policies'
import { tableOf } from './policy-table'

export const replicationIndex: ConsoleHandlers<'replicationIndex'>['replicationIndex'] = async ({
  actor,
  params,
  query,
  forPage,
}) => {
  const oldestMs = forPage ? keepListMs : undefined
  const place = { connection: params.connection, instance: params.instance_id }
  // Without runs there is still a list.
  const [policies, latest] = await Promise.all([
    fetchPolicies(actor, place, oldestMs),
    fetchLatestRuns(actor, place, oldestMs).catch((error: unknown) => problemOf(error)),
  ])
  const runs = isProblem(latest) ? null : latest
  const table = await tableOf(`${place.connection}/${place.instance}`, policies.value.rows, runs?.value ?? null)
  const rows = await table.find(query)
  return {
    at: oldest([policies, runs]),
    complete: policies.value.complete && !policies.problem && !runs?.problem && table.content.allKnown,
    refreshing: policies.refreshing || runs?.refreshing === true,
    rows: rows.slice(query.offset, query.offset + query.limit),
    total: rows.length,
    all: table.content.rows.length,
    failed: {
      policies: policies.problem ?? policies.value.problem,
      runs: isProblem(latest) ? latest : latest.problem,
    },
  }
}
