'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import type { PatternKind } from '@/lib/policy/pattern/never-matches'
import { repairOf } from '@/lib/policy/pattern/repair'

export interface RepairOfferProps {
  readonly text: string
  readonly kind: PatternKind
  readonly onTake: (pattern: string) => void
}

/** Offers the pattern that says what was typed as a list, a range or a regular expression. */
export function RepairOffer({ text, kind, onTake }: RepairOfferProps) {
  const t = useTranslations('matches')
  const pattern = repairOf(text, kind)
  if (pattern === null) return null
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-warn" aria-live="polite">
      <span>{t.rich('repair.meant', { pattern: () => <Chip>{pattern}</Chip> })}</span>
      <Button onClick={() => onTake(pattern)}>{t('near.take')}</Button>
    </p>
  )
}
