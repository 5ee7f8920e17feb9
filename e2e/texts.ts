import { readdirSync, readFileSync } from 'node:fs'
import { createTranslator } from 'next-intl'
import type { Locale } from '@/lib/i18n/locale'
import type { Messages } from '@/lib/i18n/messages'

/*
 * The console's own texts, for a test whose subject is none of them: what it looks for is then found under its key, whatever
 * the wording is.
 */

const camel = (name: string) => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

function read(locale: Locale): Messages {
  const folder = new URL(`../lib/i18n/messages/${locale}/`, import.meta.url)
  const files = readdirSync(folder).filter((file) => /^[a-z-]+\.json$/.test(file))
  const namespaces = files.map((file) => [
    camel(file.replace('.json', '')),
    JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
  ])
  return Object.fromEntries(namespaces)
}

export const textsIn = (locale: Locale) => createTranslator({ locale, messages: read(locale) })
