import 'server-only'
import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { verifications } from '../db/schema'
import { routes } from '../routes'
import type { Identity } from './identity'

export interface Link {
  readonly url: string
  readonly expires: Date
}

const hourMs = 3_600_000
export const inviteHours = 72
export const resetHours = 24
export const setUpHours = 24

export const setUpIdentifier = (token: string) => `set-up:${token}`
const setUpValue = 'set-up'

async function store({ auth }: Identity, identifier: string, value: string, expires: Date) {
  const { internalAdapter } = await auth.$context
  await internalAdapter.createVerificationValue({ identifier, value, expiresAt: expires })
}

// In the fragment, so that no server on the way, ours included, writes a usable link into its log.
const address = ({ settings }: Identity, path: string, token: string) => `${settings.url}${path}#${token}`

/** No link of this account works any more. */
export async function revokeLinks({ db }: Pick<Identity, 'db'>, userId: string) {
  await db.delete(verifications).where(eq(verifications.value, userId))
}

/** Sets a password, once; the one before it stops working. The library looks for the name of the identifier. */
export async function passwordLink(
  identity: Identity,
  userId: string,
  validHours: number,
  now = new Date(),
): Promise<Link> {
  const token = randomBytes(32).toString('base64url')
  const expires = new Date(now.getTime() + validHours * hourMs)
  await revokeLinks(identity, userId)
  await store(identity, `reset-password:${token}`, userId, expires)
  return { url: address(identity, routes.password(), token), expires }
}

/** Makes the first admin, once. */
export async function setUpLink(identity: Identity, now = new Date()): Promise<Link> {
  const token = randomBytes(32).toString('base64url')
  const expires = new Date(now.getTime() + setUpHours * hourMs)
  await store(identity, setUpIdentifier(token), setUpValue, expires)
  return { url: address(identity, routes.setUp(), token), expires }
}

export async function isSetUpLink({ auth }: Identity, token: string, now = new Date()): Promise<boolean> {
  const { internalAdapter } = await auth.$context
  const found = await internalAdapter.findVerificationValue(setUpIdentifier(token))
  return found !== null && found.value === setUpValue && found.expiresAt > now
}

/** Every console that started on the empty database has printed one. */
export async function revokeSetUpLinks(identity: Identity) {
  await revokeLinks(identity, setUpValue)
}
