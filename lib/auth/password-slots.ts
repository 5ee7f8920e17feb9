import 'server-only'
import { slotsOf } from '../concurrency'
import { ProblemError } from '../contract/problem'
import { globalSlot } from '../global-slot'

const slots = globalSlot('password-slots', () =>
  slotsOf({
    // A check takes a third of a second of a processor on purpose.
    running: 2,
    waiting: 20,
    full: () => new ProblemError({ status: 503, code: 'sign_in_busy', retryAfter: 5 }),
  }),
)

/**
 * Work that hashes a password: a few at once, so that strangers who sign in cannot take the processors from everybody. Throws
 * `sign_in_busy` when too many wait already.
 */
export const withPasswordSlot = <Result>(work: () => Promise<Result>): Promise<Result> => slots()(work)
