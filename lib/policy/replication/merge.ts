import { merge3, type Question } from '../diff/merge3'
import { type ReplicationDraft, withScope } from './form'

/** What a replication policy is asked, question by question. */
export const replicationQuestions = [
  { name: 'name', fields: ['name'] },
  { name: 'description', fields: ['description'] },
  { name: 'remote', fields: ['direction', 'registry'] },
  { name: 'names', fields: ['scope', 'namePattern'] },
  { name: 'tags', fields: ['tagPattern', 'tagExcluded'] },
  { name: 'others', fields: ['others'] },
  { name: 'namespace', fields: ['destNamespace'] },
  { name: 'when', fields: ['trigger', 'cron'] },
  { name: 'override', fields: ['override'] },
  { name: 'enabled', fields: ['enabled'] },
] as const satisfies readonly Question<ReplicationDraft>[]

export type ReplicationQuestion = (typeof replicationQuestions)[number]['name']

/** Both sides have their names as text (`asText`); the result is a draft for the form again. */
export function mergeReplication(
  sides: { now: ReplicationDraft; mine: ReplicationDraft },
  taken: readonly Question<ReplicationDraft>[],
): ReplicationDraft {
  const draft = merge3(sides, taken)
  return withScope(draft, draft.scope)
}
