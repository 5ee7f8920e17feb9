import 'server-only'
import { type Role, roles } from '../contract/roles'
import type { Sso } from '../env/accounts'

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The claim by its name, which may be an address with dots; otherwise the way to it, as in `realm_access.roles`. */
function claimOf(profile: unknown, name: string): unknown {
  if (isObject(profile) && Object.hasOwn(profile, name)) return profile[name]
  return name
    .split('.')
    .reduce((value: unknown, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined), profile)
}

/** The highest role that a value of the claim is mapped to; null when none is. */
export function roleFrom(profile: unknown, { claim, roles: map }: Pick<Sso, 'claim' | 'roles'>): Role | null {
  const found = claimOf(profile, claim)
  const given = (Array.isArray(found) ? found : [found]).flatMap((value: unknown) =>
    typeof value === 'string' ? [map.get(value)] : [],
  )
  return roles.findLast((role) => given.includes(role)) ?? null
}
