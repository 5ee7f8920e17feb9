'use client'

import clsx from 'clsx'
import { useTimeZone, useTranslations } from 'next-intl'
import { type ReactNode, useRef, useState } from 'react'
import { useNow } from '@/components/context/clock'
import { filterChipClass } from '@/components/table/filter-chip'
import { Input, Select } from '@/components/ui/input'
import { auditOperations } from './audit-operations'
import { type AuditView, auditAddress, auditOutcomes, scopes } from './search-params'
import { instantOf, localOf } from './zoned-time'

type Change = (
  part: Partial<Record<'person' | 'object' | 'operation' | 'from' | 'to', string | null>> & {
    outcome?: AuditView['outcome']
    scope?: AuditView['scope'] | null
  },
) => void

/** Who, what, how it ended, and when; times in the viewer's own zone. */
export function AuditFilters({ view, onChange }: { view: AuditView; onChange: Change }) {
  const t = useTranslations('audit')
  return (
    <div className="grid w-full grid-cols-2 gap-2 @table:grid-cols-4 @roomy:grid-cols-7">
      <Filter label={t('filter.scope')}>
        <Select
          value={view.scope}
          onChange={(event) => onChange({ scope: auditAddress.scope.parse(event.target.value) })}
        >
          {scopes.map((scope) => (
            <option key={scope} value={scope}>
              {t(`filter.scopes.${scope}`)}
            </option>
          ))}
        </Select>
      </Filter>
      <TextFilter
        label={t('filter.person')}
        placeholder={t('filter.personHint')}
        value={view.person}
        onChange={(person) => onChange({ person })}
      />
      <TextFilter
        label={t('filter.object')}
        placeholder={t('filter.objectHint')}
        value={view.object}
        onChange={(object) => onChange({ object })}
      />
      <Filter label={t('filter.operation')}>
        <Select value={view.operation} onChange={(event) => onChange({ operation: event.target.value || null })}>
          <option value="">{t('filter.anyOperation')}</option>
          {auditOperations.map((operation) => (
            <option key={operation} value={operation}>
              {t(`operation.${operation}`)}
            </option>
          ))}
        </Select>
      </Filter>
      <Filter label={t('filter.outcome')}>
        <Select
          value={view.outcome ?? ''}
          onChange={(event) => onChange({ outcome: auditAddress.outcome.parse(event.target.value) })}
        >
          <option value="">{t('filter.anyOutcome')}</option>
          {auditOutcomes.map((outcome) => (
            <option key={outcome} value={outcome}>
              {t(`outcome.${outcome}`)}
            </option>
          ))}
        </Select>
      </Filter>
      <TimeFilter label={t('filter.from')} value={view.from} onChange={(from) => onChange({ from })} />
      <TimeFilter label={t('filter.to')} value={view.to} onChange={(to) => onChange({ to })} />
    </div>
  )
}

function Filter({ label, wide = false, children }: { label: string; wide?: boolean; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is its child
    <label className={clsx('block min-w-0', wide && '@max-table:col-span-2')}>
      <span className="mb-0.5 block text-ink-3 text-xs">{label}</span>
      {children}
    </label>
  )
}

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string | null) => void
}

/** Asks when typing pauses. */
function TextFilter({ label, placeholder, value, onChange }: FieldProps & { placeholder: string }) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [draft, setDraft] = useState({ text: value, for: value })
  // The address changed by other means (back, clear filters): it wins over what is typed.
  if (draft.for !== value) setDraft({ text: draft.text.trim() === value ? draft.text : value, for: value })
  const type = (text: string, wait: number) => {
    clearTimeout(timer.current)
    setDraft({ text, for: value })
    timer.current = setTimeout(() => text.trim() !== value && onChange(text.trim() || null), wait)
  }
  return (
    <Filter label={label}>
      <Input
        value={draft.text}
        placeholder={placeholder}
        onChange={({ target }) => type(target.value, 400)}
        onBlur={() => type(draft.text, 0)}
      />
    </Filter>
  )
}

function TimeFilter({ label, value, onChange }: FieldProps) {
  const zone = useTimeZone() ?? 'UTC'
  return (
    <Filter label={label} wide>
      <Input
        type="datetime-local"
        key={`${zone} ${value}`}
        defaultValue={localOf(value, zone)}
        onBlur={({ target }) => {
          const instant = instantOf(target.value, zone)
          if (instant !== (value || null)) onChange(instant)
        }}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
    </Filter>
  )
}

const hourMs = 3_600_000
const spans = { day: 24 * hourMs, week: 7 * 24 * hourMs, month: 30 * 24 * hourMs } as const

/** The last day, week or month at a press, counted from now. */
export function SinceFilter({ view: { from, to }, onChange }: { view: AuditView; onChange: Change }) {
  const t = useTranslations('audit.filter')
  const now = useNow(60_000)
  const isSince = (spanMs: number) => to === '' && Math.abs(now.getTime() - spanMs - Date.parse(from)) < hourMs / 2
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="sr-only">{t('since')}</legend>
      {(['day', 'week', 'month'] as const).map((span) => {
        const on = isSince(spans[span])
        return (
          <button
            key={span}
            type="button"
            aria-pressed={on}
            className={filterChipClass(on)}
            onClick={() => onChange({ from: on ? null : new Date(Date.now() - spans[span]).toISOString(), to: null })}
          >
            {t(`sinces.${span}`)}
          </button>
        )
      })}
    </fieldset>
  )
}
