'use client'

import { Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button, buttonClass } from '@/components/ui/button'
import { routes } from '@/lib/routes'
import { type RunPlace, type RunView, tagFilters } from './search-params'

/** The run with the tags that the list shows, all pages of them: as a text to paste, or as a file. */
export function RunExport({ at, view }: { at: RunPlace; view: RunView }) {
  const t = useTranslations('run')
  const filters = view.part === 'tags' ? tagFilters(view) : {}
  const address = (format: 'text' | 'json') => routes.runExport(at, at.policy, at.execution, { format, ...filters })
  return (
    <>
      <CopyRun address={address('text')} />
      {(['text', 'json'] as const).map((format) => (
        <a key={format} href={address(format)} download className={buttonClass()}>
          {t(`export.${format}`)}
        </a>
      ))}
    </>
  )
}

function CopyRun({ address }: { address: string }) {
  const t = useTranslations('run')
  const [said, setSaid] = useState<'copy' | 'copied' | 'failed'>('copy')
  const copy = async () => {
    try {
      const answer = await fetch(address)
      if (!answer.ok) throw new Error(String(answer.status))
      await navigator.clipboard.writeText(await answer.text())
      setSaid('copied')
    } catch {
      setSaid('failed')
    }
    setTimeout(() => setSaid('copy'), 3000)
  }
  return (
    <Button onClick={copy}>
      <Copy aria-hidden size={14} />
      <span aria-live="polite">{t(`export.${said}`)}</span>
    </Button>
  )
}
