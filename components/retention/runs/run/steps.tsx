'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { Status, type StatusKind } from '@/components/ui/status'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { RetentionRun } from '@/lib/contract/console/retention-runs'
import { mayHaveDeleted, type Step, steps, stepsOf } from './state'

/** Where a run stands, and the numbers of each step. */
export function RunSteps({ run }: { run: RetentionRun }) {
  const t = useTranslations('retentionRuns.steps')
  const shown = stepsOf(run)
  return (
    <section aria-label={t('label')} className="mb-4 rounded-lg border border-line bg-surface">
      <ol className="grid divide-y divide-line @table:grid-flow-col @table:auto-cols-fr @table:divide-x @table:divide-y-0">
        {shown.map((step) => {
          const kind = kindOf(run, step)
          return (
            <li
              key={step}
              aria-current={kind === 'busy' ? 'step' : undefined}
              className={clsx('px-3.5 py-2.5', kind === 'off' && 'text-ink-3')}
            >
              <Status kind={kind}>{t(`name.${step}`)}</Status>
              <StepText run={run} step={step} />
            </li>
          )
        })}
      </ol>
    </section>
  )
}

/** What a run that was ended early has come to; `done` where it went through. */
function reached({ state, block, aboveCeiling, confirmed, copies, execution }: RetentionRun): Step {
  switch (state) {
    case 'checking':
    case 'waiting':
    case 'copying':
    case 'deleting':
    case 'done':
      return state
    case 'unknown':
      return 'deleting'
    default:
      if (execution !== null) return 'deleting'
      if (block === 'copy_failed' || copies.done + copies.failed > 0) return 'copying'
      return aboveCeiling && confirmed === null ? 'waiting' : 'checking'
  }
}

function kindOf(run: RetentionRun, step: Step): StatusKind {
  const { state } = run
  const [at, here] = [steps.indexOf(reached(run)), steps.indexOf(step)]
  if (here > at) return 'off'
  if (here < at || state === 'done') return 'ok'
  if (state === 'refused' || state === 'failed') return 'bad'
  if (state === 'unknown' || state === 'waiting') return 'warn'
  return state === 'canceled' ? 'off' : 'busy'
}

function StepText({ run, step }: { run: RetentionRun; step: Step }) {
  const t = useTranslations('retentionRuns.steps')
  const bytes = useBytes()
  const { copies, deleted, planned } = run
  const amount = ({ images, tags, bytes: size }: RetentionRun['planned']) => ({ images, tags, size: bytes(size) })
  return (
    <p className="mt-0.5 text-ink-2 text-sm tabular-nums">
      {step === 'checking' && t('planned', amount(planned))}
      {step === 'waiting' && (run.confirmed ? t('confirmed', { name: run.confirmed.name }) : t('unconfirmed'))}
      {step === 'copying' && t('copies', copies)}
      {step === 'deleting' && t(run.state === 'deleting' ? 'deleting' : 'irrevocable')}
      {step === 'done' &&
        (run.state === 'done' || deleted.images > 0
          ? t('deleted', amount(deleted))
          : t(mayHaveDeleted(run) ? 'unknown' : 'notYet'))}
    </p>
  )
}
