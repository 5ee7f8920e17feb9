import { readdirSync, readFileSync } from 'node:fs'
import { createTranslator } from 'next-intl'
import { flatten } from '@/lib/i18n/flatten'
import { type Locale, locales } from '@/lib/i18n/locale'
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

/** Texts without arguments that the console has in no other language. */
export function onlyIn(locale: Locale): ReadonlySet<string> {
  const textsOf = (each: Locale) => flatten(read(each)).map(([, text]) => text)
  const others = new Set(locales.filter((each) => each !== locale).flatMap(textsOf))
  return new Set(textsOf(locale).filter((text) => !others.has(text) && !/[{<]/.test(text)))
}
