import 'server-only'
import { setImmediate as others } from 'node:timers/promises'

const slice = 15
const longest = 3_000

/** Long work in slices, so that others are served in between, and with an end. */
export class Slices {
  private readonly until = performance.now() + longest
  private next = performance.now() + slice

  constructor(private readonly late: () => Error) {}

  /** Whether others have waited long enough. */
  isOver = (): boolean => performance.now() >= this.next

  /** Called between two pieces of the work, when it is over; throws when it all takes too long. */
  async breathe(): Promise<void> {
    if (performance.now() > this.until) throw this.late()
    await others()
    this.next = performance.now() + slice
  }
}
