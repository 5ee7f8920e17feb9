import { describe, expect, test } from 'vitest'
import { messages } from './messages'

/** What reads badly in English, what to say instead, and a text that breaks the rule. */
const rules: readonly { never: RegExp; instead: string; such: string }[] = [
  { never: /\b(choose|chose|chosen|choosing|pick(s|ed|ing)?)\b/i, instead: '“select”', such: 'Choose a registry' },
  {
    never: /\b(can ?not|could not)\b/i,
    instead: '“can’t” for ability, “couldn’t” for an attempt',
    such: 'It cannot run',
  },
  { never: /\bdo(es)?(n.t| not) know\b/i, instead: '“unsupported”', such: 'This console does not know the value' },
  { never: /\b(is|are|was) not known\b/i, instead: '“is unknown”', such: 'Its health is not known' },
  {
    never: /\b(nobody|no one|somebody|whoever)\b/i,
    instead: '“user”, “admin”, “operator”',
    such: 'Ask whoever runs it',
  },
  { never: /\b(person|people)\b/i, instead: '“user”', such: 'Person' },
  {
    never: /\baccounts? (of|for|that|already|exists?)\b/i,
    instead: '“user”, except for signing in',
    such: 'Account of Ann',
  },
  { never: /\bmeanwhile\b|\bany ?more\b/i, instead: '“by someone else”, “no longer”', such: 'Changed meanwhile' },
  { never: /\b(goes|go) on\b|\bunder way\b/i, instead: '“continues”, “in progress”', such: 'Runs that are under way' },
  { never: /\bby (hand|itself|themselves)\b/i, instead: '“manually”, “automatically”', such: 'Started by hand' },
  { never: /\ball the same\b|\bas well\b/i, instead: '“still”, “also”', such: 'Saving is possible all the same' },
  { never: /\b(mend|clash(es)?|lives?)\b/i, instead: '“fix”, “conflict”, “is”', such: 'Mend the names first' },
  { never: /\be-mail\b/i, instead: '“email”', such: 'E-mail address' },
  { never: /\bids?\b|\bIds?\b/, instead: '“ID”', such: 'Request id' },
  { never: /\bchange log\b/i, instead: '“audit log”', such: 'Change log' },
  { never: /\bshort-lived\b/i, instead: '“temporary policy”', such: 'A short-lived policy' },
  { never: /\brun(s|ning)? (failed )?again\b/i, instead: '“retry”', such: 'Run failed again' },
  { never: /\bpresent (password|version)\b/i, instead: '“current”', such: 'Present password' },
  { never: /\brefus(e|es|ed|ing)\b/i, instead: '“reject”', such: 'SWR refused it' },
  { never: /\bdestinations?\b/i, instead: '“target”', such: 'Tags at the destination' },
  { never: /\b(an)?other content\b/i, instead: '“different content”', such: 'Tags with another content' },
  { never: /\bkind of\b/i, instead: '“type”', such: 'Kind of login' },
  { never: /^Any\b/, instead: '“All …”, for a filter that lets everything through', such: 'Any outcome' },
  { never: /(?<!“)!|\b(please|sorry|oops)\b/i, instead: 'what happened and what to do', such: 'Please try again' },
  { never: /\{(One|one|two)\b(?! \{)/, instead: 'a digit', such: '{count, plural, one {One value} other {# values}}' },
  { never: /\.\.\.| - |"|’| {2}/, instead: "“…”, “:”, curly quotation marks, “'”, one blank", such: 'Loading...' },
]

/** Words that have a capital wherever they stand. */
const names = new Set(
  (
    'SWR IAM API IP TLS UTC URL ID CSV JSON XML YAML RE MB Kubernetes PROJECT TOKEN If Chinese English China ' +
    'Basic Docker Enterprise Edition Harbor Console Deleted Duplicate Edit Enter Viewer Operator Admin'
  ).split(' '),
)

/** Capitals after a word in lower case: "Audit Log". */
const capitalsIn = (text: string) =>
  [...text.matchAll(/(?<=[\p{Ll}\d,] )\p{Lu}\p{L}*/gu)].map(([word]) => word).filter((word) => !names.has(word))

/** Every text by its full key, without the names of its arguments, which nobody reads. */
const texts = (tree: object, above = ''): [key: string, text: string][] =>
  Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? texts(value, `${above}${key}.`)
      : [[`${above}${key}`, String(value).replaceAll(/\{\w+(?=[},])/g, '{')]],
  )

const english = texts(messages.en)

describe.each(rules)('instead: $instead', ({ never, such }) => {
  test(`“${such}” is found`, () => expect(such).toMatch(never))

  test('no text says it otherwise', () => {
    expect(english.filter(([, text]) => never.test(text))).toEqual([])
  })
})

test('a title is a sentence: only its first word and names have capitals', () => {
  expect(capitalsIn('Manual sync (Basic Edition). The audit Log')).toEqual(['Log'])
  expect(english.filter(([, text]) => capitalsIn(text).length > 0)).toEqual([])
})
