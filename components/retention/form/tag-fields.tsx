'use client'

import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { ChoiceField, TextField } from '@/components/form/fields'
import { PatternRepair } from '@/components/form/pattern-repair'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import { tagDecorations } from '@/lib/contract/vocabulary'
import { parseEnum } from '@/lib/policy/enum'
import { readBehind } from '@/lib/policy/retention/form-rule'
import { type Loss, selectsNoTag } from '@/lib/policy/retention/keeps-nothing'
import type { RetentionControl } from './descriptor'
import type { RepairPattern } from './repair-pattern'

/** Among which tags the rule chooses; which ones are lost by that is said for either choice. */
export function TagFields({
  control,
  index,
  loss,
  extras,
  onRepair,
}: {
  control: RetentionControl
  index: number
  /** What goes if the rule keeps nothing: another one may keep it. */
  loss: Loss
  extras: string | undefined
  onRepair: RepairPattern
}) {
  const t = useTranslations('retention')
  const [rule, asRead] = useWatch({ control, name: [`rules.${index}`, 'asRead.rules'] })
  const { tagDecoration: decoration, tagPattern: pattern } = rule
  const { tagPattern: read } = readBehind(rule, asRead)
  // An empty field is asked to be filled in; read from SWR it takes everything.
  const isNothing = (pattern !== '' || read === '') && selectsNoTag({ decoration, pattern })
  const known = parseEnum(tagDecorations, decoration)
  return (
    <>
      <ChoiceField
        control={control}
        name={`rules.${index}.tagDecoration`}
        label={t('edit.decoration')}
        options={tagDecorations.map((value) => ({ value, label: t(`edit.${value}`) }))}
        hint={known ? t(`edit.${known}Hint`, { effect: loss }) : t('edit.unknownValue', { value: decoration })}
      />
      <div>
        <TextField
          control={control}
          name={`rules.${index}.tagPattern`}
          label={t('edit.tagPattern')}
          hint={t('edit.tagPatternHint')}
          mono
          required
        />
        <PatternRepair
          text={pattern}
          read={read}
          kind="tag"
          onTake={(made) => onRepair(`rules.${index}.tagPattern`, made)}
        />
      </div>
      {isNothing && (
        <Note tone="bad" role="status">
          {t('keeps.nothing', { effect: loss })}
        </Note>
      )}
      <div className="text-ink-3 text-xs">
        <p>{t('edit.several', { decoration })}</p>
        <p className="mt-1">{t('edit.untagged')}</p>
        {extras && <p className="mt-1">{t.rich('edit.extras', { text: () => <Chip key="extras">{extras}</Chip> })}</p>}
      </div>
    </>
  )
}
