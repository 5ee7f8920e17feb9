import 'server-only'
import { ProblemError } from '../contract/problem'
import { globalSlot } from '../global-slot'

/** A check takes a third of a second of a processor on purpose. */
const max = { running: 2, waiting: 20 } as const
const retryAfterSeconds = 5

interface Slots {
  running: number
  readonly waiting: (() => void)[]
}

const slots = globalSlot('password-slots', (): Slots => ({ running: 0, waiting: [] }))

/**
 * Work that hashes a password: a few at once, so that strangers who sign in cannot take the processors from everybody. Throws
 * `sign_in_busy` when too many wait already.
 */
export async function withPasswordSlot<Result>(work: () => Promise<Result>): Promise<Result> {
  const all = slots()
  if (all.running < max.running) all.running++
  else {
    if (all.waiting.length >= max.waiting)
      throw new ProblemError({ status: 503, code: 'sign_in_busy', retryAfter: retryAfterSeconds })
    // Whoever ends hands the slot on.
    await new Promise<void>((resolve) => all.waiting.push(resolve))
  }
  try {
    return await work()
  } finally {
    const next = all.waiting.shift()
    if (next) next()
    else all.running--
  }
}
