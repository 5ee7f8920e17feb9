import type { BasicRule } from '../../contract/console/basic-retention'
import { type BasicTemplate, basicTemplates } from '../../contract/console/retention-vocabulary'
import type { BasicRetention } from '../../contract/swr/basic-retention'
import { parseEnum } from '../enum'

/* A rule of the Basic Edition, between SWR's shape and the console's (docs/swr-api.md section 11). */

const exceptionKinds = ['label', 'regexp'] as const

type Wire = BasicRetention['rules'][number]

const keys: Readonly<Record<BasicTemplate, 'days' | 'num'>> = { date_rule: 'days', tag_rule: 'num' }
export const mostOf: Readonly<Record<BasicTemplate, number>> = { date_rule: 365, tag_rule: 1000 }

/** Numbers are texts on the wire; a number is read as well. */
function amountOf(value: unknown, largest: number): number | null {
  const amount = typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value
  return typeof amount === 'number' && Number.isInteger(amount) && amount >= 1 && amount <= largest ? amount : null
}

/** Whether an object says more than we know of. What is null says nothing. */
const saysMore = (object: object, known: readonly string[]) =>
  Object.entries(object).some(([name, value]) => value != null && !known.includes(name))

/** Null where it says what the console does not know: it is shown, and never written over. */
function readRule(rule: Wire): BasicRule | null {
  const { template: said, params = {}, tag_selectors } = rule
  const template = parseEnum(basicTemplates, said)
  if (template === undefined || saysMore(rule, ['template', 'params', 'tag_selectors'])) return null
  // Such a property may turn an exception into its opposite, as `decoration` does in the Enterprise Edition.
  if (tag_selectors.some((selector) => saysMore(selector, ['kind', 'pattern']))) return null
  const amount = amountOf(params[keys[template]], mostOf[template])
  if (amount === null || saysMore(params, [keys[template]])) return null
  const exceptions = tag_selectors.flatMap(({ kind: word, pattern }) => {
    const kind = parseEnum(exceptionKinds, word)
    return kind && pattern ? [{ kind, pattern }] : []
  })
  return exceptions.length === tag_selectors.length ? { template, amount, exceptions } : null
}

export function readRetention({ algorithm, rules }: BasicRetention): BasicRule | null {
  const [rule, ...more] = rules
  return rule && more.length === 0 && (algorithm ?? 'or') === 'or' ? readRule(rule) : null
}

/** As it goes to SWR. */
export const toBasicBody = ({ template, amount, exceptions }: BasicRule) => ({
  algorithm: 'or' as const,
  rules: [{ template, params: { [keys[template]]: String(amount) }, tag_selectors: [...exceptions] }],
})

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  )
}

/** What decides in all that SWR holds of a repository, the same text for the same rules. */
export const basicContent = (retentions: readonly BasicRetention[]): string =>
  JSON.stringify(retentions.map(({ id, algorithm, rules }) => sorted({ id, algorithm, rules })))
