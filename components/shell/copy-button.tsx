'use client'

import { Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Button, type ButtonLook } from '@/components/ui/button'

/** Copies a text and says so in its own label. */
export function CopyButton({
  text,
  look,
  onCopied,
  children,
}: {
  /** What takes time to write is written when it is asked for. */
  text: string | (() => string)
  look?: ButtonLook
  onCopied?: () => void
  children?: ReactNode
}) {
  const t = useTranslations('common')
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(typeof text === 'string' ? text : text())
    setCopied(true)
    onCopied?.()
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <Button look={look} onClick={copy}>
      <Copy aria-hidden size={14} />
      <span aria-live="polite">{copied ? t('copied') : (children ?? t('copy'))}</span>
    </Button>
  )
}
