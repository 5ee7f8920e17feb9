'use client'

import { useTranslations } from 'next-intl'
import { type Control, useController } from 'react-hook-form'
import { FieldFrame, useFieldIds } from '@/components/form/field-frame'
import type { SyncDraft, SyncValues } from '@/lib/policy/sync'
import type { Source } from '../picker/queries'
import { TagPicker } from '../picker/tag-picker'
import { keepForm } from './repository-field'

/** The tags to copy. */
export function TagField({
  connection,
  control,
  at,
}: {
  connection: string
  control: Control<SyncDraft, unknown, SyncValues>
  at: Source
}) {
  const t = useTranslations('sync')
  const { field, fieldState } = useController({ control, name: 'tags' })
  const ids = useFieldIds('tags')
  const error = fieldState.error?.message
  return (
    <FieldFrame name="tags" look={{ label: t('tags.label'), required: true }} error={error} group>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend that the label already is */}
      <div
        role="group"
        aria-labelledby={ids.label}
        aria-describedby={ids.describedBy(undefined, error)}
        onKeyDown={keepForm}
      >
        {at.organization && at.repository ? (
          <TagPicker
            key={`${at.organization}/${at.repository}`}
            connection={connection}
            at={at}
            selected={field.value}
            onSelect={field.onChange}
          />
        ) : (
          <p className="text-ink-3">{t('tags.first')}</p>
        )}
      </div>
    </FieldFrame>
  )
}
