'use client'

import { useTranslations } from 'next-intl'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { TextField } from '@/components/form/fields'
import { PatternRepair } from '@/components/form/pattern-repair'
import { Button } from '@/components/ui/button'
import { allBut } from '@/lib/policy/immutable/all-but'
import type { ImmutableDraft, ImmutableValues } from '@/lib/policy/immutable/form'

const presets = { all: '**', allButLatest: allBut('latest') } as const

/** The pattern of the tags, with what most want at hand. */
export function TagsField({ form }: { form: UseFormReturn<ImmutableDraft, unknown, ImmutableValues> }) {
  const t = useTranslations('immutable')
  const { control, setValue } = form
  const [pattern, read] = useWatch({ control, name: ['tags', 'asRead.tags'] })
  const take = (text: string) => setValue('tags', text, { shouldDirty: true, shouldValidate: true })
  const preset = (['all', 'allButLatest'] as const).find((name) => presets[name] === pattern)
  return (
    <div>
      <TextField control={control} name="tags" label={t('form.tags')} hint={t('form.tagsHint')} mono required />
      <PatternRepair text={pattern} read={read} kind="tag" onTake={take} />
      <div className="mt-2 flex flex-wrap gap-2">
        {(['all', 'allButLatest'] as const).map((name) => (
          <Button key={name} aria-pressed={preset === name} onClick={() => take(presets[name])}>
            {t(`tags.${name}`)}
          </Button>
        ))}
      </div>
      {preset === 'allButLatest' && (
        <p role="status" className="mt-1.5 text-ink-2 text-sm">
          {t('form.allButLatest')}
        </p>
      )}
    </div>
  )
}
