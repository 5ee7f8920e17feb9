import 'server-only'
import type { Actor } from '../../contract/actor'
import type { BasicRule } from '../../contract/console/basic-retention'
import type { BasicRetention } from '../../contract/swr/basic-retention'
import { basicContent, readRetention } from '../../policy/basic-retention/rule'
import { requestSwr } from '../../swr/client'

/** A repository of the Basic Edition. */
export interface BasicPlace {
  readonly connection: string
  readonly organization: string
  readonly repository: string
}

export const placeOf = (
  { connection }: Pick<BasicPlace, 'connection'>,
  { organization, repository }: Omit<BasicPlace, 'connection'>,
): BasicPlace => ({ connection, organization, repository })

export const nameOf = ({ organization, repository }: BasicPlace): string => `${organization}/${repository}`
export const paramsOf = ({ organization, repository }: BasicPlace) => ({ namespace: organization, repository })

export const readRetentions = (actor: Actor, place: BasicPlace): Promise<readonly BasicRetention[]> =>
  requestSwr(actor, place.connection, 'basicRetentionList', { params: paramsOf(place) })

/** The one rule that SWR holds; null where there is none, more than one, or one that the console cannot read. */
export function heldRule(held: readonly BasicRetention[]): BasicRule | null {
  const [first, ...more] = held
  return first && more.length === 0 ? readRetention(first) : null
}

/** What SWR holds, as a screen shows it. */
export function shownOf(held: readonly BasicRetention[]) {
  const [first] = held
  if (!first) return null
  const rules = held.reduce((sum, { rules: each }) => sum + each.length, 0)
  return {
    id: first.id ?? 0,
    rule: heldRule(held),
    others: Math.max(rules - 1, 0),
    content: basicContent(held),
    raw: held,
  }
}
