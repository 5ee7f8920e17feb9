/** How many may do the same at once, and how many wait for it. */
interface Limits {
  readonly running: number
  readonly waiting: number
  /** Thrown when too many wait already. */
  readonly full: () => Error
}

/** Runs work in so many slots; others wait in turn, until too many do. */
export function slotsOf({ running: most, waiting: longest, full }: Limits) {
  let running = 0
  const waiting: (() => void)[] = []
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running < most) running++
    else {
      if (waiting.length >= longest) throw full()
      // Whoever ends hands the slot on.
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
