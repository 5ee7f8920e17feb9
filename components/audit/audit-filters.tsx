'use client'

import { useTimeZone, useTranslations } from 'next-intl'
import { useNow } from '@/components/context/clock'
import { filterChipClass } from '@/components/table/filter-chip'
import { type FieldProps, Filter, TextFilter } from '@/components/table/filter-field'
import { Input, Select } from '@/components/ui/input'
import { auditKinds } from '@/lib/contract/audit-kinds'
import { parseEnum } from '@/lib/policy/enum'
import { auditOperations } from './audit-operations'
import { useKindText } from './audit-text'
import { type AuditView, auditAddress, auditOutcomes, scopes } from './search-params'
import { instantOf, localOf } from './zoned-time'

type Change = (
  part: Partial<Record<'person' | 'object' | 'kind' | 'objectId' | 'operation' | 'from' | 'to', string | null>> & {
    outcome?: AuditView['outcome']
    scope?: AuditView['scope'] | null
  },
) => void

/** Who, what, how it ended, and when; times in the viewer's own zone. */
export function AuditFilters({ view, onChange }: { view: AuditView; onChange: Change }) {
  const t = useTranslations('audit')
  const acts = useTranslations('audit.operation')
  const kindText = useKindText()
  // A link may name one of before.
  const kinds = view.kind === '' || parseEnum(auditKinds, view.kind) ? auditKinds : [...auditKinds, view.kind]
  return (
    <div className="grid w-full grid-cols-2 gap-2 @table:grid-cols-4 @roomy:grid-cols-8">
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
      <Filter label={t('filter.kind')}>
        {/* One object of another kind is no object. */}
        <Select value={view.kind} onChange={(event) => onChange({ kind: event.target.value || null, objectId: null })}>
          <option value="">{t('filter.anyKind')}</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {kindText(kind)}
            </option>
          ))}
        </Select>
      </Filter>
      <Filter label={t('filter.operation')}>
        <Select value={view.operation} onChange={(event) => onChange({ operation: event.target.value || null })}>
          <option value="">{t('filter.anyOperation')}</option>
          {auditOperations.map((operation) => (
            <option key={operation} value={operation}>
              {acts(operation)}
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
