'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCan } from '@/components/context/actor'
import { LeaveQuestion } from '@/components/form/leave-question'
import { useLeaveGuard } from '@/components/form/use-leave-guard'
import { MissingPolicy } from '@/components/history/missing-policy'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { ReasonedButton } from '@/components/shell/permission-button'
import type { Column } from '@/components/table/column'
import { ResourceTable } from '@/components/table/resource-table'
import { SearchField } from '@/components/table/search-field'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Checkbox } from '@/components/ui/input'
import type { Retention } from '@/lib/contract/swr/retention'
import { likenessOf } from '@/lib/policy/retention/apply'
import { apiQuery } from '@/lib/query/client'
import { type InstanceLocation, routes } from '@/lib/routes'
import { TriggerText } from '../../schedule/trigger-text'
import type { RetentionPlace } from '../form/descriptor'
import { useRetentionRows } from '../list/use-rows'
import { RuleSentences } from '../policy/rule-sentence'
import { useRetentionList } from '../use-policy-list'
import { ApplyImpact, ApplyOutcome, LikenessCell } from './cells'
import { ConfirmApply } from './confirm'
import { useApply } from './use-apply'
import type { ApplyPlan, ApplyTarget } from './use-plans'

/** The rules of one policy for other namespaces: which of them differ, what they would lose, and one result for each. */
export function ApplyRetention({ at, place }: { at: InstanceLocation; place: RetentionPlace }) {
  const { data, error, refetch } = useQuery(
    apiQuery('retentionShow', { params: { connection: at.connection, ...place } }),
  )
  const list = useRetentionList(at)
  const object = { ...at, kind: 'retention', objectId: place.policy_id } as const
  if (!data) return <MissingPolicy object={object} list={list} error={error} retry={() => refetch()} />
  return <Choice at={at} own={place.namespace_name} source={data} />
}

function Choice({ at, own, source }: { at: InstanceLocation; own: string; source: Retention }) {
  const t = useTranslations('retention')
  const may = useCan('retentionCreate')
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asked, setAsked] = useState<'chosen' | 'failed' | null>(null)
  const { rows, policies, failed: unread, refetch } = useRetentionRows(at)
  const { results, busy, apply } = useApply(at, source)
  // What has not been written yet would not be any more.
  const guard = useLeaveGuard(busy)
  const name = source.name ?? `#${source.id}`
  const targets = rows
    .flatMap(({ namespace, policy }): ApplyTarget[] =>
      namespace === undefined || namespace === own || (policy !== null && policy.id === undefined)
        ? []
        : [{ namespace, policy }],
    )
    .sort((a, b) => a.namespace.localeCompare(b.namespace, 'en', { numeric: true }))
  const isOpen = ({ namespace, policy }: ApplyTarget) =>
    likenessOf(source, policy) !== 'same' && results.get(namespace)?.state !== 'done'
  const wanted = targets.filter((target) => chosen.has(target.namespace) && isOpen(target))
  const failed = targets.filter((target) => {
    const state = results.get(target.namespace)?.state
    // What came to nothing after all, or to another thing; what took place is the same by now.
    return state === 'failed' || (state === 'unclear' && isOpen(target))
  })
  const without = targets.filter((target) => target.policy === null && isOpen(target))
  const shown = targets.filter(({ namespace }) => namespace.toLowerCase().includes(search.trim().toLowerCase()))
  const choose = (names: readonly string[], on: boolean) =>
    setChosen((before) => new Set(on ? [...before, ...names] : [...before].filter((each) => !names.includes(each))))
  const send = (plans: readonly ApplyPlan[]) => {
    setAsked(null)
    void apply(plans)
  }
  const columns: Column<ApplyTarget>[] = [
    {
      id: 'choose',
      header: t('apply.choose'),
      hiddenHeader: true,
      width: '@table:w-8',
      className: '@max-table:absolute @max-table:top-3 @max-table:right-4',
      cell: (target) => (
        <Checkbox
          aria-label={t('apply.chooseOne', { namespace: target.namespace })}
          checked={chosen.has(target.namespace) && isOpen(target)}
          disabled={busy || !isOpen(target)}
          onChange={(event) => choose([target.namespace], event.target.checked)}
        />
      ),
    },
    {
      id: 'namespace',
      header: t('column.namespace'),
      rowHeader: true,
      width: '@table:w-[20%]',
      className: 'font-medium wrap-anywhere @max-table:pr-12',
      cell: ({ namespace }) => namespace,
    },
    {
      id: 'now',
      header: t('apply.now'),
      cell: ({ policy }) => <LikenessCell likeness={likenessOf(source, policy)} policy={policy} />,
    },
    {
      id: 'impact',
      header: t('apply.impact'),
      labelled: true,
      width: '@table:w-[22%]',
      className: 'tabular-nums',
      cell: (target) =>
        chosen.has(target.namespace) && isOpen(target) && <ApplyImpact at={at} source={source} target={target} />,
    },
    {
      id: 'result',
      header: t('apply.result.title'),
      width: '@table:w-[24%]',
      cell: ({ namespace }) => <ApplyOutcome at={at} namespace={namespace} result={results.get(namespace)} />,
    },
  ]
  return (
    <>
      <InstanceCrumbs
        at={at}
        between={[
          { label: t('title'), href: routes.retention(at) },
          { label: name, href: routes.retentionPolicy(at, own, Number(source.id)) },
        ]}
        title={t('apply.title', { name })}
        lead={t('lead')}
      />
      <div className="mb-4 rounded-lg border border-line bg-surface p-4">
        <RuleSentences rules={source.rules} />
        <p className="mt-1 text-ink-2">
          <TriggerText trigger={source.trigger} enabled={false} />
        </p>
      </div>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <SearchField value={search} onSearch={setSearch} />
        <Button
          disabled={busy || without.length === 0}
          onClick={() =>
            choose(
              without.map(({ namespace }) => namespace),
              true,
            )
          }
        >
          {t('apply.allWithout', { count: without.length })}
        </Button>
        <span className="flex-1" />
        {failed.length > 0 && !busy && (
          <Button onClick={() => setAsked('failed')}>{t('apply.again', { count: failed.length })}</Button>
        )}
        <ReasonedButton
          look="primary"
          reason={may.reason ?? (busy ? t('apply.busy') : wanted.length === 0 ? t('apply.chooseFirst') : undefined)}
          onClick={() => setAsked('chosen')}
        >
          {t('apply.act', { count: wanted.length })}
        </ReasonedButton>
      </div>
      {unread && (
        <div className="mb-3">
          <ProblemPanel error={unread} retry={refetch} />
        </div>
      )}
      <ResourceTable
        label={t('apply.label')}
        columns={columns}
        rows={shown}
        rowId={({ namespace }) => namespace}
        query={policies}
        isMarked={(target) => chosen.has(target.namespace) && isOpen(target)}
        empty={<Empty title={t('apply.none')} />}
      />
      <p role="status" className="sr-only">
        {results.size > 0 &&
          t('apply.said', {
            done: [...results.values()].filter(({ state }) => state === 'done').length,
            failed: failed.length,
            total: results.size,
          })}
      </p>
      <LeaveQuestion guard={guard} words={{ title: t('apply.leave.title'), text: t('apply.leave.text') }} />
      {asked && (
        <ConfirmApply
          at={at}
          source={source}
          targets={asked === 'failed' ? failed : wanted}
          onConfirm={send}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  )
}
