'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { mostDaysAhead } from '@/lib/contract/console/retention-vocabulary'

/** Looks ahead: what goes when nobody pushes or pulls for so many days. */
export function DaysAhead({ days, onChange }: { days: number; onChange: (days: number) => void }) {
  const t = useTranslations('retention')
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="flex flex-wrap justify-between gap-x-3 text-sm">
        {t('ahead.label')}
        <span className="text-ink-2 tabular-nums">{t('ahead.days', { count: days })}</span>
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={mostDaysAhead}
        value={days}
        aria-valuetext={t('ahead.days', { count: days })}
        className="mt-1 block h-6 w-full accent-accent"
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </div>
  )
}
