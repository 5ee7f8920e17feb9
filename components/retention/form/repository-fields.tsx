'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useController, useWatch } from 'react-hook-form'
import { ChoiceField, TextField } from '@/components/form/fields'
import { PatternRepair } from '@/components/form/pattern-repair'
import { Skeleton } from '@/components/ui/skeleton'
import { scopeModes } from '@/lib/contract/vocabulary'
import { parseInnerList } from '@/lib/policy/pattern/repository-list'
import { readBehind } from '@/lib/policy/retention/form-rule'
import type { InstanceLocation } from '@/lib/routes'
import type { RetentionControl } from './descriptor'
import type { RepairPattern } from './repair-pattern'

/** Most rules name their repositories by a pattern. */
const PickedRepositories = dynamic(() => import('./picked-repositories').then((module) => module.PickedRepositories), {
  loading: () => <Skeleton className="w-64" />,
})

/** Where the rule applies: a pattern, or repositories picked from the list, which are sent as the pattern `{a,b}`. */
export function RepositoryFields({
  control,
  index,
  at,
  namespace,
  onRepair,
}: {
  control: RetentionControl
  index: number
  at: InstanceLocation
  namespace: string
  onRepair: RepairPattern
}) {
  const t = useTranslations('retention')
  const { field } = useController({ control, name: `rules.${index}.repositoryPattern` })
  const [rule, asRead] = useWatch({ control, name: [`rules.${index}`, 'asRead.rules'] })
  const { scope } = rule
  const { repositoryPattern: read } = readBehind(rule, asRead)
  const picked = field.value === '' && read !== '' ? [] : parseInnerList(field.value)
  const chooseScope = (chosen: string) => {
    // A pattern is no selection, and no selection is no pattern: neither is carried over as the other.
    if (chosen === 'selection' && picked === null) field.onChange('')
    if (chosen === 'regular' && field.value === '') field.onChange(read || '**')
  }
  return (
    <>
      <ChoiceField
        control={control}
        name={`rules.${index}.scope`}
        label={t('edit.scope')}
        options={scopeModes.map((value) => ({ value, label: t(`edit.${value}`) }))}
        onChosen={chooseScope}
      />
      {scope === 'regular' || picked === null ? (
        <div>
          <TextField
            control={control}
            name={`rules.${index}.repositoryPattern`}
            label={t('edit.repositoryPattern')}
            hint={
              scope === 'regular'
                ? t.rich('edit.repositoryPatternHint', {
                    namespace,
                    code: (text) => <code className="font-mono">{text}</code>,
                  })
                : t('edit.notAList')
            }
            mono
            required
          />
          <PatternRepair
            text={field.value}
            read={read}
            kind="repository"
            onTake={(pattern) => onRepair(`rules.${index}.repositoryPattern`, pattern)}
          />
        </div>
      ) : null}
      {scope === 'selection' && (
        <PickedRepositories control={control} index={index} at={at} namespace={namespace} picked={picked} />
      )}
    </>
  )
}
