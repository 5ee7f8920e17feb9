'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCan } from '@/components/context/actor'
import { GatedButton, ReasonedButton } from '@/components/shell/permission-button'
import type { ButtonLook } from '@/components/ui/button'
import { useApiWrite } from '@/lib/query/client'
import { type RetentionLocation, routes } from '@/lib/routes'
import { useLock, useLockReason } from './lock'
import { policyParams, staleRuns } from './queries'

const RunDialog = dynamic(() => import('./run-dialog').then((module) => module.RunDialog), { ssr: false })

/** Has SWR say what a run would delete, and leads to its verdicts. Why it could not be begun is shown by whoever has the button. */
export function useDryRunStart(place: RetentionLocation) {
  const router = useRouter()
  const start = useApiWrite('retentionDryRunStart', { stale: staleRuns })
  const begin = () =>
    start.mutate(
      { params: policyParams(place) },
      { onSuccess: ({ dryRun }) => router.push(routes.retentionDryRun(place, dryRun.id)) },
    )
  return { begin, isPending: start.isPending, error: start.error }
}

export function DryRunButton({
  start: { begin, isPending },
  look = 'plain',
}: {
  start: ReturnType<typeof useDryRunStart>
  look?: ButtonLook
}) {
  const t = useTranslations('retentionRuns')
  return (
    <GatedButton
      operation="retentionDryRunStart"
      look={look}
      aria-busy={isPending}
      aria-disabled={isPending}
      onClick={() => isPending || begin()}
    >
      {t('startDryRun')}
    </GatedButton>
  )
}

/** The real run: locked, with the reason in words, until a fresh dry run of exactly these rules has been looked at. */
export function RunNowButton({ place }: { place: RetentionLocation }) {
  const t = useTranslations('retentionRuns')
  const l = useTranslations('retentionRuns.lock')
  const [open, setOpen] = useState(false)
  const may = useCan('retentionRunStart')
  const p = useTranslations('problem')
  const { data, error } = useLock(place)
  const locked = useLockReason(data)
  const closed = error && !data ? l('failed', { reason: p(`${error.code}.title`) }) : locked && l(`because.${locked}`)
  return (
    <>
      <ReasonedButton look="danger" reason={may.reason ?? closed} onClick={() => setOpen(true)}>
        {t('runNow')}
      </ReasonedButton>
      {open && <RunDialog place={place} onClose={() => setOpen(false)} />}
    </>
  )
}
