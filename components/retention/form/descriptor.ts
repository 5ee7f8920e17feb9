import type { Control, FieldPath, UseFormReturn } from 'react-hook-form'
import { fieldByPath } from '@/components/form/edit/field-by-path'
import type { EditKind, EditRequests } from '@/components/form/edit/kind'
import { ProblemError, problemOf } from '@/lib/contract/problem'
import type { Retention, RetentionBody } from '@/lib/contract/swr/retention'
import type { SwrInput } from '@/lib/contract/swr/schemas'
import {
  blankRetention,
  type RetentionDraft,
  type RetentionValues,
  retentionForm,
  toBody,
  toForm,
} from '@/lib/policy/retention/form'
import { mergeRetention, type RetentionQuestion, retentionQuestions } from '@/lib/policy/retention/merge'
import { refusedRule } from '@/lib/policy/retention/refused-rule'
import { toRequest } from '@/lib/policy/retention/request'
import { effectOfSaving, settled, withoutArming } from '@/lib/policy/retention/saving'
import { useApiWrite, useFreshRead } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { armingInput } from '../arming'
import { retentionReads } from '../stale-reads'

/** Where SWR keeps a policy. */
export type RetentionPlace = SwrInput<'retentionShow'>['params']

export type RetentionControl = Control<RetentionDraft, unknown, RetentionValues>
export type RetentionFormApi = UseFormReturn<RetentionDraft, unknown, RetentionValues>

const ruleParts = [
  [/^template$/, 'template'],
  [/^params(\.\w+)?$/, 'amount'],
  [/^tag_selectors\.0\.decoration$/, 'tagDecoration'],
  [/^tag_selectors\.0\.pattern$/, 'tagPattern'],
  [/^scope_selectors\.repository\.0\.pattern$/, 'repositoryPattern'],
  [/^repo_scope_mode$/, 'scope'],
] as const

const policyField = fieldByPath<'name' | 'enabled' | 'cron' | 'trigger' | 'rules'>([
  [/^name$/, 'name'],
  [/^enabled$/, 'enabled'],
  [/^rules$/, 'rules'],
  [/^trigger\.trigger_settings(\.cron)?$/, 'cron'],
  [/^trigger(\.type)?$/, 'trigger'],
])

/** Where what the server says of a path is shown: of a rule that no field of it is about, at the rule. */
export function fieldOfPath(path: string): FieldPath<RetentionDraft> | undefined {
  const [, index, part] = /^body\.rules\.(\d+)(?:\.(.+))?$/.exec(path) ?? []
  if (index === undefined) return policyField(path)
  const [, field = 'origin'] = ruleParts.find(([pattern]) => pattern.test(part ?? '')) ?? []
  return `rules.${Number(index)}.${field}`
}

export const retentionKind: EditKind<Retention, RetentionDraft, RetentionValues, RetentionBody, RetentionQuestion> = {
  kind: 'retention',
  schema: retentionForm,
  blank: blankRetention,
  toForm,
  toBody,
  toRequest,
  fieldOfPath,
  serverFields: ['asRead', 'unsupported'],
  questions: retentionQuestions,
  merge: mergeRetention,
}

/** SWR's answer to several rules, in its own words, put to the rule that it is about. */
function atItsRule(error: unknown, { rules }: RetentionBody): unknown {
  const problem = problemOf(error)
  const place = refusedRule(problem, rules.length)
  if (place === null) return error
  const words = [problem.swr?.message, problem.swr?.code, problem.requestId].filter(Boolean).join(' · ')
  return new ProblemError({ status: 422, code: 'invalid_request', fields: { [`body.rules.${place}`]: words } })
}

/** A policy is made, and changed, in its namespace. */
export function useRetentionRequests(
  { connection, instance }: InstanceLocation,
  namespace: string,
): EditRequests<Retention, RetentionBody> {
  const read = useFreshRead()
  const params = { connection, instance_id: instance, namespace_name: namespace }
  const paramsOf = (policy: Retention) => ({ ...params, policy_id: String(policy.id) })
  const create = useApiWrite('retentionCreate', { stale: ['retentionList'] })
  const update = useApiWrite('retentionUpdate', { stale: retentionReads })
  const write: EditRequests<Retention, RetentionBody>['send'] = async (body, original, options) =>
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
        }
  return {
    send: (body, original, options) =>
      write(body, original, options).catch((error: unknown) => {
        throw atItsRule(error, body)
      }),
    settle: async (wanted, original) => {
      // Something new repeats no policy that is on, also in the place of one that is gone.
      const body = withoutArming(wanted, original)
      if (original?.id === undefined || effectOfSaving(body, original) !== 'switched_off') return { body }
      const place = { connection, instance, namespace, policy: original.id }
      return settled(body, await read('retentionArmingShow', armingInput(place, body)).catch(() => null))
    },
    read: (original) => read('retentionShow', { params: paramsOf(original) }),
  }
}
