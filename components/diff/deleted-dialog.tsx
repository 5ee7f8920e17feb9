'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'

/** What was edited is gone. Where it can be made again, what was typed is offered for that. */
export function ConflictGone({ name, onAgain, onClose }: { name: string; onAgain?: () => void; onClose: () => void }) {
  const t = useTranslations('form')
  return (
    <Dialog title={t('gone.title', { name })} onClose={onClose}>
      <p>{t(onAgain ? 'gone.text' : 'gone.textOnly')}</p>
      <DialogFoot>
        <Button onClick={onClose}>{t('back')}</Button>
        {onAgain && (
          <Button look="primary" onClick={onAgain}>
            {t('gone.again')}
          </Button>
        )}
      </DialogFoot>
    </Dialog>
  )
}
