/**
 * Does `work` with every item in order, some at a time. Once it answers false, nothing more is begun; what has begun is
 * waited for. Answers the items that were never begun.
 */
export async function inTurns<Item>(
  items: readonly Item[],
  parallel: number,
  work: (item: Item) => Promise<boolean>,
): Promise<readonly Item[]> {
  const waiting = [...items]
  let goesOn = true
  const one = async (): Promise<void> => {
    while (goesOn && waiting.length > 0) {
      const [item] = waiting.splice(0, 1)
      if (item !== undefined && !(await work(item))) goesOn = false
    }
  }
  await Promise.all(Array.from({ length: parallel }, one))
  return waiting
}

/** Works one after the other, in the order in which they were given. */
export function oneByOne() {
  let last: Promise<unknown> = Promise.resolve()
  return <Result>(work: () => Promise<Result>): Promise<Result> => {
    const done = last.then(work, work)
    last = done.catch(() => {})
    return done
  }
}

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

interface Turn<Result> {
  readonly running: Promise<Result>
  next: Promise<Result> | null
}

/**
 * Work whose result may be shared, as long as it was begun after each of those who get it had come: who comes while it is
 * under way shares the next turn with all others who do, carried out by the first of them.
 */
export function sharedTurns<Result>() {
  const turns = new Map<string, Turn<Result>>()
  const begin = (key: string, work: () => Promise<Result>): Promise<Result> => {
    const turn: Turn<Result> = { running: work(), next: null }
    turns.set(key, turn)
    const forget = () => void (turn.next === null && turns.delete(key))
    turn.running.then(forget, forget)
    return turn.running
  }
  return (key: string, work: () => Promise<Result>): Promise<Result> => {
    const turn = turns.get(key)
    if (!turn) return begin(key, work)
    const after = () => begin(key, work)
    turn.next ??= turn.running.then(after, after)
    return turn.next
  }
}
