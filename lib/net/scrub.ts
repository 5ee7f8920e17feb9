import 'server-only'
import { maskLogins } from '../contract/address'

/** Whatever SWR calls so, the console needs none of it, and nobody is to find it in an answer, a revision or the log. */
const secretName = /secret|password|token/i

/** Properties that hold an address. Other texts go back to SWR with an update, and must stay as they are. */
const addressName = /^(?:url|address|access_address)$/i

/** Names of hosts are data: one may well be called `token`. */
const ofNames = 'hosts'

/** An answer of SWR's without what is secret by its name, and without logins in addresses, however deep. */
export function scrub(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return addressName.test(name) ? maskLogins(value) : value
  if (Array.isArray(value)) return value.map((each) => scrub(each, name))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => name === ofNames || !secretName.test(key))
  return Object.fromEntries(kept.map(([key, each]) => [key, scrub(each, key)]))
}

/** A refusal of SWR's, which is only ever shown: no text in it tells a login. */
export function scrubTexts(value: unknown): unknown {
  if (typeof value === 'string') return maskLogins(value)
  if (Array.isArray(value)) return value.map(scrubTexts)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, scrubTexts(each)]))
}
