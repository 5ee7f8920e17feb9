import type { Retention } from '../../contract/swr/retention'
import { largestDays, type RetentionTemplate, retentionTemplates } from '../../contract/vocabulary'
import { parseEnum } from '../enum'

type Rule = Pick<Retention['rules'][number], 'template' | 'params'>

/** Whether a template counts images or days. */
export const unitOf = (template: string): 'images' | 'days' => (template.startsWith('nDays') ? 'days' : 'images')

/** What counts in place of a value that the engine cannot read (docs/swr-api.md section 9). */
const fallback = { images: 10, days: 30 } as const

const dayMs = 86_400_000
const dayNs = 86_400_000_000_000n

/** Milliseconds by which the engine goes back from now, with the overflow that it has. */
export const engineDays = (days: number): number =>
  days <= largestDays ? days * dayMs : -Number(BigInt.asIntN(64, -BigInt(days) * dayNs)) / 1_000_000

/**
 * The number that the engine works with: a fraction is cut off; a text, null or a negative number is not read, and 10 images
 * or 30 days count. Null where the parameter is missing: the run fails and deletes nothing.
 */
export function engineAmount({ params }: Rule, template: RetentionTemplate): number | null {
  if (!params || !Object.hasOwn(params, template)) return null
  const said = params[template]
  const whole = typeof said === 'number' ? Math.trunc(said) : -1
  return whole >= 0 ? whole : fallback[unitOf(template)]
}

/**
 * The amount of a rule, as a person has to be told of it. `fine`: a number that a rule can have. `nothing`: everything that
 * the rule concerns is deleted. `odd`: no value that can be meant, `counts` is what the engine takes for it. `missing`: a run
 * fails. Null where the template is unknown.
 */
export type AmountReading =
  | { readonly kind: 'fine'; readonly amount: number }
  | { readonly kind: 'nothing'; readonly said: string }
  | { readonly kind: 'odd'; readonly said: string; readonly counts: number }
  | { readonly kind: 'missing' }

export function readingOfAmount(rule: Rule): AmountReading | null {
  const template = parseEnum(retentionTemplates, rule.template)
  if (template === undefined) return null
  const counts = engineAmount(rule, template)
  if (counts === null) return { kind: 'missing' }
  const value = rule.params?.[template]
  const said = typeof value === 'string' ? value : JSON.stringify(value)
  const lasting = unitOf(template) === 'days' ? Math.floor(engineDays(counts) / dayMs) : counts
  if (lasting <= 0) return { kind: 'nothing', said }
  // Written as text the same number counts by luck only.
  return lasting === counts && (value === counts || value === String(counts))
    ? { kind: 'fine', amount: counts }
    : { kind: 'odd', said, counts: lasting }
}
