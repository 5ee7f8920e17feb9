'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'

/** Asks before unsaved changes are left. */
export function LeaveDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const t = useTranslations('form')
  return (
    <Dialog title={t('leave.title')} onClose={onStay}>
      <p>{t('leave.text')}</p>
      <DialogFoot>
        <Button onClick={onLeave}>{t('leave.go')}</Button>
        <Button look="primary" onClick={onStay}>
          {t('leave.stay')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
