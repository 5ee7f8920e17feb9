'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCan } from '@/components/context/actor'
import { Confirm } from '@/components/shell/confirm'
import { GatedButton, ReasonedButton } from '@/components/shell/permission-button'
import { notify } from '@/components/ui/toast-store'
import type { CellState } from '@/lib/contract/console/sync-vocabulary'
import { problemOf } from '@/lib/contract/problem'
import { useApiWrite } from '@/lib/query/client'
import { countOf, type JobAnswer, jobInput } from './cells'
import { JobExport } from './job-export'

/** Sends cells of a job once more; a refusal is told as a notice, because what was pressed may be gone by then. */
export function useRetry(connection: string, job: number) {
  const p = useTranslations('problem')
  const retry = useApiWrite('syncJobRetry', { stale: ['syncJobShow', 'syncJobList'] })
  const { params } = jobInput(connection, job)
  return {
    isPending: retry.isPending,
    send: (body: { states: CellState[] } | { cells: number[] }) =>
      retry.isPending ||
      retry.mutate(
        { params, body },
        { onError: (error) => notify({ tone: 'bad', text: p(`${problemOf(error).code}.title`) }) },
      ),
  }
}

/** Pause, go on, cancel the rest, send again, take with you. */
export function JobActs({ connection, answer }: { connection: string; answer: JobAnswer }) {
  const t = useTranslations('sync.job')
  const p = useTranslations('problem')
  const { job } = answer
  const [canceling, setCanceling] = useState(false)
  const { params } = jobInput(connection, job.id)
  const stale = ['syncJobShow', 'syncJobList'] as const
  const pause = useApiWrite('syncJobPause', { stale })
  const resume = useApiWrite('syncJobResume', { stale })
  const cancel = useApiWrite('syncJobCancel', { stale })
  const retry = useRetry(connection, job.id)
  const can = useCan('syncJobRetry')
  const isBusy = pause.isPending || resume.isPending
  const told = { onError: (error: unknown) => notify({ tone: 'bad', text: p(`${problemOf(error).code}.title`) }) }
  const again = (
    [
      ['failed', ['failed', 'missing']],
      ['unknown', ['unknown']],
    ] as const
  ).filter(([, states]) => countOf(job, ...states) > 0)
  return (
    <>
      {again.map(([kind, states]) => (
        <ReasonedButton
          key={kind}
          look={kind === 'failed' ? 'primary' : 'plain'}
          reason={can.reason}
          aria-disabled={retry.isPending}
          onClick={() => retry.send({ states: [...states] })}
        >
          {t(`again.${kind}`, { count: countOf(job, ...states) })}
        </ReasonedButton>
      ))}
      {job.state === 'running' && (
        <GatedButton
          operation="syncJobPause"
          aria-disabled={isBusy}
          onClick={() => isBusy || pause.mutate({ params }, told)}
        >
          {t('pause')}
        </GatedButton>
      )}
      {job.state === 'paused' && (
        <GatedButton
          operation="syncJobResume"
          look="primary"
          aria-disabled={isBusy}
          onClick={() => isBusy || resume.mutate({ params }, told)}
        >
          {t('resume')}
        </GatedButton>
      )}
      {(job.state === 'running' || job.state === 'paused') && (
        <GatedButton operation="syncJobCancel" look="danger" onClick={() => setCanceling(true)}>
          {t('cancel')}
        </GatedButton>
      )}
      <JobExport answer={answer} />
      {canceling && (
        <Confirm
          title={t('cancelTitle', { count: countOf(job, 'waiting') })}
          act={{ label: t('cancelAct', { count: countOf(job, 'waiting') }), look: 'danger' }}
          mutation={cancel}
          onConfirm={() => cancel.mutate({ params }, { onSuccess: () => setCanceling(false) })}
          onClose={() => setCanceling(false)}
        >
          <p>{t('cancelText')}</p>
        </Confirm>
      )}
    </>
  )
}
