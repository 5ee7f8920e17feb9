'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { useCan } from '@/components/context/actor'
import { ReasonField } from '@/components/form/reason-field'
import { ProblemPanel } from '@/components/shell/error-panel'
import { ReasonedButton } from '@/components/shell/permission-button'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { SyncPlan } from '@/lib/contract/console/sync'
import { useApiWrite } from '@/lib/query/client'
import { routes } from '@/lib/routes'
import { leftAfter } from '../basket/basket'
import type { BasketStore } from '../basket/use-basket'
import { type Choices, heldUpTargets, jobBody, settledImages, totalsOf } from './choices'

const OverwriteDialog = dynamic(() => import('./overwrite-dialog').then((module) => module.OverwriteDialog))

/** As many as one job takes (lib/contract/console/sync.ts). */
const mostCells = 20_000

/** What goes altogether, and the press that starts the job. What overwrites asks first. */
export function SendBar({
  connection,
  plan,
  isOld,
  choices,
  store,
}: {
  connection: string
  plan: SyncPlan
  isOld: boolean
  choices: Choices
  store: BasketStore
}) {
  const t = useTranslations('sync.plan')
  const bytes = useBytes()
  const router = useRouter()
  const can = useCan('syncJobStart')
  const [reason, setReason] = useState('')
  const [asking, setAsking] = useState(false)
  const start = useApiWrite('syncJobStart', { stale: ['syncJobList'] })
  const totals = useMemo(() => totalsOf(plan, choices), [plan, choices])
  const { tags, targets, cells, overwrites } = totals
  const why =
    can.reason ??
    (cells === 0
      ? t('nothing')
      : cells > mostCells
        ? t('tooMany', { most: mostCells })
        : isOld
          ? t('planning')
          : undefined)
  const send = () => {
    const rest = { heldUp: heldUpTargets(plan), settled: settledImages(plan, choices) }
    const body = { key: store.press(plan.rows), ...jobBody(plan, choices) }
    start
      .mutateAsync(
        { params: { connection }, body, ...(reason.trim() && { reason: reason.trim() }) },
        // Not for who has left the page meanwhile.
        { onSuccess: ({ job }) => router.push(routes.syncJob(connection, job.id)) },
      )
      .then(
        // For them as well. Another tab may have added to it.
        () => store.change((now) => leftAfter(now, body, rest)),
        // `start.error` says so.
        () => undefined,
      )
  }
  const act = t('send', { tags, targets })
  return (
    <div className="rounded-lg border border-line bg-surface px-3.5 py-3">
      <p aria-live="polite" className="tabular-nums">
        {t('totals', { tags, cells, size: bytes(totals.bytes) })}
        {overwrites > 0 && <span className="ml-2 text-warn">{t('overwrites', { count: overwrites })}</span>}
      </p>
      <div className="max-w-lg">
        <ReasonField value={reason} onChange={setReason} />
      </div>
      {start.error && !asking && (
        <div className="mt-3">
          <ProblemPanel error={start.error} />
        </div>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-3">
        <ReasonedButton
          look="primary"
          reason={why}
          aria-busy={start.isPending}
          aria-disabled={start.isPending}
          onClick={() => (start.isPending ? undefined : overwrites > 0 ? setAsking(true) : send())}
        >
          {act}
        </ReasonedButton>
        {why !== undefined && <span className="text-ink-2 text-sm">{why}</span>}
        {/* Ten thousand tags on a slow line take a while to say. */}
        <span role="status" className="text-ink-2 text-sm">
          {start.isPending && t('starting')}
        </span>
      </div>
      {asking && (
        <OverwriteDialog
          plan={plan}
          choices={choices}
          act={act}
          mutation={start}
          onConfirm={send}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  )
}
