import type { Question } from '../diff/merge3'
import type { RetentionDraft } from './form'

/** What a retention policy is asked, question by question. */
export const retentionQuestions = [
  { name: 'name', fields: ['name'] },
  { name: 'keep', fields: ['template', 'amount'] },
  { name: 'tags', fields: ['tagDecoration', 'tagPattern'] },
  { name: 'names', fields: ['scope', 'repositoryPattern'] },
  { name: 'when', fields: ['trigger', 'cron'] },
  { name: 'enabled', fields: ['enabled'] },
] as const satisfies readonly Question<RetentionDraft>[]

export type RetentionQuestion = (typeof retentionQuestions)[number]['name']
