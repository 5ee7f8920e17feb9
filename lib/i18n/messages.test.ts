import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import { problemCodes } from '../contract/problem'
import { flatten } from './flatten'
import { locales } from './locale'
import { messages } from './messages'

/** Arguments and tags of an ICU message, as `name:kind`; the texts of plural and select branches are read too. */
function argumentsOf(message: string): string[] {
  const found = [...message.matchAll(/<(\w+)>/g)].map(([, tag]) => `${tag}:tag`)
  // At even depth we are in text, at odd depth inside an argument, whose branches are text again.
  let depth = 0
  for (let at = 0; at < message.length; at++) {
    if (message[at] === "'" && /[{}<]/.test(message[at + 1] ?? '')) at = message.indexOf("'", at + 2)
    if (at === -1) break
    if (message[at] === '{') {
      depth += 1
      const argument = /^\s*(\w+)\s*(?:,\s*(\w+))?/.exec(message.slice(at + 1))
      if (depth % 2 === 1 && argument) found.push(`${argument[1]}:${argument[2] ?? 'value'}`)
    }
    if (message[at] === '}') depth -= 1
  }
  if (depth !== 0) throw new SyntaxError(`unbalanced braces: ${message}`)
  return [...new Set(found)].sort()
}

/** True for one argument that has an empty branch and nothing beside it. */
function mayBeEmpty(message: string): boolean {
  let depth = 0
  for (const [at, sign] of [...message].entries()) {
    if (sign === '{') depth += 1
    if (sign === '}') depth -= 1
    if (depth === 0) return at > 0 && at === message.length - 1 && /\{\s*\}/.test(message)
  }
  return false
}

test('arguments are found in branches, not in their names', () => {
  expect(argumentsOf("{count, plural, =0 {none} one {# of {total}} other {'{x}' <b>#</b>}}")).toEqual([
    'b:tag',
    'count:plural',
    'total:value',
  ])
})

const all = Object.fromEntries(locales.map((locale) => [locale, flatten(messages[locale])]))

describe.each(locales)('%s', (locale) => {
  const english = new Map(all.en)
  const own = all[locale] ?? []

  test('has the same keys as English', () => {
    expect(own.map(([key]) => key).sort()).toEqual([...english.keys()].sort())
  })

  test('asks for the same arguments as English', () => {
    const other = own.filter(([key, text]) => argumentsOf(text).join() !== argumentsOf(english.get(key) ?? '').join())
    expect(other.map(([key]) => key)).toEqual([])
  })

  // Compiled, what comes out empty is no text: only `t.rich` can show it.
  test('only these can come out empty', () => {
    expect(own.filter(([, text]) => mayBeEmpty(text)).map(([key]) => key)).toEqual([
      'policyPage.sentence.starts',
      'policyPage.sentence.tail',
    ])
  })

  test('has no empty text and no forgotten key', () => {
    expect(own.filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([])
  })

  test('every message can be formatted', () => {
    const broken: string[] = []
    const values = (text: string) =>
      Object.fromEntries(
        argumentsOf(text).map((argument) => {
          const [name, kind] = argument.split(':')
          if (kind === 'tag') return [name, (chunks: unknown) => String(chunks)]
          return [name, kind === 'select' ? 'other' : 2]
        }),
      )
    for (const [key, text] of own) {
      const namespace = { m: text }
      const t = createTranslator({
        locale,
        messages: namespace as never,
        timeZone: 'UTC',
        onError: (error) => broken.push(`${key}: ${error.message}`),
      }) as unknown as { markup: (key: string, values: object) => string }
      t.markup('m', values(text))
    }
    expect(broken).toEqual([])
  })

  test('has a text for every problem', () => {
    const known = new Set(own.map(([key]) => key))
    expect(problemCodes.filter((code) => !known.has(`problem.${code}`) && !known.has(`problem.${code}.title`))).toEqual(
      [],
    )
  })

  test('every file of messages is loaded', () => {
    const folder = fileURLToPath(new URL(`./messages/${locale}`, import.meta.url))
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'))
    // Files are kebab-case, namespaces are keys.
    const namespaces = names.map((name) =>
      name.slice(0, -'.json'.length).replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    )
    expect(namespaces.sort()).toEqual(Object.keys(messages[locale]).sort())
  })
})

test('Chinese is translated, not copied', () => {
  const english = new Map(all.en)
  // Names, units and codes are the same in both; a sentence of several words never is.
  const copied = (all['zh-CN'] ?? []).filter(
    ([key, text]) => english.get(key) === text && /[a-z]+ [a-z]+ [a-z]+/.test(text),
  )
  expect(copied.map(([key]) => key)).toEqual([])
})
