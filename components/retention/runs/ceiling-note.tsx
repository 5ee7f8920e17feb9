'use client'

import { useTranslations } from 'next-intl'
import { NoOtherAdmin } from '@/components/retention-limits/no-other-admin'
import { Note } from '@/components/ui/alert'
import type { RetentionLock } from '@/lib/contract/console/retention-runs'

/** A run that one person may not begin alone: who has to agree, whether a higher ceiling counts, and whether anybody can. */
export function CeilingNote({ lock: { ceilingAsked, otherAdmins } }: { lock: RetentionLock }) {
  const t = useTranslations('retentionRuns.ask')
  return (
    <>
      <Note tone="warn" className="mt-3">
        <p className="font-medium text-base">{t('ceiling')}</p>
        <p className="mt-0.5">{t('ceilingText')}</p>
        {ceilingAsked && <p className="mt-0.5">{t('ceilingAsked')}</p>}
      </Note>
      {otherAdmins === 0 && <NoOtherAdmin />}
    </>
  )
}
