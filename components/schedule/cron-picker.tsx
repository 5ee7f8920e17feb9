'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Select } from '@/components/ui/input'
import { asKind, cronOf, hourSteps, minuteSteps, type PickedSchedule } from '@/lib/policy/schedule/picker'
import { readSchedule, type Schedule } from '@/lib/policy/schedule/schedule'
import { useFieldIds } from '../form/field-frame'
import { CronDays } from './cron-days'
import { NumberPick, Pick } from './cron-pick'
import { CronTime } from './cron-time'

const kinds = ['everyMinutes', 'hourly', 'everyHours', 'daily', 'weekly', 'monthly'] as const

const everyMinute = Array.from({ length: 60 }, (_, index) => index)
const everyDay = Array.from({ length: 31 }, (_, index) => index + 1)

/**
 * A schedule by choosing instead of writing. It has no state of its own: it shows what the cron text says, whoever wrote
 * that, and writes it anew. Its controls carry the field's name, so that the form checks the field again after a choice.
 */
export function CronPicker({
  name,
  cron,
  kind,
  onPick,
}: {
  name: string
  cron: string
  kind: 'replication' | 'retention'
  onPick: (cron: string) => void
}) {
  const t = useTranslations('schedule')
  const ids = useFieldIds(name)
  // Whoever wants to write cron leaves the picker at that for the text that stood there then.
  const [written, setWritten] = useState<string | null>(null)
  const schedule = readSchedule(cron)
  const shown = written === cron ? 'other' : cron.trim() === '' ? '' : schedule.kind
  const pick = (picked: PickedSchedule) => onPick(cronOf(picked))
  const choose = (value: string) => {
    const chosen = kinds.find((each) => each === value)
    setWritten(chosen ? null : cron)
    if (chosen) pick(asKind(chosen, schedule))
  }
  return (
    // The field is left when its text is: a complaint between picker and text would come too early.
    // biome-ignore lint/a11y/noStaticElementInteractions: it keeps an event to itself and offers none
    <div className="flex flex-col gap-3.5" onBlur={(event) => event.stopPropagation()}>
      <div className="grid gap-x-3 gap-y-3.5 sm:grid-cols-2">
        <Pick id={`${ids.id}-often`} label={t('often')}>
          <Select id={`${ids.id}-often`} name={name} value={shown} onChange={(event) => choose(event.target.value)}>
            {shown === '' && <option value="">{t('choose')}</option>}
            {kinds.map((each) => (
              <option key={each} value={each}>
                {t(`kind.${each}`)}
              </option>
            ))}
            <option value="other">{t('kind.other')}</option>
          </Select>
        </Pick>
        {written !== cron && <Details name={name} cron={cron} schedule={schedule} kind={kind} onPick={pick} />}
      </div>
      {written !== cron && schedule.kind === 'weekly' && (
        <CronDays name={name} days={schedule.days} onChange={(days) => pick({ ...schedule, days })} />
      )}
    </div>
  )
}

/** What the chosen kind has to be told beside it. */
function Details({
  name,
  cron,
  schedule,
  kind,
  onPick,
}: {
  name: string
  cron: string
  schedule: Schedule
  kind: 'replication' | 'retention'
  onPick: (picked: PickedSchedule) => void
}) {
  const t = useTranslations('schedule')
  if (schedule.kind === 'other') return null
  if (schedule.kind === 'everyMinutes')
    return (
      <NumberPick
        name={name}
        label={t('minutesBetween')}
        value={schedule.minutes}
        options={minuteSteps.filter((step) => step > 1 || kind === 'retention' || schedule.minutes === 1)}
        onChange={(minutes) => onPick({ ...schedule, minutes })}
      />
    )
  if (schedule.kind === 'hourly')
    return (
      <NumberPick
        name={name}
        label={t('minute')}
        value={schedule.minute}
        options={everyMinute}
        onChange={(minute) => onPick({ ...schedule, minute })}
      />
    )
  if (schedule.kind === 'everyHours')
    return (
      <div className="grid grid-cols-2 gap-x-3">
        <NumberPick
          name={name}
          label={t('hoursBetween')}
          value={schedule.hours}
          options={hourSteps}
          onChange={(hours) => onPick({ ...schedule, hours })}
        />
        <NumberPick
          name={name}
          label={t('minute')}
          value={schedule.minute}
          options={everyMinute}
          onChange={(minute) => onPick({ ...schedule, minute })}
        />
      </div>
    )
  const time = <CronTime name={name} cron={cron} time={schedule} onChange={(at) => onPick({ ...schedule, ...at })} />
  if (schedule.kind !== 'monthly') return time
  return (
    <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-3">
      <NumberPick
        name={name}
        label={t('dayOfMonth')}
        value={schedule.day}
        options={everyDay}
        onChange={(day) => onPick({ ...schedule, day })}
      />
      {time}
    </div>
  )
}
