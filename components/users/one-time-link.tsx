'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { CopyButton } from '@/components/shell/copy-button'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'

/** A link that nobody sees a second time: to be copied and handed over. */
export function OneTimeLink({
  title,
  link: { url, expires },
  onClose,
}: {
  title: string
  link: { url: string; expires: string }
  onClose: () => void
}) {
  const t = useTranslations('users')
  const c = useTranslations('common')
  const format = useFormatter()
  return (
    <Dialog title={title} onClose={onClose}>
      <p role="status">
        {t('link.text', { expires: format.dateTime(new Date(expires), { dateStyle: 'medium', timeStyle: 'short' }) })}
      </p>
      <Input
        readOnly
        aria-label={t('link.label')}
        value={url}
        className="mt-3 font-mono text-xs"
        onFocus={(event) => event.target.select()}
      />
      <DialogFoot>
        <CopyButton text={url}>{t('link.copy')}</CopyButton>
        <Button look="primary" onClick={onClose}>
          {c('close')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
