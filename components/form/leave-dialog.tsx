'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'

/** What would be lost; without it, changes that a form holds as a draft. */
export interface LeaveWords {
  readonly title: string
  readonly text: string
}

/** Asks before unsaved changes are left. */
export function LeaveDialog({
  words,
  onStay,
  onLeave,
}: {
  words?: LeaveWords | undefined
  onStay: () => void
  onLeave: () => void
}) {
  const t = useTranslations('form')
  return (
    <Dialog title={words?.title ?? t('leave.title')} onClose={onStay}>
      <p>{words?.text ?? t('leave.text')}</p>
      <DialogFoot>
        <Button onClick={onLeave}>{t('leave.go')}</Button>
        <Button look="primary" onClick={onStay}>
          {t('leave.stay')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
