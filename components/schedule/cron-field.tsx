'use client'

import { useTranslations } from 'next-intl'
import { type Control, type FieldPathByValue, type FieldValues, useController } from 'react-hook-form'
import { Note } from '@/components/ui/alert'
import { Input } from '@/components/ui/input'
import { cronFlaw, cronState } from '@/lib/contract/cron'
import { FieldFrame, type FieldLook, useFieldIds } from '../form/field-frame'
import { CronPicker } from './cron-picker'
import { CronReading } from './cron-reading'

/**
 * A schedule as SWR takes it, six cron fields in UTC: to be picked, or written. Below it stands what it means, so that
 * nobody has to trust the arithmetic; while it is wrong, only what is wrong with it.
 */
export function CronField<Draft extends FieldValues, Values>({
  control,
  name,
  kind,
  ...look
}: FieldLook & {
  readonly control: Control<Draft, unknown, Values>
  readonly name: FieldPathByValue<Draft, string>
  /** Retention may run every minute, replication may not. */
  readonly kind: 'replication' | 'retention'
}) {
  const t = useTranslations('schedule')
  const { field, fieldState } = useController({ control, name })
  const ids = useFieldIds(name)
  const error = fieldState.error?.message
  const cron = String(field.value ?? '')
  // A schedule that was read stays as it is and is explained, whatever rule of ours it breaks.
  const flaw = cronFlaw(cron, kind)
  const readable = !error && (flaw === null || !fieldState.isDirty)
  const kept = flaw !== null && cron.trim() !== '' && !fieldState.isDirty && !error
  const state = cronState(cron)
  const isIdle = state === 'never' || state === 'unreadable'
  const shown = { ...look, hint: look.hint ?? t('hint') }
  return (
    <div className="flex flex-col gap-3.5">
      <CronPicker name={name} cron={cron} kind={kind} onPick={field.onChange} />
      <FieldFrame name={name} look={shown} error={error}>
        <Input
          {...field}
          id={ids.id}
          placeholder="0 0 2 * * *"
          aria-required={look.required}
          aria-invalid={error ? true : undefined}
          aria-describedby={ids.describedBy(shown.hint, error)}
          className="font-mono text-[12.5px]"
        />
      </FieldFrame>
      {kept && (
        <Note tone="warn">
          {isIdle && <strong className="block font-medium">{t(`idle.${state}`)}</strong>}
          {t('kept')}
        </Note>
      )}
      {readable && <CronReading cron={cron} />}
    </div>
  )
}
