'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type RefObject, useEffect, useState } from 'react'
import { type FieldPath, useForm } from 'react-hook-form'
import { useCan } from '@/components/context/actor'
import { keepNormalised } from '@/components/diff/server-changes'
import { FormShell } from '@/components/form/form-shell'
import { useDraft } from '@/components/form/use-draft'
import { GatedButton } from '@/components/shell/permission-button'
import { Button } from '@/components/ui/button'
import { SheetBody, SheetFoot } from '@/components/ui/sheet'
import { notify } from '@/components/ui/toast'
import { problemOf } from '@/lib/contract/problem'
import type { Registry, RegistryBody } from '@/lib/contract/swr/registry'
import {
  blankRegistry,
  type RegistryDraft,
  registryForm,
  toForm,
  toWire,
  unkeptFields,
} from '@/lib/policy/registry/form'
import { type InstanceAt, routes, wayBack } from '@/lib/routes'
import { RegistryFields } from './fields'
import { useRegistrySave } from './save'

// Without `ssr: false` they would wait in the panel's own boundary, which hides the panel and shows it anew above them.
const LeaveDialog = dynamic(() => import('@/components/form/leave-dialog').then((module) => module.LeaveDialog), {
  ssr: false,
})
const RegistryReview = dynamic(() => import('./review').then((module) => module.RegistryReview), {
  ssr: false,
})
const Meanwhile = dynamic(() => import('./conflict').then((module) => module.RegistryMeanwhile), {
  ssr: false,
})

const places: readonly [RegExp, FieldPath<RegistryDraft>][] = [
  [/^body\.(name|description|type|url|insecure)$/, 'name'],
  [/^body\.region_id$/, 'region'],
  [/^body\.project_id$/, 'project'],
  [/^body\.instance_id$/, 'instance'],
  [/^body\.credential\.access_key$/, 'login'],
  [/^body\.credential\.access_secret$/, 'secret'],
  [/^body\.dns_conf/, 'hosts'],
]
const isField = (name: string | undefined): name is 'name' | 'description' | 'type' | 'url' | 'insecure' =>
  name !== undefined && name in blankRegistry()

function fieldOf(path: string): FieldPath<RegistryDraft> | undefined {
  const [pattern, field] = places.find(([each]) => each.test(path)) ?? []
  const named = pattern?.exec(path)?.[1]
  return isField(named) ? named : field
}

/** Adds a registry, or edits the one given. Its secret is asked for each time: it can be sent, never read. */
export function RegistryForm({
  at,
  registry,
  to,
  mayClose,
  onClose,
}: {
  at: InstanceAt
  registry: Registry | undefined
  to: string | null
  mayClose: RefObject<() => boolean>
  onClose: () => void
}) {
  const t = useTranslations('registry')
  const f = useTranslations('form')
  const may = useCan('registryUpdate')
  const c = useTranslations('common')
  const router = useRouter()
  // What the form was opened on; a refetch in the background must not move it under the person's hands.
  const [was, setWas] = useState(registry)
  const defaultValues = was ? toForm(was) : blankRegistry()
  const form = useForm({ resolver: zodResolver(registryForm), defaultValues, shouldFocusError: false })
  const key = ['registry', at.connection, at.instance, registry?.id ?? 'new'].join(':')
  const draft = useDraft(form, key, ['asRead', ...(registry ? (['type'] as const) : [])], undefined, unkeptFields)
  const save = useRegistrySave(at, was)
  const [body, setBody] = useState<RegistryBody | null>(null)
  const [reason, setReason] = useState('')
  const [leaving, setLeaving] = useState(false)
  const { isDirty } = form.formState

  useEffect(() => {
    mayClose.current = () => {
      setLeaving(isDirty)
      return !isDirty
    }
  })

  const ofFields = Object.keys((save.error && problemOf(save.error).fields) || {}).some(fieldOf)
  const review = (on: Registry | undefined) =>
    form.handleSubmit(
      (values) => {
        save.forget()
        setBody(toWire(values, on))
      },
      // After a conflict about the login its secret is missing.
      ({ secret }) => secret && form.setFocus('secret'),
    )()
  const back = () => {
    setBody(null)
    if (!save.busy) save.forget()
  }
  const confirm = (sent: RegistryBody) =>
    save.run(sent, reason.trim() || undefined, ({ normalised, answerLost }) => {
      draft.forget()
      const said = { name: sent.name ?? '' }
      keepNormalised(routes.registries(at), { ...said, changes: normalised, at })
      const text = was ? f('saved', said) : answerLost ? f('createdUnanswered', said) : t('form.created', said)
      notify({ tone: 'ok', text })
      if (to === null) onClose()
      else router.push(wayBack(to))
    })
  const merge = (now: Registry, mixed: RegistryDraft) => {
    back()
    setWas(now)
    form.reset(toForm(now))
    form.reset(mixed, { keepDefaultValues: true })
    review(now)
  }
  const again = () => {
    back()
    setWas(undefined)
    review(undefined)
  }
  return (
    <>
      <SheetBody>
        <FormShell
          form={form}
          draft={draft}
          problem={ofFields || !body ? save.error : null}
          fieldOf={fieldOf}
          onReview={(values) => {
            save.forget()
            setBody(toWire(values, was))
          }}
        >
          {was && !may.allowed && <p className="mb-3 text-ink-2">{t('form.readOnly')}</p>}
          <RegistryFields at={at} form={form} was={was} />
        </FormShell>
      </SheetBody>
      <SheetFoot>
        <Button look="ghost" onClick={() => mayClose.current() && onClose()}>
          {c('cancel')}
        </Button>
        <GatedButton
          operation={was ? 'registryUpdate' : 'registryCreate'}
          type="submit"
          form="main-form"
          look="primary"
        >
          {was ? f('reviewSave') : t('form.reviewCreate')}
        </GatedButton>
      </SheetFoot>
      {leaving && <LeaveDialog onStay={() => setLeaving(false)} onGo={onClose} />}
      {was && save.now !== undefined && (
        <Meanwhile
          opened={was}
          now={save.now}
          mine={form.getValues()}
          onMerged={(mixed) => save.now && merge(save.now, mixed)}
          onAgain={again}
          onClose={back}
        />
      )}
      {body && !ofFields && save.now === undefined && (
        <RegistryReview
          at={at}
          was={was}
          body={body}
          reason={{ value: reason, onChange: setReason }}
          mutation={{ isPending: save.busy, error: save.error }}
          onConfirm={() => confirm(body)}
          onClose={back}
        />
      )}
    </>
  )
}
