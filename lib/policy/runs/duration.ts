import type { Execution } from '../../contract/swr/replication'
import { parseTime } from '../schedule/instant'
import { readStatus } from './status'

type Timed = Pick<Execution, 'status' | 'created_at' | 'updated_at'>

/** Seconds that the runs of a policy usually take: the middle one of those that ended; null without any. */
export function usualOf(runs: readonly Timed[]): number | null {
  const lengths = runs
    .flatMap(({ status, created_at, updated_at }) => {
      const [start, end] = [parseTime(created_at), parseTime(updated_at)]
      const { phase } = readStatus(status)
      return start === null || end === null || end < start || (phase !== 'succeeded' && phase !== 'failed')
        ? []
        : [(end - start) / 1000]
    })
    .sort((a, b) => a - b)
  const middle = lengths[Math.floor((lengths.length - 1) / 2)]
  return middle === undefined ? null : Math.round(middle)
}

const hourSeconds = 3_600
/** A run may wait for others, and now and then there is far more to copy than usual. */
const timesUsual = 20
/** Seconds: never said of a younger run; said of any after the longest; the middle one where nobody knows what is usual. */
const patienceSeconds = { least: 3 * hourSeconds, unknown: 24 * hourSeconds, most: 7 * 24 * hourSeconds }

/**
 * Since when a run has hung, in milliseconds since the epoch: it should be moving, and nothing of it has changed for many times
 * what a run usually takes. No run lasts for ever (docs/swr-api.md section 17); null for any other.
 */
export function hangsSince(run: Timed, usual: number | null, now: number): number | null {
  if (readStatus(run.status).phase !== 'running') return null
  const last = Math.max(parseTime(run.created_at) ?? 0, parseTime(run.updated_at) ?? 0)
  const seconds =
    usual === null
      ? patienceSeconds.unknown
      : Math.min(Math.max(usual * timesUsual, patienceSeconds.least), patienceSeconds.most)
  return last > 0 && now - last > seconds * 1000 ? last : null
}
