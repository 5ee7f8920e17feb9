import { digestOf, randomFrom } from '../seed/random'
import type { World } from '../world'
import { accountsOrganization, projectOf, putTag } from './places'
import { applyBasicRetention } from './retention'
import { type Lie, type SyncFault, syncFaultIn, syncFaults } from './sync-faults'
import type { Arrival, Cell, Mood } from './world'

const gigabyte = 1_000_000_000

/** How long SWR copies what is so large. */
export const copyingMs = ({ secondsPerGigabyte }: Mood, bytes: number) => (bytes / gigabyte) * secondsPerGigabyte * 1000

const keyOf = ({ from, region, organization, repository, tag }: Cell) =>
  [from.project, from.organization, region, organization, repository, tag.name].join('\n')

export const faultOf = ({ organization, repository, tag }: Cell): SyncFault | undefined =>
  syncFaultIn([tag.name, repository.split('/').at(-1) ?? '', organization])

/** Counts that a cell is sent once more; answers how often it was before. */
export function countAttempt({ basic }: World, cell: Cell): number {
  const before = basic.attempts.get(keyOf(cell)) ?? 0
  basic.attempts.set(keyOf(cell), before + 1)
  return before
}

const lies: readonly [Lie, Lie, Lie] = ['never', 'late', 'other']

/** Whether what SWR says of a cell is true. A seeded lie is told anew each time: the next attempt may be an honest one. */
function lieOf(mood: Mood, cell: Cell, attempt: number): Lie | null {
  if (mood.mood === 'strict') return null
  const fault = faultOf(cell)
  if (fault) return syncFaults[fault].lie
  const seed = Number.parseInt(digestOf(`${mood.seed}\n${attempt}\n${keyOf(cell)}`).slice(-8), 16)
  const random = randomFrom(seed)
  return random.chance(mood.lies) ? random.pick(lies) : null
}

/** The organization that a cell is sent to, as far as the sender's account has it. */
const targetOf = (world: World, { from, region, organization }: Cell) =>
  accountsOrganization(world, projectOf(world, from.project).account, region, organization)

/** Whether there is anything to copy. Without override a different image of the same name stays as it is. */
export function isCopied(world: World, cell: Cell): boolean {
  const { repository, tag, override } = cell
  const there = targetOf(world, cell)
    ?.repositories.find(({ name }) => name === repository)
    ?.tags.get(tag.name)
  return !there || (there.digest !== tag.digest && override)
}

/** Sends a cell on its way: it is there at that time, or whatever the mood of its source makes of it. */
export function deliver(world: World, cell: Cell, { mood, attempt, at }: { mood: Mood; attempt: number; at: number }) {
  const lie = lieOf(mood, cell, attempt)
  if (lie === 'never') return
  const tag = lie === 'other' ? { ...cell.tag, digest: digestOf(`another image than ${cell.tag.digest}`) } : cell.tag
  world.basic.arrivals.push({ at: at + (lie === 'late' ? mood.lateSeconds * 1000 : 0), cell: { ...cell, tag } })
}

/** Lets happen what was due until now, in its order; comes before anything else. */
export function settle(world: World) {
  const now = world.clock().getTime()
  const { arrivals, runs } = world.basic
  const due = [
    // A run ends as its tag arrives, and knows what was there before.
    ...runs.filter(({ outcome, ends }) => outcome === null && ends <= now).map((run) => ({ at: run.ends, run })),
    ...arrivals.filter(({ at }) => at <= now),
  ].sort((a, b) => a.at - b.at)
  if (due.length === 0) return
  world.basic.arrivals = arrivals.filter(({ at }) => at > now)
  for (const event of due)
    if ('run' in event) event.run.outcome = outcomeOf(world, event.run.cell)
    else arrive(world, event)
}

function arrive(world: World, { cell, at }: Arrival) {
  const organization = targetOf(world, cell)
  if (!organization || !isCopied(world, cell)) return
  putTag(world, organization, cell.repository, { ...cell.tag, from: cell.from }, at)
  const repository = organization.repositories.find(({ name }) => name === cell.repository)
  if (repository) applyBasicRetention(world, organization, repository, at)
}

function outcomeOf(world: World, cell: Cell) {
  if (!targetOf(world, cell)) return 'failed'
  return isCopied(world, cell) ? 'success' : 'existed'
}
