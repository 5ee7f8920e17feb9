import type { Control } from 'react-hook-form'
import { fieldByPath } from '@/components/form/edit/field-by-path'
import type { EditKind, EditRequests } from '@/components/form/edit/kind'
import type { Retention, RetentionBody } from '@/lib/contract/swr/retention'
import type { SwrInput } from '@/lib/contract/swr/schemas'
import { merge3 } from '@/lib/policy/diff/merge3'
import {
  blankRetention,
  type RetentionDraft,
  type RetentionValues,
  retentionForm,
  toBody,
  toForm,
} from '@/lib/policy/retention/form'
import { type RetentionQuestion, retentionQuestions } from '@/lib/policy/retention/merge'
import { toRequest } from '@/lib/policy/retention/request'
import { useApiWrite, useFreshRead } from '@/lib/query/client'

/** Where SWR keeps a policy. */
export type RetentionPlace = SwrInput<'retentionShow'>['params']

export type RetentionControl = Control<RetentionDraft, unknown, RetentionValues>

export const fieldOfPath = fieldByPath<keyof RetentionDraft>([
  [/^name$/, 'name'],
  [/^enabled$/, 'enabled'],
  [/^rules\.0\.template$/, 'template'],
  [/^rules\.0\.params(\.\w+)?$/, 'amount'],
  [/^rules\.0\.tag_selectors\.0\.decoration$/, 'tagDecoration'],
  [/^rules\.0\.tag_selectors\.0\.pattern$/, 'tagPattern'],
  [/^rules\.0\.scope_selectors\.repository\.0\.pattern$/, 'repositoryPattern'],
  [/^rules\.0\.repo_scope_mode$/, 'scope'],
  [/^trigger\.trigger_settings(\.cron)?$/, 'cron'],
  [/^trigger(\.type)?$/, 'trigger'],
])

export const retentionKind: EditKind<Retention, RetentionDraft, RetentionValues, RetentionBody, RetentionQuestion> = {
  kind: 'retention',
  schema: retentionForm,
  blank: blankRetention,
  toForm,
  toBody: toBody,
  toRequest: toRequest,
  fieldOfPath,
  serverFields: ['asRead', 'unsupported'],
  questions: retentionQuestions,
  merge: merge3,
}

/** A policy is changed at its place; the console makes none. */
export function useRetentionRequests(
  connection: string,
  place: RetentionPlace,
): EditRequests<Retention, RetentionBody> {
  const read = useFreshRead()
  const params = { connection, ...place }
  const update = useApiWrite('retentionUpdate', { stale: ['retentionList', 'retentionShow'] })
  return {
    send: (body, original, options) =>
      update.mutateAsync({ params, ifMatch: original?.content_hash ?? '', body, ...options }),
    read: () => read('retentionShow', { params }),
  }
}
