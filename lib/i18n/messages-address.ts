import 'server-only'
import { createHash } from 'node:crypto'
import { type Locale, locales } from './locale'
import { messages } from './messages'

const hashOf = (locale: Locale) =>
  createHash('sha256').update(JSON.stringify(messages[locale])).digest('base64url').slice(0, 12)

const versions = Object.fromEntries(locales.map((locale) => [locale, hashOf(locale)])) as Record<Locale, string>

/** Names the texts of a language by what they say: other texts have another version. */
export const messagesVersion = (locale: Locale): string => versions[locale]

/** Where browsers read the texts of a language. What stands there never changes. */
export const messagesAddress = (locale: Locale): string => `/messages/${locale}/${messagesVersion(locale)}`
