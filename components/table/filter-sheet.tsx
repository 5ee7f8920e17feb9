'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Sheet, SheetBody, SheetFoot } from '@/components/ui/sheet'

/** The filters of a list on a phone. Each works at once; the list is behind the panel. */
export function FilterSheet({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const t = useTranslations('common')
  return (
    <Sheet title={t('filtersTitle')} closeLabel={t('close')} onClose={onClose}>
      <SheetBody>{children}</SheetBody>
      <SheetFoot>
        <Button look="primary" onClick={onClose}>
          {t('filtersDone')}
        </Button>
      </SheetFoot>
    </Sheet>
  )
}
