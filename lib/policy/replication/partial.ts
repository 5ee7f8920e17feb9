import type { Replication, ReplicationBody } from '../../contract/swr/replication'
import { temporaryPolicyPattern, temporaryPolicyPrefix } from '../../contract/vocabulary'
import { isPlainRepository } from '../pattern/repository-list'
import { readFilters } from './filter'
import { remoteOf, remoteSide, toRequest } from './request'

/*
 * SWR starts whole policies only. To copy a part, the console makes a short-lived policy for each repository that says the
 * same as its parent, narrowed to the wanted tags, and can be fired by nothing but the console: manual trigger.
 */

/** So named that a person who meets one in SWR knows where it comes from. `token` tells consoles and runs apart. */
export const temporaryPolicyName = (token: string, part: number): string => `${temporaryPolicyPrefix}${token}-${part}`

export const isTemporaryPolicyName = (name: string | null | undefined): boolean =>
  name != null && temporaryPolicyPattern.test(name)

/** One repository in full, and tags of it; or all that its policy takes of it. */
export interface Scope {
  readonly repository: string
  readonly tags: readonly string[]
  readonly whole?: boolean | undefined
}

// As the registry defines a tag, and as older ones let it begin: nothing that a pattern would read as its own.
export const isPlainTag = (tag: string): boolean => /^[\w.-]{1,256}$/.test(tag)

/**
 * Whether parts of a policy can be said at all. A filter of a kind that is not known narrows the policy in a way that a part
 * cannot repeat: it might copy what the policy does not.
 */
export const hasParts = (parent: Replication): boolean =>
  remoteOf(parent).registry !== undefined && readFilters(parent).isComplete

/** The request for a part; null when a request cannot say it. */
export function temporaryPolicyBody(parent: Replication, scope: Scope, name: string): ReplicationBody | null {
  const { repository, tags, whole = false } = scope
  const { direction, registry } = remoteOf(parent)
  const isPlain = isPlainRepository(repository) && (whole || (tags.length > 0 && tags.every(isPlainTag)))
  if (registry === undefined || !isPlain || !hasParts(parent)) return null
  const [first = ''] = tags
  const parents = toRequest(parent).filters.filter(({ type, value }) => type === 'tag' && value)
  return {
    name,
    description: `Temporary: partial run of ${parent.name ?? `#${parent.id}`}`,
    ...remoteSide(direction, registry),
    ...(parent.dest_namespace !== undefined && { dest_namespace: parent.dest_namespace }),
    filters: [
      { type: 'name', value: repository },
      ...(whole ? parents : [{ type: 'tag', value: tags.length === 1 ? first : `{${tags.join()}}` }]),
    ],
    repo_scope_mode: 'regular',
    trigger: { type: 'manual' },
    ...(parent.override !== undefined && { override: parent.override }),
    enabled: true,
  }
}
