import type { FieldPath } from 'react-hook-form'
import { fieldByPath } from '@/components/form/edit/field-by-path'
import type { EditKind, EditRequests } from '@/components/form/edit/kind'
import type { Replication, ReplicationBody } from '@/lib/contract/swr/replication'
import {
  asText,
  blankReplication,
  type ReplicationDraft,
  type ReplicationValues,
  replicationForm,
  toBody,
  toForm,
} from '@/lib/policy/replication/form'
import { mergeReplication, type ReplicationQuestion, replicationQuestions } from '@/lib/policy/replication/merge'
import { toRequest } from '@/lib/policy/replication/request'
import { useApiWrite, useFreshRead } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import type { ReplicationFormApi } from '../../match/replication-form-api'

const simple = fieldByPath<FieldPath<ReplicationDraft>>([
  [/^name$/, 'name'],
  [/^description$/, 'description'],
  [/^(src|dest)_registry(\.|$)/, 'registry'],
  [/^dest_namespace$/, 'destNamespace'],
  [/^repo_scope_mode$/, 'scope'],
  [/^trigger(\.type)?$/, 'trigger'],
  [/^trigger\.trigger_settings(\.cron)?$/, 'cron'],
])

/** Filters have no names: which field shows one depends on what was sent, and on how repositories are chosen. */
export function fieldOfPath(
  path: string,
  { direction, scope }: Pick<ReplicationDraft, 'direction' | 'scope'>,
  body: Pick<ReplicationBody, 'filters'> | null,
): FieldPath<ReplicationDraft> | undefined {
  const names = direction === 'push' && scope === 'selection' ? 'repositories' : 'namePattern'
  if (path === 'body.filters') return names
  const index = /^body\.filters\.(\d+)(\.|$)/.exec(path)?.[1]
  if (index === undefined) return simple(path)
  const filters = body?.filters ?? []
  const type = filters[Number(index)]?.type
  // The first name and the first tag have fields of their own; what stands beside them was read and is listed apart.
  if (filters.findIndex((filter) => filter.type === type) !== Number(index)) return 'others'
  return type === 'name' ? names : type === 'tag' ? 'tagPattern' : 'others'
}

export const replicationKind: EditKind<
  Replication,
  ReplicationDraft,
  ReplicationValues,
  ReplicationBody,
  ReplicationQuestion
> = {
  kind: 'replication',
  schema: replicationForm,
  blank: blankReplication,
  toForm,
  toBody: toBody,
  toRequest: toRequest,
  fieldOfPath,
  serverFields: ['asRead'],
  questions: replicationQuestions,
  // Picked repositories depend on the direction: as text, sides can be compared and mixed.
  toSide: asText,
  merge: mergeReplication,
}

export function useReplicationRequests({
  connection,
  instance,
}: InstanceLocation): EditRequests<Replication, ReplicationBody> {
  const read = useFreshRead()
  const params = { connection, instance_id: instance }
  const paramsOf = (policy: Replication) => ({ ...params, policy_id: String(policy.id) })
  const create = useApiWrite('replicationCreate', { stale: ['replicationList'] })
  const update = useApiWrite('replicationUpdate', { stale: ['replicationList', 'replicationShow'] })
  return {
    send: async (body, original, options) =>
      original === undefined
        ? await create.mutateAsync({ params, body, ...options })
        : {
            ...(await update.mutateAsync({
              params: paramsOf(original),
              ifMatch: original.content_hash,
              body,
              ...options,
            })),
            ...(original.id !== undefined && { id: original.id }),
          },
    read: (original) => read('replicationShow', { params: paramsOf(original) }),
    taken: {
      code: 'name_taken',
      check: async (name, original) => {
        const query = { offset: 0, limit: 100, name }
        const found = await read('replicationList', { params, query }).catch(() => undefined)
        return found?.policies.some((other) => other.name === name && other.id !== original?.id) ?? false
      },
    },
  }
}

/** Puts the fields that hang together into the form after one of them has changed; what was wrong with them is over. */
export function setDependentFields({ setValue, clearErrors }: ReplicationFormApi, next: ReplicationDraft) {
  const typed = { shouldDirty: true }
  setValue('direction', next.direction, typed)
  setValue('scope', next.scope, typed)
  setValue('namePattern', next.namePattern, typed)
  setValue('repositories', next.repositories, typed)
  setValue('trigger', next.trigger, typed)
  clearErrors(['scope', 'namePattern', 'repositories', 'trigger'])
}
