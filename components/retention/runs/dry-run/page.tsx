'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { between, useTook } from '@/components/run/duration'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Ago } from '@/components/shell/relative-time'
import { useTabTitle } from '@/components/shell/tab-title'
import { Status, type StatusKind } from '@/components/ui/status'
import type { DryRun } from '@/lib/contract/console/retention-runs'
import type { DryRunState } from '@/lib/contract/console/retention-vocabulary'
import { apiPolling } from '@/lib/query/client'
import type { RetentionLocation } from '@/lib/routes'
import { useRunPolicy } from '../crumbs'
import { dryRunInput, pollDryRun } from '../queries'
import { RunFrame } from '../run-frame'
import { DryRunButton, RunNowButton, useDryRunStart } from '../start'
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
  const policy = useRunPolicy(place)
  const dryRun = query.data?.dryRun
  const starting = useDryRunStart(place)
  useTabTitle(dryRun ? t(`tab.${dryRun.state}`, { id: String(id) }) : null)
  return (
    <RunFrame
      place={place}
      policy={policy}
      title={t('name', { id: String(id) })}
      query={query}
      data={dryRun}
      status={({ state }) => <Status kind={kinds[state]}>{t(`state.${state}`)}</Status>}
      lead={(read) => <Lead place={place} dryRun={read} />}
      actions={({ state }) => (
        <>
          {state !== 'running' && <DryRunButton start={starting} />}
          <RunNowButton place={place} />
        </>
      )}
    >
      {(read) => (
        <>
          {starting.error && (
            <div className="mb-4">
              <ProblemPanel error={starting.error} />
            </div>
          )}
          <DryRunNotes place={place} dryRun={read} policy={policy.policy} />
          {read.state === 'done' && <Verdicts key={read.id} place={place} dryRun={read} />}
        </>
      )}
    </RunFrame>
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
