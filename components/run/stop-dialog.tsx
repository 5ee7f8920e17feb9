'use client'

import { useTranslations } from 'next-intl'
import { Confirm } from '@/components/shell/confirm'
import type { Run } from '@/lib/contract/swr/runs'
import { useApiWrite } from '@/lib/query/client'
import type { RunPlace } from './search-params'

export function StopDialog({ at, run, onClose }: { at: RunPlace; run: Run; onClose: () => void }) {
  const t = useTranslations('run')
  const stop = useApiWrite('executionStop', { stale: ['executionList'] })
  const confirm = () =>
    stop.mutate(
      { params: { connection: at.connection, instance_id: at.instance, execution_id: String(at.execution) } },
      { onSuccess: () => onClose() },
    )
  return (
    <Confirm
      title={t('stop.title', { id: String(at.execution) })}
      act={{ label: t('stop.confirm'), look: 'danger' }}
      mutation={stop}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{t('stop.text')}</p>
      {run.complete && <p className="mt-2 text-ink-2">{t('stop.waits', { count: run.tags.waiting })}</p>}
    </Confirm>
  )
}
