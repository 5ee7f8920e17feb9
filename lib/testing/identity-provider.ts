import { createServer } from 'node:http'
import Provider from 'oidc-provider'

export interface Person {
  readonly sub: string
  readonly email?: string
  readonly emailVerified?: boolean
  readonly groups?: unknown
}

export interface TestProvider {
  readonly issuer: string
  readonly client: { readonly clientId: string; readonly clientSecret: string }
  /** Who signs in there next. */
  person: Person
  /** Authorization requests as they arrived. */
  readonly asked: URLSearchParams[]
  /** The part of a browser at the provider: from our redirect to its own back to us. */
  readonly visit: (address: string) => Promise<string>
  readonly close: () => Promise<void>
}

/** A real OpenID provider on loopback for tests; it asks nobody for a password. `inToken`: all claims in the ID token. */
export async function startProvider(redirectUri: string, inToken: boolean): Promise<TestProvider> {
  const client = { clientId: 'console', clientSecret: 'secret-of-the-console-at-the-provider' }
  const server = createServer((request, response) => handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const people = new Map<string, Person>()
  const asked: URLSearchParams[] = []

  const oidc = new Provider(issuer, {
    clients: [{ client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [redirectUri] }],
    pkce: { required: () => true },
    conformIdTokenClaims: !inToken,
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    cookies: { keys: ['key-of-the-provider'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    ttl: { Session: 1, Interaction: 60, Grant: 60, AccessToken: 60, IdToken: 60 },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims() {
        // Whoever comes back within the session's second is not asked who it is: what is known of them may have changed.
        const known = made.person.sub === sub ? made.person : people.get(sub)
        const { email, emailVerified = true, groups } = known ?? { sub }
        return { sub, email, email_verified: emailVerified, name: `Name of ${sub}`, groups }
      },
    }),
    async loadExistingGrant({ oidc: { provider, client, session, params } }) {
      const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId })
      grant.addOIDCScope(String(params?.scope))
      await grant.save()
      return grant
    },
  })
  const rest = oidc.callback()
  const made: TestProvider = { issuer, client, person: { sub: 'nobody' }, asked, visit, close }

  async function handle(...[request, response]: Parameters<typeof rest>) {
    const { pathname, searchParams } = new URL(request.url ?? '', issuer)
    if (pathname === '/auth') asked.push(searchParams)
    if (!pathname.startsWith('/interaction/')) return await rest(request, response)
    people.set(made.person.sub, made.person)
    await oidc.interactionFinished(request, response, { login: { accountId: made.person.sub } })
  }

  async function visit(start: string): Promise<string> {
    const cookies = new Map<string, string>()
    for (let next = start, step = 0; step < 10; step++) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const answer = await fetch(next, { redirect: 'manual', headers: { cookie } })
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        cookies.set(name, value)
      }
      const location = answer.headers.get('location')
      if (!location) throw new Error(`the provider answered ${answer.status}: ${await answer.text()}`)
      next = new URL(location, next).href
      if (!next.startsWith(`${issuer}/`)) return next
    }
    throw new Error('the provider redirects without an end')
  }

  async function close() {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }

  return made
}
