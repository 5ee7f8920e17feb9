'use client'

import { useTranslations } from 'next-intl'
import { PartialRunExplanation, useRoom } from '@/components/partial-run/explanation'
import { insteadOfPart, WholeRun } from '@/components/partial-run/run-whole'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { notify } from '@/components/ui/toast-store'
import type { RetryPlan } from '@/lib/contract/console/retry'
import { useApiWrite } from '@/lib/query/client'
import type { RunPlace } from '../run/search-params'
import { showPartialRuns } from './list'
import { AgainList } from './retry-list'

/** Says what is copied again, what is left out and how it is done, and starts it; the whole policy where it cannot be done. */
export function AgainDialog({ at, plan, onClose }: { at: RunPlace; plan: RetryPlan; onClose: () => void }) {
  const t = useTranslations('partialRun.again')
  const s = useTranslations('partialRun')
  const c = useTranslations('common')
  const room = useRoom(at)
  const start = useApiWrite('partialRunStart', { stale: ['partialRunList', 'retryPlanShow'] })
  const { again, repositories, parts, left, complete } = plan
  const whole = parts.filter((part) => part.whole).length
  const code = start.error?.problem.code
  const impossible = room?.free === 0 || (code !== undefined && insteadOfPart.includes(code))
  const confirm = () =>
    start.mutate(
      {
        params: { connection: at.connection, instance_id: at.instance, policy_id: String(at.policy) },
        body: { execution: at.execution },
      },
      {
        onSuccess: () => {
          notify({
            tone: 'ok',
            text: t('started', { id: String(at.execution) }),
            action: { label: s('list.show'), run: () => void showPartialRuns() },
          })
          onClose()
        },
      },
    )
  return (
    <Dialog title={t('title', { count: again })} onClose={onClose}>
      <p>{t('what', { tags: again - whole, whole, repositories })}</p>
      <AgainList plan={plan} />
      {left.length > 0 && (
        <Note tone="warn" className="mt-3">
          <h3>{t('leftOut')}</h3>
          <ul className="list-disc pl-4">
            {left.map(({ reason, count, examples }) => (
              <li key={reason} className="wrap-anywhere">
                {s(`leftOut.${reason}`, { count })} <span className="font-mono text-xs">{examples.join(', ')}</span>
              </li>
            ))}
          </ul>
        </Note>
      )}
      {!complete && <p className="mt-2 text-ink-2 text-sm">{t('incomplete')}</p>}
      <PartialRunExplanation parts={repositories} room={room} />
      {start.error && (
        <div className="mt-3">
          <ProblemPanel error={start.error} />
        </div>
      )}
      {impossible && <WholeRun at={at} policy={at.policy} onStarted={onClose} />}
      <DialogFoot>
        <Button onClick={onClose}>{c('cancel')}</Button>
        {!impossible && (
          <Button
            look="primary"
            aria-busy={start.isPending}
            // Truly disabled it would lose the focus of whoever pressed it.
            aria-disabled={start.isPending}
            onClick={() => start.isPending || confirm()}
          >
            {t('confirm', { count: again })}
          </Button>
        )}
      </DialogFoot>
    </Dialog>
  )
}
