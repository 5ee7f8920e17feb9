'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { GatedButton } from '@/components/shell/permission-button'
import type { PartialRun } from '@/lib/contract/console/partial-runs'
import type { PartialRunLocation } from './query'

const CancelDialog = dynamic(() => import('./cancel-dialog').then((module) => module.CancelDialog))

/** Ends a partial run as a whole. */
export function CancelRun({ place, run }: { place: PartialRunLocation; run: PartialRun }) {
  const t = useTranslations('partialRun.cancel')
  const [open, setOpen] = useState(false)
  return (
    <>
      <GatedButton operation="partialRunCancel" onClick={() => setOpen(true)}>
        {t('act')}
      </GatedButton>
      {open && <CancelDialog place={place} run={run} onClose={() => setOpen(false)} />}
    </>
  )
}
