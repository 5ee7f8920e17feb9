'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { Ago } from '@/components/shell/relative-time'
import { useTabTitle } from '@/components/shell/tab-title'
import { Status } from '@/components/ui/status'
import type { RetentionRun } from '@/lib/contract/console/retention-runs'
import { apiPolling } from '@/lib/query/client'
import { type RetentionLocation, routes } from '@/lib/routes'
import { useRunPolicy } from '../crumbs'
import { RetentionFailures } from '../failures'
import { failedView, imageAddress } from '../images/search-params'
import { pollRun, runInput } from '../queries'
import { RunFrame } from '../run-frame'
import { RunActs } from './acts'
import { RunImages } from './images'
import { RunNotes } from './notes'
import { stateKinds } from './state'
import { RunSteps } from './steps'

/** One real run: how far it is, why it was not begun, what it deleted, and what can be brought back. */
export function RetentionRunPage({ place, id }: { place: RetentionLocation; id: number }) {
  const t = useTranslations('retentionRuns.run')
  const query = useQuery({
    ...apiPolling('retentionRunShow', runInput(place, id)),
    refetchInterval: ({ state }) => pollRun(state),
  })
  const policy = useRunPolicy(place)
  const [, setView] = useQueryStates(imageAddress, { history: 'push' })
  const run = query.data?.run
  useTabTitle(run ? t('tab', { id: String(id), state: t(`state.${run.state}`) }) : null)
  return (
    <RunFrame
      place={place}
      policy={policy}
      title={t('name', { id: String(id) })}
      query={query}
      data={run}
      status={({ state }) => <Status kind={stateKinds[state]}>{t(`state.${state}`)}</Status>}
      lead={(read) => <Lead place={place} run={read} />}
      actions={(read) => <RunActs place={place} run={read} />}
    >
      {(read) => (
        <>
          <RunNotes place={place} run={read} />
          <RunSteps run={read} />
          <RetentionFailures failures={query.data?.failures ?? []} onShow={() => setView(failedView)} />
          <RunImages place={place} run={read} readAt={query.dataUpdatedAt} />
        </>
      )}
    </RunFrame>
  )
}

function Lead({ place, run }: { place: RetentionLocation; run: RetentionRun }) {
  const t = useTranslations('retentionRuns.run')
  return (
    <>
      {t.rich('started', { name: run.actorName, namespace: place.namespace, ago: () => <Ago time={run.at} /> })}
      {run.endedAt !== null && <> · {t.rich('ended', { ago: () => <Ago time={run.endedAt ?? undefined} /> })}</>}
      {' · '}
      <Link href={routes.retentionDryRun(place, run.dryRun)} prefetch={false} className="underline hover:text-accent">
        {t('dryRun', { id: String(run.dryRun) })}
      </Link>
      {run.execution !== null && (
        <>
          {' · '}
          <Link
            href={routes.retentionExecution(place, run.execution)}
            prefetch={false}
            className="underline hover:text-accent"
          >
            {t('execution', { id: String(run.execution) })}
          </Link>
        </>
      )}
      {run.confirmed && (
        <> · {t.rich('confirmed', { name: run.confirmed.name, ago: () => <Ago time={run.confirmed?.at} /> })}</>
      )}
      {run.reason && <> · {t('reason', { reason: run.reason })}</>}
    </>
  )
}
