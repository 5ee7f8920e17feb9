import 'server-only'
import { z } from 'zod'

/** As the library allows for the other times of a token. */
const skewSeconds = 30

const claims = z.object({
  sub: z.string().min(1),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
  iat: z.number(),
  nonce: z.string(),
})

function payloadOf(idToken: string): unknown {
  try {
    return JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/**
 * Who an ID token is about, or null when it is not for this client or not of now (OpenID Connect Core, section 3.1.3.7,
 * points 4, 5, 10). The library has verified signature, issuer, audience, end and nonce, but only if there is a token.
 */
export function subjectOf(idToken: string | undefined, clientId: string, now = new Date()): string | null {
  const parsed = claims.safeParse(idToken === undefined ? undefined : payloadOf(idToken))
  if (!parsed.success) return null
  const { sub, aud, azp, iat } = parsed.data
  const hasSeveral = Array.isArray(aud) && aud.length > 1
  if (azp === undefined ? hasSeveral : azp !== clientId) return null
  return iat > now.getTime() / 1000 + skewSeconds ? null : sub
}
