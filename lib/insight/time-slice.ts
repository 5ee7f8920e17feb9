import 'server-only'
import { setImmediate as others } from 'node:timers/promises'

const sliceMs = 15
/** Work for which somebody waits while typing. */
const maxWorkMs = 700
/** On a machine that is busy with others the same work takes longer; after so many times its share it ends all the same. */
const wallClockFactor = 4

/** Long work in slices, so that others are served in between, and with an end. */
export class TimeSlicer {
  private readonly until: number
  private next = performance.now() + sliceMs
  private begun = process.cpuUsage()
  private spentMs = 0

  /** `maxMs`: milliseconds of processor time for all of it, so that equal work has equal answers however busy the machine is. */
  constructor(
    private readonly late: () => Error,
    private readonly maxMs = maxWorkMs,
  ) {
    this.until = performance.now() + maxMs * wallClockFactor
  }

  /** Whether others have waited long enough. */
  isOver = (): boolean => performance.now() >= this.next

  /** Called between two pieces of the work, when it is over; throws when it all takes too long. */
  async breathe(): Promise<void> {
    if (this.isLate()) throw this.late()
    await others()
    this.begun = process.cpuUsage()
    this.next = performance.now() + sliceMs
  }

  /** The result of work that is done in steps, or `otherwise` when the time is over before. */
  async through<Result>(steps: Generator<unknown, Result, void>, otherwise: Result): Promise<Result> {
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
      if (!this.isOver()) continue
      if (this.isLate()) return otherwise
      await this.breathe()
    }
  }

  /** The same for work that is worth its time, however long. */
  async finish<Result>(steps: Generator<unknown, Result, void>): Promise<Result> {
    for (;;) {
      const step = steps.next()
      if (step.done) return step.value
      if (this.isOver()) await this.breathe()
    }
  }

  private isLate(): boolean {
    const { user, system } = process.cpuUsage(this.begun)
    this.spentMs += (user + system) / 1000
    this.begun = process.cpuUsage()
    return this.spentMs > this.maxMs || performance.now() > this.until
  }
}

const endless = () => new TypeError('has no end')
/** Slices that only let others in. */
export const slicesWithoutEnd = (): TimeSlicer => new TimeSlicer(endless, Number.POSITIVE_INFINITY)
