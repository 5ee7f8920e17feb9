'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Input } from '@/components/ui/input'

/** Why a write is made, for the audit log. Never asked for: who has a reason gives it. */
export function ReasonField({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const t = useTranslations('form')
  const c = useTranslations('common')
  const id = useId()
  return (
    <div className="mt-4">
      <label htmlFor={id} className="mb-1 block w-fit font-medium">
        {t('reason.label')} <span className="font-normal text-ink-3">{c('optional')}</span>
      </label>
      <Input
        id={id}
        value={value}
        maxLength={500}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      <div id={`${id}-hint`} className="mt-1 text-ink-3 text-xs">
        {t('reason.hint')}
      </div>
    </div>
  )
}
