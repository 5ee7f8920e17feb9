import 'server-only'
import { LRUCache } from 'lru-cache'
import { type Problem, problemOf } from './contract/problem'
import { globalSlot } from './global-slot'

/*
 * Answers that are dear to work out, shared by everybody who asks for a short time. In memory only: another replica keeps
 * its own, and a restart forgets.
 */

export interface CachePolicy<Value> {
  /** Milliseconds for which an answer is given as it is. Older ones are still given while a new one is worked out. */
  readonly freshMs: number | ((value: Value) => number)
  /** Milliseconds after which an answer is too old to be given at all. */
  readonly keepMs: number
  /** The same for this caller alone, where it cannot do with what others can. */
  readonly giveMs?: number
  /** How many rows an answer holds, of about 2 kB each: all that are kept together are bounded by it. */
  readonly rows?: (value: Value) => number
}

/** Works out an answer from nothing, or from the one before, however old. `written`: one of our writes came after that. */
export type Read<Value> = (before: Value | undefined, written: boolean) => Promise<Value>

export interface Cached<Value> {
  readonly value: Value
  /** When its working out began. */
  readonly at: Date
  readonly refreshing: boolean
  /** Why a newer one could not be had. */
  readonly problem: Problem | null
}

interface Answer {
  readonly value: unknown
  readonly at: number
  readonly version: number
  readonly rows: number
}

interface Entry {
  answer?: Answer
  reading?: Promise<Answer> | undefined
  problem: Problem | null
  /** Not before this time is it tried again after a failure, as long as there is something to show. */
  notBefore: number
  /** Of the last write: what was begun before it is not given after it. */
  version: number
}

/** Of all answers together, each one more than its rows. A policy with its filters takes about 2 kB. */
const maxRows = 120_000
/** As what an answer counts that does not say how many it holds: five hundred of them fill the shelf. */
const rowsUntold = maxRows / 500 - 1
/** Of one answer: what is larger could not be kept, and would be worked out for each who asks. */
export const maxRowsOfAnswer = 50_000
const pauseMs = 5_000
/** What nobody can use any more is looked for so often: that takes as long as there is much. */
const purgeMs = 1_000

/** Keys of what our own writes change (policies, runs) begin so; listings of images do not. */
export const cacheKeyPrefix = (connection: string, instance: string): string => `work/${connection}/${instance}/`

/** Answers that can still be given; nobody looks at one that nobody can use any more. */
const answered = globalSlot(
  'kept',
  () =>
    new LRUCache<string, Entry>({
      maxSize: maxRows,
      sizeCalculation: ({ answer }) => 1 + (answer?.rows ?? 0),
      ttlResolution: 0,
      perf: Date,
    }),
)
const purged = globalSlot('purged', () => ({ at: 0 }))
function purge(): void {
  const now = Date.now()
  // Clocks are set back, too.
  if (Math.abs(now - purged().at) < purgeMs) return
  purged().at = now
  answered().purgeStale()
}
/** What is being read is never dropped, or a write could not tell it that it is too old. */
const reading = globalSlot('reading', () => new Map<string, Entry>())

/** Counts writes, for all keys together: an entry that is made anew must not fall behind one that was dropped. */
const writes = globalSlot('cache-writes', () => ({ count: 0 }))

const entryAt = (key: string): Entry =>
  reading().get(key) ?? answered().get(key) ?? { problem: null, notBefore: 0, version: writes().count }

/** Works out a new answer. It is kept unless something was written meanwhile. */
function begin<Value>(
  key: string,
  entry: Entry,
  { keepMs, rows = () => rowsUntold }: CachePolicy<Value>,
  read: Read<Value>,
): Promise<Answer> {
  const { version } = entry
  const at = Date.now()
  reading().set(key, entry)
  // One key has one kind of answer: who reads it is who made it.
  const before = entry.answer?.value as Value | undefined
  const written = entry.answer !== undefined && entry.answer.version < version
  return Promise.resolve()
    .then(() => read(before, written))
    .then((value) => {
      const answer = { value, at, version, rows: rows(value) }
      if (version === entry.version) Object.assign(entry, { answer, problem: null, notBefore: 0 })
      return answer
    })
    .catch((error: unknown) => {
      const problem = problemOf(error)
      const wait = Math.max(pauseMs, (problem.retryAfter ?? 0) * 1000)
      Object.assign(entry, { problem, notBefore: Date.now() + wait })
      throw error
    })
    .finally(() => {
      entry.reading = undefined
      reading().delete(key)
      const left = entry.answer ? entry.answer.at + keepMs - Date.now() : 0
      purge()
      // The library gives an answer in the last of its milliseconds, too; 0 would be for ever.
      // What is set again as the same object would keep its size.
      answered().delete(key)
      if (left > 1) answered().set(key, entry, { ttl: left - 1 })
    })
}

/**
 * The answer kept under `key`, or a new one. Who asks while it is worked out waits for the same. A failure is thrown when
 * there is nothing to show; otherwise the old answer is given with the reason.
 */
export const cached = <Value>(key: string, keeping: CachePolicy<Value>, read: Read<Value>): Promise<Cached<Value>> =>
  keptSince(undefined, key, keeping, read)

/** `asked` is the version that was there when the caller came first; it has waited for one answer in vain. */
async function keptSince<Value>(
  asked: number | undefined,
  key: string,
  keeping: CachePolicy<Value>,
  read: Read<Value>,
): Promise<Cached<Value>> {
  const now = Date.now()
  const { freshMs, keepMs, giveMs = keepMs } = keeping
  const entry = entryAt(key)
  const wanted = asked ?? entry.version
  const present = () => (entry.answer?.version === entry.version ? entry.answer : undefined)
  const isYounger = (age: number) => {
    const answer = present()
    return answer !== undefined && now - answer.at < age
  }
  const given = present()
  const lasting = typeof freshMs === 'number' || !given ? freshMs : freshMs(given.value as Value)
  const isFresh = typeof lasting === 'number' && isYounger(Math.min(lasting, giveMs))
  if (!isFresh && !entry.reading && (now >= entry.notBefore || !isYounger(giveMs))) {
    entry.reading = begin(key, entry, keeping, read)
    // Nobody may be waiting for it.
    entry.reading.catch(() => {})
  }
  let answer = isYounger(giveMs) ? present() : undefined
  if (!answer && entry.reading) {
    answer = await entry.reading
    // Something was written while it was read: once that is worth another wait. While many write, who goes on waiting would
    // get an answer after the last of them only; all that was written before the caller came is in it.
    if (answer.version < (asked === undefined ? entry.version : wanted)) answer = undefined
  }
  if (!answer) return keptSince(wanted, key, keeping, read)
  return {
    value: answer.value as Value,
    at: new Date(answer.at),
    refreshing: entry.reading !== undefined || answer.version < entry.version,
    problem: entry.problem,
  }
}

/** After a write: what was worked out before it under keys that begin so is not given any more. */
export function invalidate(prefix: string): void {
  writes().count += 1
  for (const [key, entry] of [...reading(), ...answered().entries()])
    if (key.startsWith(prefix)) entry.version = writes().count
}

/** When the oldest of some looks was made; now, when there was none. */
export const oldest = (looks: readonly ({ readonly at: Date | null } | null)[]): string =>
  new Date(Math.min(Date.now(), ...looks.flatMap((look) => look?.at?.getTime() ?? []))).toISOString()
