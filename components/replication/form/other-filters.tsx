'use client'

import { useTranslations } from 'next-intl'
import { type Control, useController } from 'react-hook-form'
import { FieldFrame } from '@/components/form/field-frame'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import { isExcluding } from '@/lib/policy/replication/filter'
import type { ReplicationDraft, ReplicationValues } from '@/lib/policy/replication/form'

/** Filters beside the one name and the one tag, as they were read: kept unless they are removed. */
export function OtherFilters({ control }: { control: Control<ReplicationDraft, unknown, ReplicationValues> }) {
  const t = useTranslations('replicationForm')
  const r = useTranslations('replication')
  const { field, formState } = useController({ control, name: 'others' })
  const { errors } = formState
  const wrong = field.value
    .map((_, index) => errors.others?.[index]?.type ?? errors.others?.[index]?.value)
    .find(Boolean)
  const whole = errors.others?.message
  if (field.value.length === 0) return null
  // The field of the tags has one filter: with another one here neither says alone what is copied.
  const isTogether = field.value.some(({ type }) => type === 'tag')
  return (
    <FieldFrame
      name="others"
      look={{ label: t('others'), hint: isTogether ? `${t('othersHint')} ${t('othersTogether')}` : t('othersHint') }}
      error={wrong?.message ?? whole}
      group
    >
      <ul className="flex flex-col gap-1">
        {field.value.map(({ type, value, decoration }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two equal filters may stand in one policy
          <li key={at} className="flex flex-wrap items-center gap-2">
            <Chip>{type}</Chip>
            <Chip>{isExcluding({ decoration }) ? r('allBut', { value }) : value}</Chip>
            <Button
              look="ghost"
              aria-label={t('removeFilter', { type, value })}
              onClick={() => field.onChange(field.value.filter((_, index) => index !== at))}
            >
              {t('remove')}
            </Button>
          </li>
        ))}
      </ul>
    </FieldFrame>
  )
}
