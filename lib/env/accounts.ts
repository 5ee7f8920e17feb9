import 'server-only'
import { z } from 'zod'
import { isGuessable, passwordLength } from '../contract/password'
import { type Role, roles } from '../contract/roles'
import { addressSchema } from './address'
import type { EnvReader } from './parse'

/** An OpenID Connect provider, and which role its claim gives. */
export interface Sso {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scopes: readonly string[]
  /** Name of the claim, or a way to it with dots. */
  readonly claim: string
  readonly roles: ReadonlyMap<string, Role>
}

/** Who can sign in, and how. */
export interface Accounts {
  readonly passwordSignIn: boolean
  readonly firstAdmin?: { readonly email: string; readonly password: string }
  readonly sso?: Sso
}

const mapSchema = z.string().transform((written, context) => {
  const entries = written
    .split(/[;\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      // The last "=": names of groups may be distinguished names, cn=admins,dc=example.
      const at = entry.lastIndexOf('=')
      const role = roles.find((known) => known === entry.slice(at + 1).trim())
      return at > 0 && role ? ([entry.slice(0, at).trim(), role] as const) : null
    })
  const complete = entries.filter((entry) => entry !== null)
  if (complete.length === 0 || complete.length < entries.length) {
    context.addIssue({ code: 'custom', message: `must be like "group=role; group=role" with ${roles.join(', ')}` })
    return z.NEVER
  }
  return new Map(complete)
})

const schema = z.object({
  PASSWORD_SIGN_IN: z.literal('off', 'must be off or not set').optional(),
  CONSOLE_ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  CONSOLE_ADMIN_PASSWORD: z
    .string()
    .min(passwordLength.min, `must have at least ${passwordLength.min} characters`)
    .max(passwordLength.max, `must have at most ${passwordLength.max} characters`)
    .optional(),
})

const ssoSchema = z.object({
  OIDC_ISSUER: addressSchema('https://login.example.com/realms/staff'),
  OIDC_CLIENT_ID: z.string(),
  OIDC_CLIENT_SECRET: z.string(),
  OIDC_ROLE_MAP: mapSchema,
  OIDC_ROLE_CLAIM: z.string().default('groups'),
  OIDC_SCOPES: z.string().default('openid email profile'),
})

function ssoFrom(reading: EnvReader): Sso | undefined {
  if (!Object.keys(ssoSchema.shape).some((name) => name in reading.source)) return undefined
  const given = reading.take(ssoSchema, reading.source, '')
  return (
    given && {
      issuer: given.OIDC_ISSUER.href.replace(/\/$/, ''),
      clientId: given.OIDC_CLIENT_ID,
      clientSecret: given.OIDC_CLIENT_SECRET,
      scopes: given.OIDC_SCOPES.split(/\s+/),
      claim: given.OIDC_ROLE_CLAIM,
      roles: given.OIDC_ROLE_MAP,
    }
  )
}

export function accountsFrom(reading: EnvReader): Accounts | undefined {
  const { source, faults } = reading
  const given = reading.take(schema, source, '')
  const sso = ssoFrom(reading)
  const { CONSOLE_ADMIN_EMAIL: email, CONSOLE_ADMIN_PASSWORD: password } = given ?? {}
  for (const [one, other] of [
    ['CONSOLE_ADMIN_EMAIL', 'CONSOLE_ADMIN_PASSWORD'],
    ['CONSOLE_ADMIN_PASSWORD', 'CONSOLE_ADMIN_EMAIL'],
  ] as const)
    if (source[one] && !source[other]) faults.push(`${other} is missing: ${one} is set`)
  if (email && password && isGuessable(password, [email]))
    faults.push('CONSOLE_ADMIN_PASSWORD is too easy to guess: a common password, or made of the e-mail')
  if (source.PASSWORD_SIGN_IN === 'off' && !('OIDC_ISSUER' in source))
    faults.push('OIDC_ISSUER is missing: with PASSWORD_SIGN_IN=off nobody could sign in')
  return (
    given && {
      passwordSignIn: given.PASSWORD_SIGN_IN !== 'off',
      firstAdmin: email && password ? { email: email.toLowerCase(), password } : undefined,
      sso,
    }
  )
}
