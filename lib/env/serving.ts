import 'server-only'
import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { isAddressRange } from '../net/client-address'
import { hostnameOf, isLoopback } from '../net/loopback'
import { originSchema } from './address'
import type { EnvReader } from './parse'

/** Where the console listens, by which name it is known, and where it keeps what it knows. */
export interface ServerSettings {
  readonly host: string
  readonly port: number
  /** The public origin: links and cookies are for it, and requests must have been sent to it. */
  readonly url: string
  /** Addresses and ranges of reverse proxies, whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[]
  readonly production: boolean
  /** Known accounts and a database in memory. */
  readonly demo: boolean
  /** Signs cookies. */
  readonly secret: string
  /** `postgres://…`, `memory://` or a directory. */
  readonly database: string
  /** For how long a tag that SWR has taken is looked for at the target. */
  readonly syncVerifyMinutes: number
  /** After which a retention run of SWR in which nothing moves is taken to hang. */
  readonly retentionHangMinutes: number
}

const wellKnown = /change.?me|better-auth|your.?secret|example|insecure|placeholder/i
const isGuessable = (secret: string) =>
  secret.length < 32 || new Set(secret).size < 10 || /^(.{1,16}?)\1+$/s.test(secret) || wellKnown.test(secret)

/** `HOST` may be an IPv6 address, which has brackets only inside of addresses. */
const listening = (host: string) => hostnameOf(host.includes('::') ? `[${host}]` : host)
const isOpen = (host: string) => !isLoopback(listening(host) ?? '')

/** A proxy on the same machine, which is all that reaches the default `HOST`. */
const loopback = '127.0.0.0/8 ::1'

const schema = z.object({
  PORT: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be 1 to 65535')
    .max(65_535, 'must be 1 to 65535')
    .default(3000),
  HOST: z
    .string()
    .refine((host) => listening(host) !== null, { error: 'must be a host name or an address to listen on' })
    .default('127.0.0.1'),
  CONSOLE_URL: originSchema('https://swr-console.example.com').optional(),
  TRUSTED_PROXIES: z
    .string()
    .default(loopback)
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .refine((ranges) => ranges.every(isAddressRange), { error: 'must be addresses or ranges such as 10.0.0.0/24' }),
  CONSOLE_DEMO: z.literal('1', 'must be 1 or not set').optional(),
  CONSOLE_SECRET: z
    .string()
    .refine((secret) => !isGuessable(secret), {
      error: 'is too weak: give at least 32 random characters, for example from `openssl rand -base64 48`',
    })
    .optional(),
  SYNC_VERIFY_MINUTES: z.coerce
    .number('must be a number')
    .positive('must be more than 0')
    .max(24 * 60, 'must be at most 1440')
    .default(10),
  RETENTION_HANG_MINUTES: z.coerce
    .number('must be a number')
    .positive('must be more than 0')
    .max(24 * 60, 'must be at most 1440')
    .default(30),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/./, 'must start with postgres://')
    .optional(),
})

export function servingFrom(reading: EnvReader): ServerSettings | undefined {
  const { source, faults } = reading
  const given = reading.take(schema, source, '')
  const demo = source.CONSOLE_DEMO === '1'
  const host = given?.HOST ?? source.HOST ?? '127.0.0.1'
  const open = listening(host) !== null && isOpen(host)
  if (demo && open)
    faults.push('HOST must be this machine (127.0.0.1, localhost, ::1) in the demo: everybody knows its passwords')
  if (demo && (source.DATABASE_URL || source.DATA_DIR))
    faults.push('DATABASE_URL and DATA_DIR must not be set in the demo: everybody knows its passwords')
  if (open && !demo && !source.CONSOLE_URL) faults.push('CONSOLE_URL is missing: HOST is open to other machines')
  if (!demo && !source.CONSOLE_SECRET && (open || source.NODE_ENV === 'production'))
    faults.push(
      'CONSOLE_SECRET is missing: give at least 32 random characters, for example from `openssl rand -base64 48`',
    )
  if (!given) return undefined
  return {
    host,
    port: given.PORT,
    url: given.CONSOLE_URL ?? `http://${listening(host)}:${given.PORT}`,
    trustedProxies: given.TRUSTED_PROXIES,
    production: source.NODE_ENV === 'production',
    demo,
    // While developing, and in the demo, sessions need not outlive the process.
    secret: given.CONSOLE_SECRET ?? randomBytes(48).toString('base64'),
    syncVerifyMinutes: given.SYNC_VERIFY_MINUTES,
    retentionHangMinutes: given.RETENTION_HANG_MINUTES,
    database: demo ? 'memory://' : (given.DATABASE_URL ?? given.DATA_DIR),
  }
}
