import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import type { Actor } from '../../contract/actor'
import { ProblemError } from '../../contract/problem'
import { globalSlot } from '../../global-slot'
import type { InstanceLocation } from '../../routes'
import { fetchInventory } from './read'
import { type Inventory, PartialInventory } from './state'

/*
 * Repositories and tags of an instance, listed once for everybody who looks. Listing a large one takes minutes: who asks
 * meanwhile gets what is there so far, or the older one as long as it is not too old. In memory only.
 */

interface Shelf {
  /** The last one that came to its end, whole or not. */
  last: PartialInventory | null
  running: PartialInventory | null
  /** Ends with the running one; never rejects. */
  end: Promise<void>
  /** Not before this time is a new one begun: SWR rests for as long as listing has kept it busy. */
  notBefore: number
}

/**
 * `fresh` and, after a failure, `pause` are the least that passes from one listing to the next. `patience` is
 * how long a caller waits for one that has just begun: most instances are small.
 */
const timingMs = { fresh: 60_000, keep: 15 * 60_000, pause: 10_000, patience: 1500 }
const max = { instances: 20, weight: 600_000 }

const shelves = globalSlot('listings', () => new Map<string, Shelf>())

/** The last used stand last; the others make room. */
function shelfOf({ connection, instance }: InstanceLocation): Shelf {
  const all = shelves()
  const name = `${connection}/${instance}`
  const shelf = all.get(name) ?? { last: null, running: null, end: Promise.resolve(), notBefore: 0 }
  all.delete(name)
  let weight = [...all.values()].reduce((sum, each) => sum + (each.last?.weight ?? 0), 0)
  for (const [oldest, { running, last }] of all) {
    if (all.size < max.instances && weight < max.weight) break
    if (running) continue
    all.delete(oldest)
    weight -= last?.weight ?? 0
  }
  all.set(name, shelf)
  return shelf
}

export interface InventoryState extends Inventory {
  readonly refreshing: boolean
}

/**
 * What is known of the instance's images now. Begins to list them when that is not fresh. A failure is thrown when not even
 * a repository could be read.
 */
export async function inventoryOf(
  actor: Actor,
  place: InstanceLocation,
  patience = timingMs.patience,
): Promise<InventoryState> {
  const shelf = shelfOf(place)
  const now = Date.now()
  if (shelf.last && now - shelf.last.at.getTime() >= timingMs.keep) shelf.last = null
  if (!shelf.running && (now >= shelf.notBefore || !shelf.last)) begin(actor, place, shelf)
  if (!shelf.last) await Promise.race([shelf.end, wait(patience, undefined, { ref: false })])
  const { last, running } = shelf
  const shown = running && (!last || (!last.complete && running.tags > last.tags)) ? running : last
  if (!shown) throw new TypeError('no listing was begun')
  if (shown.problem && shown.repositories.length === 0) throw new ProblemError(shown.problem)
  return looked(shown, running !== null)
}

/** What is known of the instance's images is no longer so: the next who asks has them listed anew. */
export function outdateInventory({ connection, instance }: InstanceLocation): void {
  const shelf = shelves().get(`${connection}/${instance}`)
  if (shelf) shelf.notBefore = 0
}

function begin(actor: Actor, place: InstanceLocation, shelf: Shelf) {
  const growing = new PartialInventory(new Date())
  shelf.running = growing
  shelf.end = fetchInventory(actor, place, growing).then(() => {
    shelf.running = null
    const now = Date.now()
    shelf.notBefore = now + Math.max(growing.problem ? timingMs.pause : timingMs.fresh, now - growing.at.getTime())
    // A whole one that is older is worth more than a broken one, as long as it may be shown.
    if (growing.problem && shelf.last?.complete) shelf.last.problem = growing.problem
    else shelf.last = growing
  })
}

function looked(shown: PartialInventory, refreshing: boolean): InventoryState {
  const { at, repositories, tags, complete, capped, problem } = shown
  return { at, repositories, tags, complete, capped, problem, refreshing }
}
