import 'server-only'
import type { Actor } from '../../contract/actor'
import type { Problem } from '../../contract/problem'
import type { InstanceLocation } from '../../routes'
import { basicNames, basicTags } from '../inventory/basic-tags'
import { type PolicyFilter, patternError } from '../inventory/filter'
import { inventoryOf } from '../inventory/inventory'
import { TimeSlicer } from '../time-slice'
import type { RemoteEndpoint } from './remote-endpoint'

/** How far one side could be read. */
export interface SideProgress {
  readonly at: Date
  readonly complete: boolean
  readonly refreshing: boolean
  readonly problem: Problem | null
}

export interface SourceTag {
  readonly repository: string
  readonly tag: string
  readonly digest: string
}

export interface Source extends SideProgress {
  readonly tags: readonly SourceTag[]
}

export type Side = NonNullable<RemoteEndpoint>
export const instanceSide = (place: InstanceLocation): Side => ({ kind: 'instance', ...place })

/** What a run would take from a side. */
export async function sourceOf(actor: Actor, side: Side, selection: PolicyFilter): Promise<Source> {
  if (side.kind === 'instance') {
    const { at, complete, refreshing, problem, repositories } = await inventoryOf(actor, side)
    const slices = new TimeSlicer(() => patternError(0, 'pattern_costly'))
    const tags: SourceTag[] = []
    for (const each of repositories) {
      if (slices.isOver()) await slices.breathe()
      if (!selection.repository(each)) continue
      for (const image of each.images) {
        if (slices.isOver()) await slices.breathe()
        for (const tag of selection.tags(image) ?? []) tags.push({ repository: each.name, tag, digest: image.digest })
      }
    }
    return { at, complete, refreshing, problem, tags }
  }
  const at = new Date()
  const all = await basicNames(actor, side.connection)
  const names = all.names.filter((name) => selection.repository({ name }))
  const { tags, complete, problem } = await basicTags(actor, side.connection, names)
  const taken = [...tags].flatMap(([repository, found]) =>
    [...found].flatMap(([tag, digest]) => (selection.tags({ tags: [tag] }) ? [{ repository, tag, digest }] : [])),
  )
  return { at, complete: complete && all.complete, refreshing: false, problem, tags: taken }
}

export interface Destination extends SideProgress {
  /** Digest of a tag that is there; null: there is none; undefined: not read. */
  digest(repository: string, tag: string): string | null | undefined
}

/** What is at the other side now, of the repositories that are named. */
export async function destinationAt(actor: Actor, side: Side, names: readonly string[]): Promise<Destination> {
  if (side.kind === 'instance') {
    const { at, complete, refreshing, problem, repositories } = await inventoryOf(actor, side)
    const wanted = new Set(names)
    const found = new Map(
      repositories
        .filter(({ name }) => wanted.has(name))
        .map(({ name, images }) => [
          name,
          new Map(images.flatMap(({ digest, tags }) => tags.map((tag) => [tag, digest] as const))),
        ]),
    )
    // Until all is read a tag that was not seen may still be there.
    const absent = complete ? null : undefined
    const digest = (repository: string, tag: string) => found.get(repository)?.get(tag) ?? absent
    return { at, complete, refreshing, problem, digest }
  }
  const at = new Date()
  const { tags, complete, problem } = await basicTags(actor, side.connection, names)
  const digest = (repository: string, tag: string) => {
    const found = tags.get(repository)
    return found && (found.get(tag) ?? null)
  }
  return { at, complete, refreshing: false, problem, digest }
}
