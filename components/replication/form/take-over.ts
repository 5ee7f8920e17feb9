import type { ReplicationDraft } from '@/lib/policy/replication/form'
import type { ReplicationFormApi } from '../../match/replication-form-api'

/** Puts the fields that hang together into the form after one of them has changed; what was wrong with them is over. */
export function takeOver({ setValue, clearErrors }: ReplicationFormApi, next: ReplicationDraft) {
  const typed = { shouldDirty: true }
  setValue('direction', next.direction, typed)
  setValue('scope', next.scope, typed)
  setValue('namePattern', next.namePattern, typed)
  setValue('repositories', next.repositories, typed)
  setValue('trigger', next.trigger, typed)
  clearErrors(['scope', 'namePattern', 'repositories', 'trigger'])
}
