import { createParser } from 'nuqs/server'
import { pageWindow, pagingAddress } from '@/components/table/search-params'
import { maxPageSize } from '@/lib/contract/paging'
import { ProblemError } from '@/lib/contract/problem'
import type { ImmutableRule, ImmutableRuleBody } from '@/lib/contract/swr/immutable-rule'
import { useApiWrite, useFreshRead } from '@/lib/query/client'
import type { ApiInput } from '@/lib/query/operations'
import type { InstanceLocation } from '@/lib/routes'

const parseAsPanel = createParser<number | 'new'>({
  parse: (text) => (text === 'new' ? text : /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null),
  serialize: String,
})

/** `edit` is the rule whose panel is open. */
export const immutableAddress = { ...pagingAddress, edit: parseAsPanel }

export const immutableInput = (
  { connection, instance }: InstanceLocation,
  view: { page: number; size: number },
): ApiInput<'immutableRuleList'> => ({ params: { connection, instance_id: instance }, query: pageWindow(view) })

/** As many as one answer holds: which namespaces have a rule is said of the first hundred. */
export const allRules = (at: InstanceLocation) => immutableInput(at, { page: 1, size: maxPageSize })

const stale = ['immutableRuleList'] as const

/**
 * Writes of rules. SWR shows no single rule: before a write the list of its namespace is read again, and where the rule is not what
 * was looked at nothing is sent (`changed_meanwhile`, `swr_gone`).
 */
export function useRuleWrites(at: InstanceLocation) {
  const read = useFreshRead()
  const create = useApiWrite('immutableRuleCreate', { stale })
  const update = useApiWrite('immutableRuleUpdate', { stale })
  const remove = useApiWrite('immutableRuleDelete', { stale })
  const place = { connection: at.connection, instance_id: at.instance }
  const requireSame = async (rule: ImmutableRule) => {
    const list = await read('immutableRuleList', {
      params: place,
      query: {
        offset: 0,
        limit: maxPageSize,
        ...(rule.namespace_id !== undefined && { namespace_id: rule.namespace_id }),
      },
    })
    const now = list?.immutable_rules.find(({ id }) => id === rule.id)
    if (!now) throw new ProblemError({ status: 404, code: 'swr_gone' })
    if (now.content_hash !== rule.content_hash) throw new ProblemError({ status: 409, code: 'changed_meanwhile' })
  }
  const paramsOf = (rule: ImmutableRule, namespace: string) => ({
    ...place,
    namespace_name: namespace,
    immutable_rule_id: String(rule.id),
  })
  return {
    create: (namespace: string, body: ImmutableRuleBody) =>
      create.mutateAsync({ params: { ...place, namespace_name: namespace }, body }),
    update: async (rule: ImmutableRule, namespace: string, body: ImmutableRuleBody) => {
      await requireSame(rule)
      return update.mutateAsync({ params: paramsOf(rule, namespace), body })
    },
    remove: async (rule: ImmutableRule, namespace: string) => {
      await requireSame(rule)
      return remove.mutateAsync({ params: paramsOf(rule, namespace) })
    },
  }
}
