import type { ScopedRun } from '../../contract/console/partial-runs'
import type { Replication, ReplicationBody } from '../../contract/swr/replication'
import { isPlainRepository } from '../pattern/repository-list'
import { readFilters } from './filter'
import { remoteOf, remoteSide } from './request'

/*
 * SWR starts whole policies only. To copy a part, the console makes a short-lived policy for each repository that says the
 * same as its parent, narrowed to the wanted tags, and can be fired by nothing but the console: manual trigger.
 */

const prefix = 'console-run-'
export const scopedNamePattern = new RegExp(`^${prefix}[0-9a-f]{12}-[0-9]+$`)

/** So named that a person who meets one in SWR knows where it comes from. `token` tells consoles and runs apart. */
export const scopedName = (token: string, part: number): string => `${prefix}${token}-${part}`

export const isScopedName = (name: string | null | undefined): boolean => name != null && scopedNamePattern.test(name)

/** One repository in full, and tags of it. */
export interface Scope {
  readonly repository: string
  readonly tags: readonly string[]
}

// As the registry defines a tag: nothing that a pattern would read as its own.
export const isPlainTag = (tag: string): boolean => /^\w[\w.-]{0,255}$/.test(tag)

/**
 * The request for a part; null when a request cannot say it. A filter of a kind that is not known narrows the policy in a
 * way that a part cannot repeat: it might copy what the policy does not.
 */
export function scopedPolicy(parent: Replication, { repository, tags }: Scope, name: string): ReplicationBody | null {
  const { direction, registry } = remoteOf(parent)
  const isPlain = isPlainRepository(repository) && tags.length > 0 && tags.every(isPlainTag)
  if (registry === undefined || !isPlain || !readFilters(parent).isComplete) return null
  const [first = ''] = tags
  return {
    name,
    description: `Short-lived: part of a run of ${parent.name ?? `#${parent.id}`}`,
    ...remoteSide(direction, registry),
    ...(parent.dest_namespace !== undefined && { dest_namespace: parent.dest_namespace }),
    filters: [
      { type: 'name', value: repository },
      { type: 'tag', value: tags.length === 1 ? first : `{${tags.join()}}` },
    ],
    repo_scope_mode: 'regular',
    trigger: { type: 'manual' },
    ...(parent.override !== undefined && { override: parent.override }),
    enabled: true,
  }
}

/** Tags that runs of a part have brought to the other side, by repository. */
export function copiedBy(runs: readonly Pick<ScopedRun, 'parts'>[]): ReadonlyMap<string, ReadonlySet<string>> {
  const copied = new Map<string, Set<string>>()
  for (const { repository, results } of runs.flatMap(({ parts }) => parts)) {
    const tags = copied.get(repository) ?? new Set()
    for (const { tag, phase } of results) if (phase === 'succeeded') tags.add(tag)
    copied.set(repository, tags)
  }
  return copied
}
