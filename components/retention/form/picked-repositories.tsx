'use client'

import { X } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useController, useWatch } from 'react-hook-form'
import { FieldFrame } from '@/components/form/field-frame'
import { Button } from '@/components/ui/button'
import { innerSelection } from '@/lib/policy/pattern/repository-list'
import type { InstanceAt } from '@/lib/routes'
import type { RetentionControl, RetentionPlace } from './descriptor'

const RepositoryPicker = dynamic(() => import('./repository-picker').then((module) => module.RepositoryPicker))

/** The repositories that were picked, and the way to the list of those that can be. */
export function PickedRepositories({
  control,
  at,
  place,
  picked,
}: {
  control: RetentionControl
  at: InstanceAt
  place: RetentionPlace
  /** Null while the pattern says more than a list of names: then it stands in a field of its own. */
  picked: readonly string[] | null
}) {
  const t = useTranslations('retention')
  const { field, fieldState } = useController({ control, name: 'repositoryPattern' })
  const asRead = useWatch({ control, name: 'asRead' })
  const [open, setOpen] = useState(false)
  const pick = (names: readonly string[]) => field.onChange(innerSelection(names, asRead.repositoryPattern))
  const button = <Button onClick={() => setOpen(true)}>{t('edit.pick')}</Button>
  return (
    <>
      {picked ? (
        <FieldFrame
          name="repositoryPattern"
          look={{ label: t('edit.picked'), required: true }}
          error={fieldState.error?.message}
          group
        >
          <ul className="mb-2 flex flex-wrap gap-1.5">
            {picked.length === 0 && <li className="text-ink-3">{t('edit.nonePicked')}</li>}
            {picked.map((name) => (
              <li
                key={name}
                className="inline-flex items-center gap-1 rounded-sm border border-line bg-sunken pl-1.5 font-mono text-xs"
              >
                <span className="wrap-anywhere">{name}</span>
                <button
                  type="button"
                  aria-label={t('edit.remove', { name })}
                  className="grid size-6 place-items-center text-ink-3 hover:text-ink"
                  onClick={() => pick(picked.filter((other) => other !== name))}
                >
                  <X aria-hidden size={12} />
                </button>
              </li>
            ))}
          </ul>
          {button}
        </FieldFrame>
      ) : (
        <div>{button}</div>
      )}
      {open && (
        <RepositoryPicker
          at={at}
          namespace={place.namespace_name}
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
