'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { byKind } from '@/components/findings/by-kind'
import { whileReading } from '@/components/findings/polling'
import { type Severity, severities, severityOf } from '@/components/findings/severity'
import { FindingsUnread } from '@/components/findings/unread'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { filterChipClass } from '@/components/table/filter-chip'
import { FilterSelect } from '@/components/table/filter-select'
import { Refresh } from '@/components/table/refresh'
import { UnknownParams } from '@/components/table/unknown-params'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Skeleton } from '@/components/ui/skeleton'
import type { Findings } from '@/lib/contract/console/checks'
import { apiPolling } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { CheckGroup } from '../findings/group'
import { MuteButton } from './mute-button'
import { MutedFindings } from './muted-findings'
import { checkAddress, checkListInput } from './search-params'

// The navigation shows the number of findings for as long as this tab is open.
const gcTime = Number.POSITIVE_INFINITY

/** What policies, registries and retention of an instance do to each other. */
export function CheckList({ at }: { at: InstanceLocation }) {
  const t = useTranslations('checks')
  const query = useQuery({ ...apiPolling('checkList', checkListInput(at)), refetchInterval: whileReading, gcTime })
  const { data, error } = query
  return (
    <>
      <InstanceCrumbs
        at={at}
        title={t('title')}
        lead={t('lead')}
        actions={
          <Refresh
            at={data ? Date.parse(data.at) : 0}
            busy={query.isFetching || data?.refreshing === true}
            onRefresh={() => query.refetch()}
          />
        }
      />
      <p className="mb-3 text-ink-2">{data ? t('looked', data.looked) : <Skeleton className="w-80 max-w-full" />}</p>
      <UnknownParams parsers={checkAddress} />
      {error && (
        <div className="mb-3">
          <ProblemPanel error={error} retry={() => query.refetch()} />
        </div>
      )}
      {data && <FindingsUnread findings={data} className="mb-4" />}
      {data ? <Groups at={at} findings={data} /> : !error && <Waiting />}
    </>
  )
}

function Groups({ at, findings }: { at: InstanceLocation; findings: Findings }) {
  const t = useTranslations('checks')
  const c = useTranslations('common')
  const [view, setView] = useQueryStates(checkAddress, { history: 'push' })
  const { complete } = findings
  const open = findings.findings.filter(({ muted }) => muted === null)
  const accepted = findings.findings.filter(({ muted }) => muted !== null)
  if (open.length === 0)
    return (
      <>
        <div className="rounded-lg border border-line bg-surface">
          <Empty title={t(complete ? 'nothing.title' : 'nothing.partly')}>
            {accepted.length === 0 && t(complete ? 'nothing.text' : 'nothing.partlyText')}
          </Empty>
        </div>
        <MutedFindings at={at} findings={accepted} />
      </>
    )
  const kinds = byKind(open)
  const shown = kinds
    .filter(([kind]) => (view.severity ?? severityOf(kind)) === severityOf(kind) && (view.kind ?? kind) === kind)
    // What is serious stands first, each in the order of the server.
    .toSorted(([a], [b]) => severities.indexOf(severityOf(a)) - severities.indexOf(severityOf(b)))
  const count = (severity: Severity) =>
    kinds.reduce((sum, [kind, of]) => sum + (severityOf(kind) === severity ? of.length : 0), 0)
  const isNarrowed = view.severity !== null || view.kind !== null
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-2 print:hidden">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would have to look like one */}
        <div role="group" aria-label={t('severity.label')} className="flex flex-wrap gap-2">
          {severities.map((severity) => (
            <button
              key={severity}
              type="button"
              aria-pressed={view.severity === severity}
              className={filterChipClass(view.severity === severity)}
              onClick={() => setView({ severity: view.severity === severity ? null : severity })}
            >
              {t('severity.count', { severity: t(`severity.${severity}`), count: count(severity) })}
            </button>
          ))}
        </div>
        <FilterSelect
          label={t('kindLabel')}
          any={t('kindFilter')}
          options={kinds.map(([kind]) => ({ value: kind, label: t(`kind.${kind}.title`) }))}
          chosen={view.kind}
          onChoose={(kind) => setView({ kind })}
        />
        {isNarrowed && (
          <Button look="ghost" onClick={() => setView(null)}>
            {c('clearFilters')}
          </Button>
        )}
      </div>
      {shown.length === 0 && (
        <div className="rounded-lg border border-line bg-surface">
          <Empty title={t('noneFits')} />
        </div>
      )}
      {shown.map(([kind, of]) => (
        <CheckGroup
          key={kind}
          at={at}
          kind={kind}
          findings={of}
          act={(finding) => <MuteButton at={at} finding={finding} />}
        />
      ))}
      <MutedFindings at={at} findings={accepted} />
      {findings.more > 0 && <p className="text-ink-2">{t('more', { count: findings.more })}</p>}
    </>
  )
}

function Waiting() {
  return (
    <div className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-4">
      <Skeleton className="h-4 w-60" />
      <Skeleton className="w-full" />
      <Skeleton className="w-2/3" />
    </div>
  )
}
