import 'server-only'
import type { AsyncLocalStorage } from 'node:async_hooks'
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { APIError } from 'better-auth/api'
import { admin, genericOAuth } from 'better-auth/plugins'
import { and, eq } from 'drizzle-orm'
import { passwordLength } from '../contract/password'
import { problemOf } from '../contract/problem'
import type { Role } from '../contract/roles'
import { accounts, type Db, sessions, users, verifications } from '../db/schema'
import type { Sso } from '../env/accounts'
import type { Config } from '../env/config'
import { clientAddressHeader } from '../net/client-address'
import { log } from '../net/log'
import { changeAccount } from './change-account'
import { cookiePrefix } from './cookies'
import { subjectOf } from './id-token'
import { roleFrom } from './sso-role'
import { addressLimits } from './throttle'

export type AuthSettings = Pick<Config, 'url' | 'secret' | 'passwordSignIn' | 'sso'>

/** What the library finds out while it answers one request. */
export interface Attempt {
  /** Who the identity provider says it is. */
  email?: string
  /** What its claim gives. */
  role?: Role | null
  session?: { readonly token: string; readonly userId: string }
  /** The claim would take the role from the last admin, who keeps it. */
  keepsAdmin?: boolean
}

/** From the first request on, however much it is used. */
export const sessionHours = 12
export const ssoProvider = 'sso'
export const signInPath = '/sign-in'

const provider = ({ issuer, clientId, clientSecret, scopes }: Sso) => ({
  providerId: ssoProvider,
  clientId,
  clientSecret,
  discoveryUrl: `${issuer}/.well-known/openid-configuration`,
  scopes: [...scopes],
  pkce: true,
  requireIdTokenVerification: true,
  // Without a subject the library lets nobody in.
  accountSubject: ({ tokens }: { tokens: { idToken?: string } }) => subjectOf(tokens.idToken, clientId) ?? '',
  disableProviderLogout: true,
})

// Whatever else begins a session needs a role from the identity provider.
const byPassword = ['/sign-in/email', '/change-password']

const hasSsoAccount = async (db: Db, userId: string) =>
  (
    await db
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.userId, userId), eq(accounts.providerId, ssoProvider)))
      .limit(1)
  ).length > 0

/** Refusals are answers; what else goes wrong is the console's or the database's, whose errors hold no values. */
function tellFailure(error: unknown) {
  if (error instanceof APIError && error.status !== 'INTERNAL_SERVER_ERROR') return
  const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: undefined }
  log.error({ library: 'better-auth', error: name, bug: stack }, 'the sign-in library failed')
}

/** The sign-in library. Only `auth/handler.ts` lets requests through to it, and not to all of it. */
export function createAuth(db: Db, settings: AuthSettings, attempts: AsyncLocalStorage<Attempt>) {
  const { url, secret, passwordSignIn, sso } = settings
  const remember = (known: Attempt) => Object.assign(attempts.getStore() ?? {}, known)
  return betterAuth({
    appName: 'SWR Policy Console',
    baseURL: url,
    secret,
    telemetry: { enabled: false },
    logger: {
      // Expected refusals are warnings of the library; what was typed is in none of its errors' texts.
      level: 'error',
      log: (_level, message) => log.error({ library: 'better-auth' }, message),
    },
    database: drizzleAdapter(db, {
      provider: 'pg',
      schema: {
        user: users,
        session: sessions,
        account: accounts,
        verification: verifications,
      },
      transaction: true,
    }),
    onAPIError: { errorURL: url + signInPath, onError: tellFailure },
    advanced: {
      cookiePrefix: cookiePrefix(url),
      // The library's own switch would set `__Secure-` before the prefix.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: url.startsWith('https:') },
      // Set by this process itself (net/edge.ts), which knows its proxies.
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      // Written out: the library drops both checks where NODE_ENV is test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
    },
    // The end is fixed when a session begins; the idle limit is ours (auth/session.ts).
    session: { expiresIn: sessionHours * 3600, disableSessionRefresh: true },
    verification: { storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: passwordSignIn,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      revokeSessionsOnPasswordReset: true,
    },
    // By address. Accounts have a limit of their own: an address can be made up.
    rateLimit: {
      enabled: true,
      customStorage: addressLimits(db),
      window: 10,
      max: 100,
      customRules: {
        '/sign-in/email': { window: 10, max: 20 },
        '/sign-in/social': { window: 10, max: 20 },
        '/reset-password': { window: 10, max: 10 },
      },
    },
    // An account made by an admin is linked only when the provider vouches for the address.
    account: { accountLinking: { enabled: true, trustedProviders: [] } },
    user: {
      async validateUserInfo({ user, source }) {
        if (!sso || source.method !== 'oauth') return { error: 'role_missing' }
        const role = roleFrom(source.oauth?.profile, sso)
        remember({ email: user.email, role })
        if (!role) return { error: 'role_missing' }
        // One address, another person: the provider gave it to somebody new. Their account is for an admin to sort out.
        const isTaken = source.action === 'link-account' && user.id && (await hasSsoAccount(db, user.id))
        return isTaken ? { error: 'subject_changed' } : undefined
      },
    },
    databaseHooks: {
      user: {
        create: { before: async (user) => ({ data: { ...user, role: attempts.getStore()?.role ?? null } }) },
      },
      account: {
        // The provider's tokens are not needed again: what is not kept cannot leak.
        create: {
          before: async (account) => ({ data: { ...account, accessToken: null, refreshToken: null, idToken: null } }),
        },
        update: {
          before: async (account) => ({ data: { ...account, accessToken: null, refreshToken: null, idToken: null } }),
        },
      },
      session: {
        create: {
          async before({ userId }, context) {
            if (!context || byPassword.includes(context.path)) return
            const role = attempts.getStore()?.role
            if (!role) throw new APIError('FORBIDDEN', { code: 'role_missing' })
            const { internalAdapter } = context.context
            const user = await internalAdapter.findUserById(userId)
            if (!user || ('role' in user && user.role === role)) return
            await changeAccount(db, userId, { role }).catch((error: unknown) => {
              if (problemOf(error).code !== 'last_admin') throw error
              remember({ keepsAdmin: true })
            })
          },
          async after({ token, userId }) {
            remember({ session: { token, userId } })
          },
        },
      },
    },
    plugins: [admin({ adminRoles: ['admin'] }), ...(sso ? [genericOAuth({ config: [provider(sso)] })] : [])],
  })
}

export type Auth = ReturnType<typeof createAuth>
