import 'server-only'
import { shortHash } from '../short-hash'
import { serviceKeys } from './merge'

/** Neither SWR's own bookkeeping nor what the console adds makes another version; what is no secret must not tell one. */
const ignored = [...serviceKeys, 'content_hash', 'credential.access_secret']

const isNothing = (value: unknown) =>
  value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0)

/** Without what counts as nothing, and in one order of keys: two ways to write the same are the same. */
function canonical(value: unknown, place: string): unknown {
  if (Array.isArray(value)) return value.map((element) => canonical(element, place))
  if (typeof value !== 'object' || value === null) return value
  const pairs = Object.entries(value)
    .filter(([name]) => !ignored.includes(place + name))
    .map(([name, part]) => [name, canonical(part, `${place}${name}.`)] as const)
    .filter(([, part]) => !isNothing(part))
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(pairs)
}

/** Says whether a policy, as SWR answered it, is the same as at another time. */
export const contentHashOf = (policy: object): string => shortHash(JSON.stringify(canonical(policy, '')))
