import type { Replication, ReplicationBody } from '../../contract/swr/replication'
import { longestPolicyName } from '../../contract/vocabulary'
import { legalName, nameFlaw } from '../fields'
import type { FieldCode } from '../validation-codes'
import { remoteOf, remoteSide, withEnabled } from './request'

/** A name for a copy that none of these has yet; cut where it would be too long, without signs that SWR does not take. */
export function freeName(name: string, taken: readonly string[]): string {
  const used = new Set(taken)
  const signs = [...legalName(name, 'policy')]
  for (let count = 1; ; count++) {
    const end = count === 1 ? '-copy' : `-copy-${count}`
    const free = `${signs.slice(0, longestPolicyName - end.length).join('')}${end}`
    if (!used.has(free)) return free
  }
}

/** Places in the name of a copy that are filled in for each registry, by names that SWR takes. */
export const copyName = (pattern: string, policy: string, registry: string) =>
  pattern
    .replaceAll(/\{(policy|registry)\}/g, (_, place) =>
      place === 'policy' ? legalName(policy, 'policy') : legalName(registry, 'registry'),
    )
    .trim()

export interface Copy {
  readonly registry: number
  readonly name: string
  /** Why it cannot be called so. */
  readonly flaw: FieldCode | null
}

/** The copies that a choice of registries makes, one each; names must differ from all that are there and each other. */
export function planCopies(
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
    const flaw: FieldCode | null = nameFlaw(name) ?? (isTaken ? 'name_taken' : null)
    return { registry: id, name, flaw }
  })
}

/** The request of a copy, which copies nothing yet. */
export function copyBody(policy: Replication, copy: Pick<Copy, 'name' | 'registry'>): ReplicationBody {
  const { src_registry: _source, dest_registry: _destination, ...rest } = withEnabled(policy, false)
  return { ...rest, name: copy.name, ...remoteSide(remoteOf(policy).direction, copy.registry) }
}
