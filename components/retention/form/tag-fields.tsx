'use client'

import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { ChoiceField, TextField } from '@/components/form/fields'
import { Chip } from '@/components/ui/code'
import { tagDecorations } from '@/lib/contract/vocabulary'
import { oneOf } from '@/lib/policy/enum'
import type { RetentionControl } from './descriptor'

/** Among which tags the rule chooses; which ones are lost by that is said for either choice. */
export function TagFields({ control, extras }: { control: RetentionControl; extras: string | undefined }) {
  const t = useTranslations('retention')
  const decoration = useWatch({ control, name: 'tagDecoration' })
  const known = oneOf(tagDecorations, decoration)
  return (
    <>
      <ChoiceField
        control={control}
        name="tagDecoration"
        label={t('edit.decoration')}
        options={tagDecorations.map((value) => ({ value, label: t(`edit.${value}`) }))}
        hint={known ? t(`edit.${known}Hint`) : t('edit.unknownValue', { value: decoration })}
      />
      <TextField
        control={control}
        name="tagPattern"
        label={t('edit.tagPattern')}
        hint={t('edit.tagPatternHint')}
        mono
        required
      />
      <div className="text-ink-3 text-xs">
        <p>{t('edit.several')}</p>
        <p className="mt-1">{t('edit.untagged')}</p>
        {extras && <p className="mt-1">{t.rich('edit.extras', { text: () => <Chip key="extras">{extras}</Chip> })}</p>}
      </div>
    </>
  )
}
