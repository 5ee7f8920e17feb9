import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import pRetry from 'p-retry'
import type { Actor } from '../../contract/actor'
import { type Problem, ProblemError, problemOf, turnedBack } from '../../contract/problem'
import { maxPageSize } from '../../contract/vocabulary'
import type { InstanceLocation } from '../../routes'
import { requestSwr } from '../../swr/client'
import { fetchAllPages } from '../paginate'
import type { PartialInventory } from './state'

/** Where listing stops and says so. `fruitless`: pages in a row that hold nothing new. */
export const limits = { repositories: 20_000, tags: 200_000, minutes: 10, fruitless: 20 }

const maxAttempts = 5
const maxPauseSeconds = 60

/** A read that is throttled waits as long as SWR says. Nothing else is asked again: SWR is slow or down, and others wait too. */
export const patiently = <Answer>(ask: () => Promise<Answer>): Promise<Answer> =>
  pRetry(ask, {
    retries: maxAttempts - 1,
    // The wait is SWR's to say: the library has none of its own.
    minTimeout: 0,
    shouldRetry: async ({ error, attemptNumber }) => {
      const { code, retryAfter = 2 ** attemptNumber }: Problem = problemOf(error)
      if (!turnedBack.includes(code)) return false
      await wait(Math.min(Math.max(retryAfter, 1), maxPauseSeconds) * 1000)
      return true
    },
  })

/**
 * Reads an instance into `into`: its repositories in bounded parallel pages, then all images by marker, a hundred at a time
 * and one page after the other, whatever number of people look on.
 */
export async function fetchInventory(
  actor: Actor,
  { connection, instance }: InstanceLocation,
  into: PartialInventory,
): Promise<void> {
  const params = { instance_id: instance }
  const until = into.at.getTime() + limits.minutes * 60_000
  try {
    const found = await fetchAllPages(
      async (query) => {
        const page = await patiently(() => requestSwr(actor, connection, 'repositoryList', { params, query }))
        for (const row of page.repositories) into.addRepository(row)
        return { rows: page.repositories, total: page.total }
      },
      { maxRows: limits.repositories },
    )
    if (found.problem) into.problem = found.problem
    else if (!found.complete) into.capped = true
    // Ends when no marker comes, or one that does not grow (the API description infers it); markers must lead somewhere.
    for (let [marker, fruitless] = [1, 0]; ; ) {
      const query = { marker, limit: maxPageSize }
      const page = await patiently(() => requestSwr(actor, connection, 'artifactListAll', { params, query }))
      const isNew = page.artifacts.map((row) => into.addImage(row)).includes(true)
      fruitless = isNew ? 0 : fruitless + 1
      const next = page.next_marker ?? 0
      if (next <= marker) break
      marker = next
      if (fruitless === limits.fruitless) throw new ProblemError({ status: 502, code: 'swr_unreadable' })
      if (into.weight < limits.tags && Date.now() < until) continue
      into.capped = true
      break
    }
    into.complete = !into.capped && into.problem === null
  } catch (error) {
    into.problem = problemOf(error)
  } finally {
    into.end()
  }
}
