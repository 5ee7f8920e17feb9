'use client'

import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import type { SavingEffect } from '@/lib/policy/retention/saving'

/** What saving does to a schedule, said before: nothing runs by itself that nobody has seen a dry run of. */
export function SavingNote({ effect, isNew }: { effect: Exclude<SavingEffect, 'none'>; isNew: boolean }) {
  const t = useTranslations('retention')
  return (
    <Note tone="warn" role="status">
      {t(effect === 'switched_off' ? 'saving.switchedOff' : isNew ? 'saving.createdOff' : 'saving.staysOff')}
    </Note>
  )
}
