import 'server-only'
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { AuthSettings } from './auth'
import { cookieOf, cookiePrefix } from './cookies'

type Settings = Pick<AuthSettings, 'url' | 'secret'>

const validSeconds = 180 * 24 * 3600

const nameOf = (url: string) => `${cookiePrefix(url)}.device`

const signature = (secret: string, id: string, email: string) =>
  createHmac('sha256', secret).update(`device\0${id}\0${email.trim().toLowerCase()}`).digest()

/** A browser in which this account was signed in to before, by its cookie; null for any other. */
export function knownDevice({ url, secret }: Settings, headers: Headers, email: string): string | null {
  const [id = '', signed = ''] = (cookieOf(headers, nameOf(url)) ?? '').split('.')
  const [given, right] = [Buffer.from(signed, 'base64url'), signature(secret, id, email)]
  return given.length === right.length && timingSafeEqual(given, right) ? id : null
}

/**
 * The cookie for a browser that has just signed in: it lets nobody in, but wrong passwords from elsewhere do not keep this
 * browser out.
 */
export function deviceCookie({ url, secret }: Settings, email: string): string {
  const id = randomBytes(16).toString('base64url')
  const value = `${id}.${signature(secret, id, email).toString('base64url')}`
  const secure = url.startsWith('https:') ? '; Secure' : ''
  return `${nameOf(url)}=${value}; Max-Age=${validSeconds}; Path=/; HttpOnly${secure}; SameSite=Lax`
}
