import { expect, test } from 'vitest'
import { flatten } from './flatten'
import { forbidden, terms } from './glossary'
import { messages } from './messages'
import { readingsOf } from './readings'

/** The words of a message without its values, whose names are English in both languages. */
const wordsOf = (message: string) => readingsOf(message, () => '…').join('\n')

const chinese = new Map(flatten(messages['zh-CN']).map(([key, text]) => [key, wordsOf(text)]))
const pairs = flatten(messages.en).map(([key, text]) => ({
  key,
  english: wordsOf(text),
  chinese: chinese.get(key) ?? '',
}))

type Pair = (typeof pairs)[number]

/** Keys with both texts, so that a failure says what to look at. */
const found = (isWrong: (pair: Pair) => boolean) =>
  pairs.filter(isWrong).map((pair) => `${pair.key}: ${pair.english} / ${pair.chinese}`)

test.each(terms)('$english is $chinese', ({ english, chinese: word, except }) => {
  expect(found((pair) => english.test(pair.english) && !word.test(pair.chinese) && !except?.test(pair.key))).toEqual([])
  expect(
    pairs.some((pair) => word.test(pair.chinese)),
    'the term is in use',
  ).toBe(true)
})

test.each(terms.filter(({ isReserved }) => isReserved))(
  '$chinese is only $english',
  ({ english, chinese: word, except }) => {
    expect(found((pair) => word.test(pair.chinese) && !english.test(pair.english) && !except?.test(pair.key))).toEqual(
      [],
    )
  },
)

test.each(forbidden)('no text says $chinese: $reason', ({ chinese: word, except }) => {
  expect(found((pair) => word.test(pair.chinese) && !except?.test(pair.key))).toEqual([])
})
