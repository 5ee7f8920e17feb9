'use client'

import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import type { RetentionSettings } from '@/lib/contract/console/retention-settings'
import { type Ceiling, isLooserCeiling, isSameCeiling } from '@/lib/policy/retention-limits/ceiling'
import { useCeilingText } from './ceiling-text'
import { NoOtherAdmin } from './no-other-admin'

const noCeiling: Ceiling = { ceilingTags: null, ceilingShare: null }

/** What saving does to the ceiling, before it is saved. */
export function CeilingNote({
  typed,
  base,
  otherAdmins,
}: {
  /** Null while it cannot be read. */
  typed: Ceiling | null
  /** What the form stands on. */
  base: RetentionSettings
  otherAdmins: number
}) {
  const t = useTranslations('retentionRuns.limits')
  const said = useCeilingText()
  if (!typed) return null
  const isLooser = isLooserCeiling(base.limits, typed)
  const isChanged = !isSameCeiling(base.limits, typed)
  const isEnded = base.request !== null && isChanged
  // What waits says it already.
  const isSaid = base.request !== null && !isChanged
  return (
    <>
      {isLooser && (
        <Note tone="warn" role="status">
          <p className="font-medium text-base">{t('looser')}</p>
          <p className="mt-0.5">{t('looserText', { now: said(base.limits) })}</p>
        </Note>
      )}
      {isEnded && <Note tone="warn">{t('endsRequest')}</Note>}
      {otherAdmins === 0 && !isSaid && (isLooser || !isSameCeiling(typed, noCeiling)) && <NoOtherAdmin className="" />}
    </>
  )
}
