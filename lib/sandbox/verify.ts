import { createHash, timingSafeEqual } from 'node:crypto'
import { signature } from '../swr/sign'
import { signatureRefusal } from './errors'
import { type Incoming, splitTarget } from './exchange'
import type { Key, World } from './world'

const minuteMs = 60_000
const dateWindowMs = 15 * minuteMs
const lockMs = 5 * minuteMs
const maxFailures = 5

const wrong = () => signatureRefusal('verify aksk signature fail')

const authorizationForm =
  /^SDK-HMAC-SHA256 Access=(?<access>[\w-]+), SignedHeaders=(?<names>[a-z0-9-]+(?:;[a-z0-9-]+)*), Signature=(?<signature>[0-9a-f]{64})$/

/** Access key named by a request, whether or not the rest of it is right. For the request log. */
export const namedAccess = ({ headers }: Incoming) => /\bAccess=([\w-]+)/.exec(headers.authorization ?? '')?.[1] ?? null

/** `YYYYMMDDTHHMMSSZ` as milliseconds; NaN for anything else. */
function sdkTime(text: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  return parts ? Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`) : Number.NaN
}

function checkDate(headers: Incoming['headers'], now: number) {
  const text = headers['x-sdk-date'] ?? ''
  const time = sdkTime(text)
  if (Number.isNaN(time)) throw signatureRefusal('x-sdk-date is missing or malformed')
  if (Math.abs(now - time) > dateWindowMs)
    throw signatureRefusal(`time difference between x-sdk-date ${text} and the server exceeds 15 minutes`)
}

function isGenuine(incoming: Incoming, key: Key, names: readonly string[], claimed: string): boolean {
  const { headers, method, body, target } = incoming
  if (names.join() !== [...new Set(names)].sort().join()) return false
  if (!names.includes('host') || !names.includes('x-sdk-date')) return false
  if (names.some((name) => headers[name] === undefined)) return false
  // A hash in the header would otherwise stand in for the body's own, and then the body could be changed.
  const stated = headers['x-sdk-content-sha256']
  if (stated !== undefined && stated !== createHash('sha256').update(body).digest('hex')) return false
  try {
    const url = { host: headers.host ?? '', ...splitTarget(target) }
    const right = signature({ method, url, headers, body }, names, key.secret)
    return timingSafeEqual(Buffer.from(right), Buffer.from(claimed))
  } catch {
    // A broken escape sequence in path or query has no canonical form.
    return false
  }
}

/** A temporary key needs its token, signed; a permanent one has none to send. */
function checkToken(headers: Incoming['headers'], key: Key, names: readonly string[]) {
  if (headers['x-security-token'] === key.securityToken) {
    if (key.securityToken === undefined || names.includes('x-security-token')) return
    throw wrong()
  }
  throw signatureRefusal('decrypt token fail')
}

/** The key that signed the request, or a refusal in the gateway's words. */
export function verify(world: World, incoming: Incoming): Key {
  const now = world.clock().getTime()
  const claim = authorizationForm.exec(incoming.headers.authorization ?? '')?.groups
  if (!claim?.access || !claim.names || !claim.signature)
    throw signatureRefusal(
      incoming.headers.authorization ? 'authorization header is malformed' : 'x-auth-token not found',
    )
  const key = world.keys.get(claim.access)
  if (!key) throw signatureRefusal(`Get secretKey failed,ak:${claim.access},err:ak not exist`)
  if (now < key.lockedUntil) throw signatureRefusal('AK access failed to reach the limit,forbidden')
  checkDate(incoming.headers, now)
  const names = claim.names.split(';')
  if (!isGenuine(incoming, key, names, claim.signature)) {
    key.badSignatures += 1
    if (key.badSignatures > maxFailures) {
      key.badSignatures = 0
      key.lockedUntil = now + lockMs
    }
    throw wrong()
  }
  checkToken(incoming.headers, key, names)
  key.badSignatures = 0
  return key
}
