import 'server-only'
import { createHash } from 'node:crypto'
import { type Locale, locales } from './locale'
import { messages } from './messages'

const versionOf = (locale: Locale) =>
  createHash('sha256').update(JSON.stringify(messages[locale])).digest('base64url').slice(0, 12)

const addresses = new Map(locales.map((locale) => [locale, `/messages/${locale}?v=${versionOf(locale)}`]))

/** Where browsers read the texts of a language. What it names never changes: other texts have another address. */
export const messagesAddress = (locale: Locale): string => addresses.get(locale) ?? `/messages/${locale}`
