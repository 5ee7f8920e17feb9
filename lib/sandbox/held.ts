import { isDeepStrictEqual } from 'node:util'
import type { ErrorObject } from 'ajv/dist/2020.js'
import { field, isRaw, numberField } from './json-fields'
import type { Instance, World } from './world'

/*
 * Whether SWR refuses an update for a value that it holds already is not known. The sandbox takes it: a policy that was made
 * by other means can be switched and changed in its other fields.
 */

/** What a JSON pointer leads to, through objects and lists. */
const at = (value: unknown, pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((inner, key) => (Array.isArray(inner) ? inner[Number(key)] : field(inner, key)), value)

/** Rules have ids of the service's own, which no request repeats. */
function withoutIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIds)
  if (!isRaw(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (key === 'id' ? [] : [[key, withoutIds(each)]])),
  )
}

/** A complaint about what is stored just so, or about what is missing there as well. */
export function isHeld({ instancePath, params }: ErrorObject, sent: unknown, stored: unknown): boolean {
  if (stored === undefined) return false
  const missing: unknown = params.missingProperty
  const pointer = typeof missing === 'string' ? `${instancePath}/${missing}` : instancePath
  return pointer !== '' && isDeepStrictEqual(withoutIds(at(sent, pointer)), withoutIds(at(stored, pointer)))
}

/** Where objects that are updated stand, by the parameter that names them. */
const rowsOf = {
  replicationUpdate: ({ policies }: Instance) => policies,
  retentionUpdate: ({ retentions }: Instance) => retentions,
  registryUpdate: ({ registries }: Instance) => registries,
  immutableRuleUpdate: ({ immutableRules }: Instance) => immutableRules,
}

/** The row that an update replaces. */
export function storedFor(world: World, name: string, params: Readonly<Record<string, string>>): unknown {
  const instance = world.instances.get(params.instance_id ?? '')
  const rows = Object.entries(rowsOf).find(([operation]) => operation === name)?.[1]
  const id = Number(params.policy_id ?? params.registry_id ?? params.immutable_rule_id)
  return instance && rows?.(instance).find((row) => numberField(row, 'id') === id)
}

/** A complaint about several rules, where the instance's gate takes them (docs/swr-api.md section 9). */
export function isUngated(
  { keyword, instancePath }: ErrorObject,
  world: World,
  name: string,
  params: Readonly<Record<string, string>>,
): boolean {
  if (keyword !== 'maxItems' || instancePath !== '/rules') return false
  if (name !== 'retentionCreate' && name !== 'retentionUpdate') return false
  return world.instances.get(params.instance_id ?? '')?.gates.enableCombinationRetention === true
}
