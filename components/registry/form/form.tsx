'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { type RefObject, useEffect } from 'react'
import { useCan } from '@/components/context/actor'
import { keepNormalised } from '@/components/diff/server-changes'
import { EditDialogs } from '@/components/form/edit/dialogs'
import { useEditForm } from '@/components/form/edit/use-edit-form'
import { FormShell } from '@/components/form/form-shell'
import { GatedButton } from '@/components/shell/permission-button'
import { Button } from '@/components/ui/button'
import { SheetBody, SheetFoot } from '@/components/ui/sheet'
import { notify } from '@/components/ui/toast-store'
import type { Registry } from '@/lib/contract/swr/registry'
import { type InstanceLocation, routes } from '@/lib/routes'
import { knownRegistry, newRegistry, useRegistryRequests } from './descriptor'
import { RegistryFields } from './fields'

const RegistryAnswer = dynamic(() => import('./answer').then((module) => module.RegistryAnswer), { ssr: false })

/** It may stand beside the form of a page. */
const formId = 'registry-form'

/** Adds a registry, or edits the one given. Its secret is asked for each time: it can be sent, never read. */
export function RegistryForm({
  at,
  registry,
  requestClose,
  onAdded,
  onClose,
}: {
  at: InstanceLocation
  registry: Registry | undefined
  /** Closes the panel unless something would be lost: then it asks. */
  requestClose: RefObject<() => void>
  onAdded?: ((id: number) => void) | undefined
  onClose: () => void
}) {
  const t = useTranslations('registry')
  const f = useTranslations('form')
  const c = useTranslations('common')
  const may = useCan('registryUpdate')
  const edit = useEditForm({
    kind: registry ? knownRegistry : newRegistry,
    requests: useRegistryRequests(at),
    original: registry,
    draftKey: ['registry', at.connection, at.instance, registry?.id ?? 'new'],
    onSaved: ({ id, normalised, answerLost }, { name = '' }, isNew) => {
      keepNormalised(routes.registries(at), { name, changes: normalised, at })
      const text =
        isNew && !answerLost ? t('form.created', { name }) : f(isNew ? 'createdUnanswered' : 'saved', { name })
      notify({ tone: 'ok', text })
      if (isNew && id !== undefined) onAdded?.(id)
      onClose()
    },
  })
  const { form, original, guard } = edit
  const close = () => guard.leave(onClose)
  useEffect(() => {
    requestClose.current = close
  })
  return (
    <>
      <SheetBody>
        <FormShell {...edit.shell} id={formId}>
          {original && !may.allowed && <p className="mb-3 text-ink-2">{t('form.readOnly')}</p>}
          <RegistryFields at={at} form={form} was={original} />
        </FormShell>
      </SheetBody>
      <SheetFoot>
        <Button look="ghost" onClick={close}>
          {c('cancel')}
        </Button>
        <GatedButton
          operation={original ? 'registryUpdate' : 'registryCreate'}
          type="submit"
          form={formId}
          look="primary"
        >
          {original ? f('reviewSave') : t('form.reviewCreate')}
        </GatedButton>
      </SheetFoot>
      <EditDialogs
        edit={edit}
        location={at}
        operations={{
          create: 'registryCreate',
          update: 'registryUpdate',
          params: { instance_id: at.instance, registry_id: String(original?.id) },
          createLabel: t('form.create'),
        }}
        Answer={RegistryAnswer}
      />
    </>
  )
}
