'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useController, useWatch } from 'react-hook-form'
import { FieldFrame } from '@/components/form/field-frame'
import { Button } from '@/components/ui/button'
import { formatInnerList } from '@/lib/policy/pattern/repository-list'
import { readBehind } from '@/lib/policy/retention/form-rule'
import type { InstanceLocation } from '@/lib/routes'
import { RemovableChips } from '../../picker/chips'
import type { RetentionControl } from './descriptor'

const RepositoryPicker = dynamic(() => import('./repository-picker').then((module) => module.RepositoryPicker))

/** The repositories that were picked, and the way to the list of those that can be. */
export function PickedRepositories({
  control,
  index,
  at,
  namespace,
  picked,
}: {
  control: RetentionControl
  index: number
  at: InstanceLocation
  namespace: string
  /** Null while the pattern says more than a list of names: then it stands in a field of its own. */
  picked: readonly string[] | null
}) {
  const t = useTranslations('retention')
  const { field, fieldState } = useController({ control, name: `rules.${index}.repositoryPattern` })
  const [rule, asRead] = useWatch({ control, name: [`rules.${index}`, 'asRead.rules'] })
  const [open, setOpen] = useState(false)
  const pick = (names: readonly string[]) =>
    field.onChange(formatInnerList(names, readBehind(rule, asRead).repositoryPattern))
  const button = <Button onClick={() => setOpen(true)}>{t('edit.pick')}</Button>
  return (
    <>
      {picked ? (
        <FieldFrame
          name={`rules.${index}.repositoryPattern`}
          look={{ label: t('edit.picked'), required: true }}
          error={fieldState.error?.message}
          group
        >
          {picked.length === 0 && <p className="mb-2 text-ink-3">{t('edit.nonePicked')}</p>}
          <RemovableChips
            label={t('edit.picked')}
            names={picked}
            removeLabel={(name) => t('edit.remove', { name })}
            onRemove={(name) => pick(picked.filter((other) => other !== name))}
            className="mb-2"
          />
          {button}
        </FieldFrame>
      ) : (
        <div>{button}</div>
      )}
      {open && (
        <RepositoryPicker
          at={at}
          namespace={namespace}
          picked={picked ?? []}
          onPick={(names) => {
            pick(names)
            setOpen(false)
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
