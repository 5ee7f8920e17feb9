import 'server-only'
import { globalSlot } from '../global-slot'

/** Seconds until a job is taken up again whose work has failed in a way that nobody foresaw, or that cannot be read: at first, and at most. */
const firstSeconds = 60
const maxSeconds = 600

/** How often in a row, as far as this process has seen: another that shares the database counts for itself. */
const failures = globalSlot('job-failures', () => new Map<number, number>())

/** Counts a failure of a job; answers the seconds until it is worth another try, twice as many each time. */
export function noteFailure(id: number): number {
  const count = failures().get(id) ?? 0
  failures().set(id, count + 1)
  return Math.min(firstSeconds * 2 ** count, maxSeconds)
}

/** Its work has come to where it was meant to. */
export const forgetFailures = (id: number): void => void failures().delete(id)
