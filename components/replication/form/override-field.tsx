'use client'

import { useTranslations } from 'next-intl'
import { type Control, useController } from 'react-hook-form'
import { FieldFrame, useFieldIds } from '@/components/form/field-frame'
import { Segmented } from '@/components/ui/segmented'
import type { ReplicationDraft, ReplicationValues } from '@/lib/policy/replication/form'

/** `override` as the question it answers, with both answers written out. */
export function OverrideField({ control }: { control: Control<ReplicationDraft, unknown, ReplicationValues> }) {
  const t = useTranslations('replicationForm')
  const { field } = useController({ control, name: 'override' })
  const ids = useFieldIds('override')
  return (
    <FieldFrame
      name="override"
      look={{ label: t('conflict'), hint: t(field.value ? 'overwriteHint' : 'keepHint') }}
      error={undefined}
      group
    >
      <Segmented
        name="override"
        value={field.value ? 'overwrite' : 'keep'}
        options={[
          { value: 'keep', label: t('keep') },
          { value: 'overwrite', label: t('overwrite') },
        ]}
        labelledBy={ids.label}
        describedBy={ids.hint}
        onChange={(value) => field.onChange(value === 'overwrite')}
      />
    </FieldFrame>
  )
}
