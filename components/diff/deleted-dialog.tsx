'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import type { ObjectKind } from '@/lib/contract/vocabulary'
import type { ObjectLocation } from '@/lib/routes'
import { ChangeSource } from './change-source'

/** What was edited is gone. Where it can be made again, what was typed is offered for that. */
export function DeletedDialog({
  name,
  object,
  onRecreate,
  onClose,
}: {
  name: string
  object: ObjectLocation<ObjectKind>
  onRecreate?: (() => void) | undefined
  onClose: () => void
}) {
  const t = useTranslations('form')
  return (
    <Dialog title={t('gone.title', { name })} onClose={onClose}>
      <ChangeSource object={object} current={null} />
      <p>{t(onRecreate ? 'gone.text' : 'gone.textOnly')}</p>
      <DialogFoot>
        <Button onClick={onClose}>{t('back')}</Button>
        {onRecreate && (
          <Button look="primary" onClick={onRecreate}>
            {t('gone.again')}
          </Button>
        )}
      </DialogFoot>
    </Dialog>
  )
}
