'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Status } from '@/components/ui/status'
import type { RetentionRun } from '@/lib/contract/console/retention-runs'
import { restoreState } from './state'

const kinds = { moving: 'busy', done: 'ok', partly: 'warn', none: 'bad' } as const

/** How far what was asked to come back has come, over all restores of the run; nothing before the first. */
export function RestoreProgress({
  restores,
  onShowFailed,
}: Pick<RetentionRun, 'restores'> & { onShowFailed: () => void }) {
  const t = useTranslations('retentionRuns.restores')
  const state = restoreState(restores)
  const { done, failed, waiting } = restores
  return (
    <div className={state === null ? undefined : 'mb-3 rounded-lg border border-line bg-surface px-3.5 py-2.5'}>
      {/* Told when it begins and ends, and not for each image. */}
      <div role="status">{state && <Status kind={kinds[state]}>{t(`state.${state}`)}</Status>}</div>
      {state && (
        <p className="mt-0.5 text-ink-2 text-sm tabular-nums">
          {t('count', { done, failed, total: done + failed + waiting })}
        </p>
      )}
      {failed > 0 && (
        <Button className="mt-2" onClick={onShowFailed}>
          {t('show')}
        </Button>
      )}
    </div>
  )
}
