'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { Checkbox } from '@/components/ui/input'
import { useFieldIds } from '../form/field-frame'

const fromMonday = [1, 2, 3, 4, 5, 6, 0]
/** 4 January 1970 was a Sunday. */
const dayOf = (weekday: number) => new Date(Date.UTC(1970, 0, 4 + weekday))

/** Days of the week by UTC; one at least stays, since a schedule without a day never runs. */
export function CronDays({
  name,
  days,
  onChange,
}: {
  name: string
  days: readonly number[]
  onChange: (days: readonly number[]) => void
}) {
  const t = useTranslations('schedule')
  const format = useFormatter()
  const ids = useFieldIds(`${name}-days`)
  const toggle = (day: number, on: boolean) => {
    const next = on ? [...days, day] : days.filter((each) => each !== day)
    if (next.length > 0) onChange(next)
  }
  return (
    <fieldset aria-describedby={ids.hint} className="min-w-0">
      <legend className="mb-1 font-medium">{t('days')}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1.5">
        {fromMonday.map((day) => (
          <label key={day} htmlFor={`${ids.id}-${day}`} className="flex min-h-6 items-center gap-1.5">
            <Checkbox
              id={`${ids.id}-${day}`}
              name={name}
              checked={days.includes(day)}
              onChange={(event) => toggle(day, event.target.checked)}
            />
            {format.dateTime(dayOf(day), { weekday: 'short', timeZone: 'UTC' })}
          </label>
        ))}
      </div>
      <p id={ids.hint} className="mt-1 text-ink-3 text-xs">
        {t('daysHint')}
      </p>
    </fieldset>
  )
}
