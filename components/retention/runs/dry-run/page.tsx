'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { between, useTook } from '@/components/run/duration'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { Ago } from '@/components/shell/relative-time'
import { useTabTitle } from '@/components/shell/tab-title'
import { buttonClass } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { Status, type StatusKind } from '@/components/ui/status'
import type { DryRun } from '@/lib/contract/console/retention-runs'
import type { DryRunState } from '@/lib/contract/console/retention-vocabulary'
import { problemOfRead } from '@/lib/contract/problem'
import { apiPolling } from '@/lib/query/client'
import type { RetentionLocation } from '@/lib/routes'
import { useRunPolicy } from '../crumbs'
import { dryRunInput, pollDryRun } from '../queries'
import { DryRunButton, RunNowButton } from '../start'
import { DryRunNotes } from './notes'
import { Verdicts } from './verdicts'

const kinds = { running: 'busy', done: 'ok', failed: 'bad' } as const satisfies Record<DryRunState, StatusKind>

/** What SWR says a run would delete, image by image, beside what the console says. */
export function DryRunPage({ place, id }: { place: RetentionLocation; id: number }) {
  const t = useTranslations('retentionRuns.dryRun')
  const query = useQuery({
    ...apiPolling('retentionDryRunShow', dryRunInput(place, id)),
    refetchInterval: ({ state }) => pollDryRun(state),
  })
  const { policy, href, between: crumbs } = useRunPolicy(place)
  const dryRun = query.data?.dryRun
  const name = t('name', { id: String(id) })
  useTabTitle(dryRun ? t(`tab.${dryRun.state}`, { id: String(id) }) : null)
  const problem = query.error && problemOfRead(query.error, dryRun !== undefined)
  const failed = problem && (
    <div className="mb-4">
      <ProblemPanel
        error={problem}
        retry={() => query.refetch()}
        action={
          <Link href={href} prefetch={false} className={buttonClass()}>
            {t('toPolicy')}
          </Link>
        }
      />
    </div>
  )
  if (!dryRun)
    return (
      <>
        <InstanceCrumbs at={place} between={crumbs} title={name} />
        {failed ?? <Skeleton className="w-64" />}
      </>
    )
  return (
    <>
      <InstanceCrumbs
        at={place}
        between={crumbs}
        title={name}
        status={<Status kind={kinds[dryRun.state]}>{t(`state.${dryRun.state}`)}</Status>}
        lead={<Lead place={place} dryRun={dryRun} />}
        actions={
          <>
            {dryRun.state !== 'running' && <DryRunButton place={place} />}
            <RunNowButton place={place} />
          </>
        }
      />
      {failed}
      <DryRunNotes place={place} dryRun={dryRun} policy={policy} />
      {dryRun.state === 'done' && <Verdicts key={dryRun.id} place={place} dryRun={dryRun} />}
    </>
  )
}

function Lead({ place: { namespace }, dryRun }: { place: RetentionLocation; dryRun: DryRun }) {
  const t = useTranslations('retentionRuns.dryRun')
  const took = useTook()
  const length = between(dryRun.at, dryRun.endedAt)
  return (
    <>
      {t.rich('started', { name: dryRun.actorName, namespace, ago: () => <Ago time={dryRun.at} /> })}
      {length !== null && ` · ${t('took', { time: took(length) })}`}
    </>
  )
}
