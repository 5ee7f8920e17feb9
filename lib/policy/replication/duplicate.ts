import type { Replication, ReplicationBody } from '../../contract/swr/replication'
import { policyNamePattern } from '../../contract/vocabulary'
import type { FieldCode } from '../validation-codes'
import { remoteOf, remoteSide, switched } from './request'

const longest = 256

/** A name for a copy that none of these has yet; cut where it would be too long. */
export function freeName(name: string, taken: readonly string[]): string {
  const used = new Set(taken)
  for (let count = 1; ; count++) {
    const end = count === 1 ? '-copy' : `-copy-${count}`
    const free = `${name.slice(0, longest - end.length)}${end}`
    if (!used.has(free)) return free
  }
}

/** Places in the name of a copy that are filled in for each registry. */
export const copyName = (pattern: string, policy: string, registry: string) =>
  pattern.replaceAll(/\{(policy|registry)\}/g, (_, place) => (place === 'policy' ? policy : registry)).trim()

export interface Copy {
  readonly registry: number
  readonly name: string
  /** Why it cannot be called so. */
  readonly flaw: FieldCode | null
}

/** The copies that a choice of registries makes, one each; names must differ from all that are there and each other. */
export function copiesOf(
  policy: string,
  pattern: string,
  registries: readonly { readonly id: number; readonly name: string }[],
  taken: readonly string[],
): Copy[] {
  const used = new Set(taken)
  return registries.map(({ id, name: registry }) => {
    const name = copyName(pattern, policy, registry)
    const isTaken = used.has(name)
    used.add(name)
    const flaw: FieldCode | null =
      name === ''
        ? 'required'
        : name.length > longest
          ? 'too_long'
          : !policyNamePattern.test(name)
            ? 'name_characters'
            : isTaken
              ? 'name_taken'
              : null
    return { registry: id, name, flaw }
  })
}

/** The request of a copy, which copies nothing yet; null where a request cannot repeat what was read. */
export function copyBody(policy: Replication, copy: Pick<Copy, 'name' | 'registry'>): ReplicationBody | null {
  const body = switched(policy, false)
  if (body === null) return null
  const { src_registry: _source, dest_registry: _destination, ...rest } = body
  return { ...rest, name: copy.name, ...remoteSide(remoteOf(policy).direction, copy.registry) }
}
