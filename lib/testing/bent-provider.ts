import 'server-only'
import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer, type ServerResponse } from 'node:http'

/** What an identity provider says; each part can be bent in a way that real ones refuse to be. */
export interface Said {
  /** Claims of the ID token. */
  claims: Record<string, unknown>
  userinfo: Record<string, unknown>
  withIdToken: boolean
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** An OpenID provider that signs whatever it is told to; `said` is of the next sign-in. */
export async function startBentProvider() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const client = { clientId: 'console', clientSecret: 'secret-of-the-console' }
  const made = {
    client,
    issuer: '',
    said: { claims: {}, userinfo: {}, withIdToken: true } as Said,
    close: async () => {},
    /** From our redirect to the address that the browser comes back to. */
    visit(address: string): string {
      const asked = new URL(address).searchParams
      nonce = asked.get('nonce') ?? ''
      return `${asked.get('redirect_uri')}?${new URLSearchParams({ code: 'a-code', state: asked.get('state') ?? '' })}`
    },
  }
  let nonce = ''

  function idToken(): string {
    const now = Math.floor(Date.now() / 1000)
    const claims = { iss: made.issuer, aud: client.clientId, iat: now, exp: now + 60, nonce, ...made.said.claims }
    const content = `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}`
    return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`
  }

  const answers: Record<string, () => object> = {
    '/.well-known/openid-configuration': () => ({
      issuer: made.issuer,
      authorization_endpoint: `${made.issuer}/auth`,
      token_endpoint: `${made.issuer}/token`,
      userinfo_endpoint: `${made.issuer}/me`,
      jwks_uri: `${made.issuer}/jwks`,
      id_token_signing_alg_values_supported: ['RS256'],
    }),
    '/jwks': () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] }),
    '/token': () => ({
      access_token: 'an-access-token',
      token_type: 'Bearer',
      expires_in: 60,
      ...(made.said.withIdToken && { id_token: idToken() }),
    }),
    '/me': () => made.said.userinfo,
  }
  const server = createServer(({ url = '' }, response: ServerResponse) => {
    const answer = answers[url.split('?', 1)[0] ?? '']
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(answer?.() ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  made.issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  made.close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return made
}
