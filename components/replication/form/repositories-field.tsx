'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useController, useWatch } from 'react-hook-form'
import { FieldFrame } from '@/components/form/field-frame'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import { namesOf, preservedText } from '@/lib/policy/replication/form'
import type { InstanceLocation } from '@/lib/routes'
import type { ReplicationFormApi } from '../../match/replication-form-api'
import { RemovableChips } from '../../picker/chips'

const RepositoryPicker = dynamic(() =>
  import('../../picker/repository-picker').then((module) => module.RepositoryPicker),
)

/** Repositories picked from the real list; the list is read when it is first opened. */
export function RepositoriesField({ at, form }: { at: InstanceLocation; form: ReplicationFormApi }) {
  const t = useTranslations('replicationForm')
  const { control } = form
  const { field, fieldState } = useController({ control, name: 'repositories' })
  const draft = useWatch({ control, compute: (each) => ({ names: namesOf(each), kept: preservedText(each) }) })
  const [open, setOpen] = useState(false)
  const picked = field.value
  const change = (repositories: string[]) => {
    field.onChange(repositories)
    form.clearErrors('repositories')
  }
  return (
    <FieldFrame
      name="repositories"
      look={{ label: t('repositories'), required: true }}
      error={errorOf(fieldState.error)}
      group
    >
      {draft.kept && (
        <Note tone="info" className="mb-2">
          {t.rich('keptText', { pattern: () => <Chip>{draft.names}</Chip> })}
        </Note>
      )}
      <RemovableChips
        label={t('picked')}
        names={picked}
        removeLabel={(name) => t('unpick', { name })}
        onRemove={(name) => change(picked.filter((each) => each !== name))}
        className="mb-2"
      />
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'closePicker' : 'openPicker')}
      </Button>
      {open && <RepositoryPicker at={at} picked={picked} onChange={change} />}
      {picked.length > 0 && (
        <p className="mt-2 text-ink-3 text-xs" aria-live="polite">
          {t.rich('sentAs', { pattern: () => <Chip>{draft.names}</Chip> })}
        </p>
      )}
    </FieldFrame>
  )
}

/** The error of a list may stand at the list or at one of its elements. */
function errorOf(error: unknown): string | undefined {
  if (Array.isArray(error)) return errorOf(error.find(Boolean))
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : undefined
}
