'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { GatedButton } from '@/components/shell/permission-button'
import type { ListedFinding } from '@/lib/contract/console/checks'
import type { InstanceLocation } from '@/lib/routes'

const MuteDialog = dynamic(() => import('./mute-dialog').then((module) => module.MuteDialog), { ssr: false })

/** Accepts a finding: it is no longer counted, and stands below with its reason. */
export function MuteButton({ at, finding }: { at: InstanceLocation; finding: ListedFinding }) {
  const t = useTranslations('checks.mute')
  const [open, setOpen] = useState(false)
  return (
    <>
      <GatedButton operation="findingMute" look="ghost" onClick={() => setOpen(true)}>
        {t('act')}
      </GatedButton>
      {open && <MuteDialog at={at} finding={finding} onClose={() => setOpen(false)} />}
    </>
  )
}
