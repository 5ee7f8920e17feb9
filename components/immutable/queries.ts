import { createParser } from 'nuqs/server'
import { pagingAddress, searchAddress } from '@/components/table/search-params'
import type { ImmutableRule, ImmutableRuleBody } from '@/lib/contract/swr/immutable-rule'
import { maxPageSize } from '@/lib/contract/vocabulary'
import { useApiWrite, useFreshRead } from '@/lib/query/client'
import type { ApiInput } from '@/lib/query/operations'
import { mostPages } from '@/lib/query/pages-needed'
import { firstNamespaces } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'

const parseAsPanel = createParser<number | 'new'>({
  parse: (text) => (text === 'new' ? text : /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null),
  serialize: String,
})

/** `edit` is the rule whose panel is open. */
export const immutableAddress = { ...pagingAddress, ...searchAddress, edit: parseAsPanel }

/** One of the largest pages of an instance's rules; SWR offers neither a search nor an order for them. */
export const rulePage = ({ connection, instance }: InstanceLocation, page = 0): ApiInput<'immutableRuleList'> => ({
  params: { connection, instance_id: instance },
  query: { offset: page * maxPageSize, limit: maxPageSize },
})

export const namespacePage = (at: InstanceLocation, page: number): ApiInput<'namespaceList'> => ({
  ...firstNamespaces(at),
  query: { offset: page * maxPageSize, limit: maxPageSize },
})

/** Retention policies of the namespace that a rule is of, as many as one answer holds. */
export const retentionInput = (
  { connection, instance }: InstanceLocation,
  { namespace_id }: Pick<ImmutableRule, 'namespace_id'>,
): ApiInput<'retentionList'> => ({
  params: { connection, instance_id: instance },
  query: { offset: 0, limit: maxPageSize, ...(namespace_id !== undefined && { namespace_id }) },
})

/** What a policy would delete without the one rule that a namespace can have. */
export const lossInput = (
  { connection, instance }: InstanceLocation,
  namespace: string,
  policy: number,
): ApiInput<'retentionDecide'> => ({
  params: { connection, instance_id: instance },
  body: {
    ...{ namespace, policy, immutable: [], daysAhead: 0, repositories: 0 },
    view: { filter: 'all', search: '', sort: 'change', order: 'desc', offset: 0, limit: 1 },
  },
})

/** Which tags are held decides what retention deletes; its schedules may be switched off by the same write. */
const stale = [
  'immutableRuleList',
  ...(['retentionList', 'retentionShow', 'retentionLockShow', 'retentionDecide'] as const),
] as const

/** Writes of rules; one that is no longer what was looked at is left as it is (`changed_meanwhile`). */
export function useRuleWrites(at: InstanceLocation) {
  const create = useApiWrite('immutableRuleCreate', { stale })
  const update = useApiWrite('immutableRuleUpdate', { stale })
  const remove = useApiWrite('immutableRuleDelete', { stale })
  const place = { connection: at.connection, instance_id: at.instance }
  const seen = (rule: ImmutableRule, namespace: string) => ({
    params: { ...place, namespace_name: namespace, immutable_rule_id: String(rule.id) },
    ifMatch: rule.content_hash,
  })
  return {
    create: (namespace: string, body: ImmutableRuleBody) =>
      create.mutateAsync({ params: { ...place, namespace_name: namespace }, body }),
    update: (rule: ImmutableRule, namespace: string, body: ImmutableRuleBody) =>
      update.mutateAsync({ ...seen(rule, namespace), body }),
    remove: (rule: ImmutableRule, namespace: string) => remove.mutateAsync(seen(rule, namespace)),
  }
}

/** A rule as SWR has it now, which shows no single one: null where it is gone, or nobody can tell. */
export function useFreshRule(at: InstanceLocation) {
  const read = useFreshRead()
  return async (id: number | undefined): Promise<ImmutableRule | null> => {
    for (let page = 0; page < mostPages; page += 1) {
      const list = await read('immutableRuleList', rulePage(at, page)).catch(() => null)
      const rules = list?.immutable_rules ?? []
      const found = rules.find((rule) => rule.id === id)
      if (found || rules.length < maxPageSize) return found ?? null
    }
    return null
  }
}
