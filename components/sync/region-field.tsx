'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type Control, useController } from 'react-hook-form'
import { FieldFrame, useFieldIds } from '@/components/form/field-frame'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Input } from '@/components/ui/input'
import type { SyncDraft, SyncValues } from '@/lib/policy/sync'
import { apiQuery } from '@/lib/query/client'
import { allRegions } from './search-params'

/** Region by its id: from SWR's list, or typed, because private regions are in no list (docs/swr-api.md section 14). */
export function RegionField({
  connection,
  control,
}: {
  connection: string
  control: Control<SyncDraft, unknown, SyncValues>
}) {
  const t = useTranslations('sync')
  const regions = useQuery(apiQuery('regionList', allRegions(connection)))
  const { field, fieldState } = useController({ control, name: 'region' })
  const ids = useFieldIds('region')
  const error = fieldState.error?.message
  const listed = regions.data?.flatMap(({ regionID }) => regionID ?? [])
  const typed = field.value.trim()
  const isUnlisted = typed !== '' && listed !== undefined && !listed.includes(typed)
  const hint = t(isUnlisted ? 'region.unlisted' : 'region.hint')
  return (
    <FieldFrame name="region" look={{ label: t('region.label'), required: true, hint }} error={error}>
      <Input
        {...field}
        id={ids.id}
        list="regions"
        aria-required
        aria-invalid={error ? true : undefined}
        aria-describedby={ids.describedBy(hint, error)}
      />
      <datalist id="regions">
        {listed?.map((region) => (
          <option key={region} value={region} />
        ))}
      </datalist>
      {regions.error && (
        <div className="mt-2">
          <ProblemPanel error={regions.error} retry={() => regions.refetch()} />
        </div>
      )}
    </FieldFrame>
  )
}
