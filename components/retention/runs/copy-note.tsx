'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import { Checkbox } from '@/components/ui/input'
import type { RetentionLock } from '@/lib/contract/console/retention-runs'

/** Where copies are kept; without an archive, that nothing can be brought back, which has to be known. */
export function CopyNote({
  lock: { archive },
  checked,
  isRefused,
  onChange,
}: {
  lock: RetentionLock
  checked: boolean
  /** Some images cannot be copied. */
  isRefused: boolean
  onChange: (checked: boolean) => void
}) {
  const t = useTranslations('retentionRuns.ask')
  const f = useTranslations('field')
  const id = useId()
  return (
    <Note tone={archive ? 'info' : 'bad'} className="mt-3">
      <p className="font-medium text-base">{t(archive ? 'copy' : 'noCopy')}</p>
      <p className="mt-0.5">
        {archive
          ? t.rich('copyText', {
              days: archive.days,
              registry: archive.name,
              place: () => <Chip>{archive.namespace}</Chip>,
            })
          : t('noCopyText')}
      </p>
      <label htmlFor={id} className="mt-2 flex items-start gap-2 text-ink">
        <Checkbox id={id} checked={checked} onChange={({ target }) => onChange(target.checked)} className="mt-0.5" />
        {t(archive ? 'uncopied' : 'withoutCopy')}
      </label>
      {isRefused && (
        <p role="alert" className="mt-1 text-bad">
          {f('without_copy')}
        </p>
      )}
    </Note>
  )
}
