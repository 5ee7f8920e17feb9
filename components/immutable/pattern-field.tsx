'use client'

import { useTranslations } from 'next-intl'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { ChoiceField, TextField } from '@/components/form/fields'
import { PatternRepair } from '@/components/form/pattern-repair'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import { allBut } from '@/lib/policy/immutable/all-but'
import { decorationOf, type ImmutableDraft, type ImmutableValues } from '@/lib/policy/immutable/form'
import { excluding, matching, type Side } from '@/lib/policy/immutable/selectors'

type Form = UseFormReturn<ImmutableDraft, unknown, ImmutableValues>

const kinds = { tags: 'tag', repositories: 'repository' } as const
const presets = { all: '**', allButLatest: allBut('latest') } as const

/** A pattern of the rule, what it was read as, and what most want at hand. */
export function PatternField({ form, side }: { form: Form; side: Side }) {
  const t = useTranslations('immutable')
  const { control, setValue } = form
  const [pattern, read] = useWatch({ control, name: [side, `asRead.${side}`] })
  return (
    <div className="flex flex-col gap-2">
      <div>
        <TextField control={control} name={side} label={t(`form.${side}`)} hint={t(`form.${side}Hint`)} mono required />
        <PatternRepair
          text={pattern}
          read={read}
          kind={kinds[side]}
          onTake={(text) => setValue(side, text, { shouldDirty: true, shouldValidate: true })}
        />
      </div>
      {side === 'tags' && <Presets form={form} />}
      <Meaning form={form} side={side} />
    </div>
  )
}

function Presets({ form: { control, setValue } }: { form: Form }) {
  const t = useTranslations('immutable')
  const { pattern, isMatching } = useWatch({
    control,
    compute: (draft) => ({ pattern: draft.tags, isMatching: decorationOf('tags', draft) === matching.tags }),
  })
  const preset = (['all', 'allButLatest'] as const).find((name) => isMatching && presets[name] === pattern)
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {(['all', 'allButLatest'] as const).map((name) => (
          <Button
            key={name}
            aria-pressed={preset === name}
            onClick={() => {
              setValue('decorations.tags', matching.tags, { shouldDirty: true })
              setValue('tags', presets[name], { shouldDirty: true, shouldValidate: true })
            }}
          >
            {t(`tags.${name}`)}
          </Button>
        ))}
      </div>
      {preset === 'allButLatest' && (
        <p role="status" className="text-ink-2 text-sm">
          {t('form.allButLatest')}
        </p>
      )}
    </>
  )
}

/** Of a rule that was made elsewhere: its pattern may leave out what it fits. Nothing is turned round without being told. */
function Meaning({ form: { control }, side }: { form: Form; side: Side }) {
  const t = useTranslations('immutable')
  const { pattern, decoration, read } = useWatch({
    control,
    compute: (draft) => ({
      pattern: draft[side],
      decoration: draft.decorations[side],
      read: { pattern: draft.asRead[side], decoration: draft.asRead.decorations[side] },
    }),
  })
  if (read.decoration === matching[side]) return null
  const isKnown = read.decoration === excluding[side]
  const readAs = isKnown ? t(`form.${side}Excluded`) : read.decoration
  if (pattern !== read.pattern)
    return (
      <Note tone="warn" role="status">
        {t.rich('form.turned', { meaning: readAs, pattern: () => <Chip key="pattern">{read.pattern}</Chip> })}
      </Note>
    )
  return (
    <ChoiceField
      control={control}
      name={`decorations.${side}`}
      label={t(`form.${side}Meaning`)}
      hint={decoration === read.decoration ? t(isKnown ? 'form.excludesHint' : 'form.unknownHint') : undefined}
      options={[
        { value: matching[side], label: t(`form.${side}Matched`) },
        { value: read.decoration, label: readAs },
      ]}
    />
  )
}
