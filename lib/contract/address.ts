import { masked } from './vocabulary'

/** Free of the schema library and of `URL`, which reads odd addresses differently from browser to browser. */

const sign = String.raw`[\p{L}\p{N}_]`
const label = `${sign}(?:(?:${sign}|-){0,61}${sign})?`
const host = `(?:${label}(?:\\.${label})*\\.?|\\[[0-9a-f:.]+\\])`
const whole = new RegExp(`^https?://${host}(?::\\d{1,5})?(?:/[!-~]*)?$`, 'iu')

/** A login in front of a host, `https://user:password@host`: whatever stands before the last `@` of an authority. */
const login = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#]*(?=@)/gi

export const hasLogin = (address: string): boolean => maskLogins(address) !== address

/** A text in which no address tells a login. */
export const maskLogins = (text: string): string => text.replaceAll(login, `$1${masked}`)

/** Unencrypted: the login and all images travel in the open. */
export const isPlainHttp = (address: string): boolean => /^\s*http:\/\//i.test(address)

/** What is wrong with the address of a registry. */
export function addressFlaw(address: string): 'address_http' | 'address_login' | 'address_host' | null {
  if (!/^https?:\/\//i.test(address)) return 'address_http'
  if (hasLogin(address)) return 'address_login'
  const port = /:(\d+)(?:\/|$)/.exec(address.replace(/^https?:\/\//i, ''))?.[1]
  const isHost = whole.test(address) && !/[?#]/.test(address) && (port === undefined || Number(port) <= 65_535)
  return isHost ? null : 'address_host'
}
