'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { CopyButton } from '@/components/shell/copy-button'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'

/** A link that nobody sees a second time: to be copied and handed over. Closed before that, it asks once. */
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
  const [isCopied, setCopied] = useState(false)
  const [asks, setAsks] = useState(false)
  const copied = () => setCopied(true)
  return (
    <Dialog
      // Escape has closed it already: another one opens in its place.
      key={asks ? 'asks' : 'shows'}
      title={title}
      onClose={() => (isCopied || asks ? onClose() : setAsks(true))}
    >
      {asks && !isCopied && (
        <div role="alert" className="mb-3">
          <Note tone="warn">{t('link.notCopied')}</Note>
        </div>
      )}
      <p role="status">
        {t('link.text', { expires: format.dateTime(new Date(expires), { dateStyle: 'medium', timeStyle: 'short' }) })}
      </p>
      <Input
        readOnly
        aria-label={t('link.label')}
        value={url}
        className="mt-3 font-mono text-xs"
        onFocus={(event) => event.target.select()}
        onCopy={copied}
      />
      <DialogFoot>
        <Button onClick={() => (isCopied || asks ? onClose() : setAsks(true))}>
          {asks && !isCopied ? t('link.closeAnyway') : c('close')}
        </Button>
        <CopyButton look="primary" text={url} onCopied={copied}>
          {t('link.copy')}
        </CopyButton>
      </DialogFoot>
    </Dialog>
  )
}
