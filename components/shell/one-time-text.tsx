'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import { CopyButton } from './copy-button'

/** A text that nobody sees a second time, to be copied. Closed before that, it asks once. */
export function OneTimeText({
  title,
  text,
  words,
  onClose,
  children,
}: {
  title: string
  text: string
  /** `label` of the field, `copy` on the button, `notCopied` as the question. */
  words: { readonly label: string; readonly copy: string; readonly notCopied: string }
  onClose: () => void
  /** What the text is for, and how long. */
  children: ReactNode
}) {
  const c = useTranslations('common')
  const [isCopied, setCopied] = useState(false)
  const [asks, setAsks] = useState(false)
  const copied = () => setCopied(true)
  const close = () => (isCopied || asks ? onClose() : setAsks(true))
  return (
    <Dialog
      // Escape has closed it already: another one opens in its place.
      key={asks ? 'asks' : 'shows'}
      title={title}
      onClose={close}
    >
      {asks && !isCopied && (
        <div role="alert" className="mb-3">
          <Note tone="warn">{words.notCopied}</Note>
        </div>
      )}
      <p role="status">{children}</p>
      <Input
        readOnly
        aria-label={words.label}
        value={text}
        className="mt-3 font-mono text-xs"
        onFocus={(event) => event.target.select()}
        onCopy={copied}
      />
      <DialogFoot>
        <Button onClick={close}>{asks && !isCopied ? c('closeAnyway') : c('close')}</Button>
        <CopyButton look="primary" text={text} onCopied={copied}>
          {words.copy}
        </CopyButton>
      </DialogFoot>
    </Dialog>
  )
}
