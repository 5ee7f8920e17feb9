import 'server-only'
import { setImmediate as others } from 'node:timers/promises'

const sliceMs = 15
/** A person waits for it while typing. */
const longestMs = 700

/** Long work in slices, so that others are served in between, and with an end. */
export class Slices {
  private readonly until: number
  private next = performance.now() + sliceMs

  /** `most`: milliseconds for all of it. */
  constructor(
    private readonly late: () => Error,
    most = longestMs,
  ) {
    this.until = performance.now() + most
  }

  /** Whether others have waited long enough. */
  isOver = (): boolean => performance.now() >= this.next

  /** Called between two pieces of the work, when it is over; throws when it all takes too long. */
  async breathe(): Promise<void> {
    if (performance.now() > this.until) throw this.late()
    await others()
    this.next = performance.now() + sliceMs
  }

  /** The result of work that is done in steps, or `otherwise` when the time is over before. */
  async through<Result>(steps: Generator<unknown, Result, void>, otherwise: Result): Promise<Result> {
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
      if (!this.isOver()) continue
      if (performance.now() > this.until) return otherwise
      await this.breathe()
    }
  }
}
