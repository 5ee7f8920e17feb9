'use client'

import { useTranslations } from 'next-intl'
import { CopyButton } from '@/components/shell/copy-button'
import { Button } from '@/components/ui/button'
import { useReasonText } from './cell-text'
import type { JobAnswer } from './cells'

/** A job with all its cells, as a text to paste or as a file. All of it is in the browser already. */
export function JobExport({ answer }: { answer: JobAnswer }) {
  const t = useTranslations('sync.job')
  const reasonText = useReasonText()
  const { job, cells } = answer
  const text = () =>
    [
      t('name', { id: String(job.id) }),
      ...cells.map((cell) => {
        const target = job.targets[cell.target]
        const words = [`${cell.repository}:${cell.tag}`, `${target?.region}/${target?.organization}`]
        const why = [reasonText(cell), cell.swr?.code, cell.swr?.message, cell.swr?.requestId]
        return [...words, t(`state.${cell.state}`), ...why].filter(Boolean).join('\t')
      }),
    ].join('\n')
  const save = (format: 'text' | 'json') => {
    const [content, type, extension] =
      format === 'json' ? [JSON.stringify(answer, null, 2), 'application/json', 'json'] : [text(), 'text/plain', 'txt']
    const address = URL.createObjectURL(new Blob([content], { type }))
    const link = document.createElement('a')
    link.href = address
    link.download = `sync-job-${job.id}.${extension}`
    link.click()
    URL.revokeObjectURL(address)
  }
  return (
    <>
      <CopyButton text={text}>{t('export.copy')}</CopyButton>
      {(['text', 'json'] as const).map((format) => (
        <Button key={format} onClick={() => save(format)}>
          {t(`export.${format}`)}
        </Button>
      ))}
    </>
  )
}
