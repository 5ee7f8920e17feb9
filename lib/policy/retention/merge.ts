import { merge3, type Question, type Sides } from '../diff/merge3'
import type { RetentionDraft } from './form'

/** What a retention policy is asked, question by question. Rules keep together: taken apart they could delete what both sides keep. */
export const retentionQuestions = [
  { name: 'name', fields: ['name'] },
  { name: 'rules', fields: ['rules'] },
  { name: 'when', fields: ['trigger', 'cron'] },
  { name: 'enabled', fields: ['enabled'] },
] as const satisfies readonly Question<RetentionDraft>[]

export type RetentionQuestion = (typeof retentionQuestions)[number]['name']

/** The place that a rule which was read has among the rules as they are now; null: it is a new one. */
function placeNow(origin: number | null, { opened, now }: Pick<Sides<RetentionDraft>, 'opened' | 'now'>) {
  const [before, after] = [opened.asRead.rules, now.asRead.rules]
  if (origin === null || before.length === after.length) return origin
  const text = JSON.stringify(before[origin])
  const found = after.findIndex((rule) => JSON.stringify(rule) === text)
  return found === -1 ? null : found
}

export function mergeRetention(
  sides: Sides<RetentionDraft>,
  taken: readonly Question<RetentionDraft>[],
): RetentionDraft {
  const draft = merge3(sides, taken)
  if (!taken.some(({ fields }) => fields.includes('rules'))) return draft
  return { ...draft, rules: draft.rules.map((rule) => ({ ...rule, origin: placeNow(rule.origin, sides) })) }
}
