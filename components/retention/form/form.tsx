'use client'

import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { keepNormalised } from '@/components/diff/server-changes'
import { EditDialogs } from '@/components/form/edit/dialogs'
import { useEditForm } from '@/components/form/edit/use-edit-form'
import type { FormVersion } from '@/components/form/edit/version'
import { VersionNote } from '@/components/form/edit/version-note'
import { FormShell, mainForm } from '@/components/form/form-shell'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { GatedButton } from '@/components/shell/permission-button'
import { Note } from '@/components/ui/alert'
import { buttonClass } from '@/components/ui/button'
import { notify } from '@/components/ui/toast-store'
import type { Retention } from '@/lib/contract/swr/retention'
import { type InstanceLocation, routes } from '@/lib/routes'
import { retentionKind, useRetentionRequests } from './descriptor'
import { RetentionFields } from './fields'
import type { RepairPattern } from './repair-pattern'
import { WhatIfSlot } from './what-if-slot'

const RetentionAnswer = dynamic(() => import('./answer').then((module) => module.RetentionAnswer), { ssr: false })
const ReviewImpact = dynamic(() => import('./review-impact').then((module) => module.ReviewImpact), { ssr: false })

/**
 * Creates the policy of a namespace, or edits it: the same fields, the same review before anything is sent. `version` fills it
 * with something else than what it is opened on.
 */
export function RetentionForm({
  at,
  namespace,
  policy,
  version,
  place,
}: {
  at: InstanceLocation
  namespace: string
  policy?: Retention
  version?: FormVersion<Retention> | undefined
  /** Where a new one goes: stands above its fields. */
  place?: ReactNode
}) {
  const t = useTranslations('retention')
  const f = useTranslations('form')
  const c = useTranslations('common')
  const router = useRouter()
  const edit = useEditForm({
    kind: retentionKind,
    requests: useRetentionRequests(at, namespace),
    original: policy,
    draftKey: [
      'retention',
      at.connection,
      at.instance,
      ...(policy ? [namespace, String(policy.id)] : ['new']),
      ...(version ? [version.revision] : []),
    ],
    initialValues: version?.policy,
    onSaved: ({ id, normalised, answerLost }, body, isNew) => {
      const said = { name: body.name ?? name }
      const next = id === undefined ? routes.retention(at) : routes.retentionPolicy(at, namespace, id)
      keepNormalised(next, { ...said, changes: normalised, at })
      notify({ tone: 'ok', text: f(isNew ? (answerLost ? 'createdUnanswered' : 'created') : 'saved', said) })
      router.push(next)
    },
  })
  const { form, original } = edit
  const home = original?.id === undefined ? routes.retention(at) : routes.retentionPolicy(at, namespace, original.id)
  const name = original?.name ?? `#${original?.id}`
  const basis = original ?? version?.policy
  const putPattern: RepairPattern = (field, pattern) => {
    form.setValue(field, pattern, { shouldDirty: true, shouldTouch: true })
    form.clearErrors(field)
    form.setFocus(field)
  }
  const acts = (
    <>
      <Link href={home} prefetch={false} className={buttonClass('ghost')}>
        {c('cancel')}
      </Link>
      <GatedButton
        operation={original ? 'retentionUpdate' : 'retentionCreate'}
        type="submit"
        form={mainForm}
        look="primary"
        aria-busy={form.formState.isSubmitting}
      >
        {f(original ? 'reviewSave' : 'reviewCreate')}
      </GatedButton>
    </>
  )
  return (
    <>
      <InstanceCrumbs
        at={at}
        between={[
          { label: t('title'), href: routes.retention(at) },
          ...(original ? [{ label: name, href: home }] : []),
        ]}
        title={original ? t('edit.title', { name }) : t('edit.new')}
        lead={original ? `${t('edit.namespace', { namespace })} · ${f('requiredNote')}` : f('requiredNote')}
        // On a phone the same buttons stand at the end only.
        actions={<div className="flex gap-2 max-md:hidden">{acts}</div>}
      />
      <div className="grid items-start gap-8 xl:grid-cols-[minmax(0,1fr)_400px] min-[100rem]:grid-cols-[minmax(0,46rem)_minmax(0,1fr)]">
        <div className="min-w-0 max-w-190">
          {version && <VersionNote version={version} isNew={original === undefined} />}
          {place}
          <Note tone="warn" className="mb-4">
            {t('lead')}
          </Note>
          <FormShell {...edit.shell}>
            <RetentionFields
              control={form.control}
              at={at}
              namespace={namespace}
              rules={basis?.rules ?? []}
              original={original}
              onRepair={putPattern}
            />
          </FormShell>
          <div className="flex justify-end gap-2 border-line border-t pt-4">{acts}</div>
        </div>
        <div className="min-w-0 xl:sticky xl:top-4 xl:max-h-[calc(100dvh-2rem)] xl:overflow-y-auto">
          <WhatIfSlot at={at} namespace={namespace} form={form} original={original} basis={basis} />
        </div>
      </div>
      <EditDialogs
        edit={edit}
        location={at}
        operations={{
          create: 'retentionCreate',
          update: 'retentionUpdate',
          params: { instance_id: at.instance, namespace_name: namespace, policy_id: String(original?.id) },
        }}
        Answer={RetentionAnswer}
        unchanged={
          original && !original.enabled && form.getValues('enabled')
            ? { title: t('saving.notEnabled'), text: t('saving.onlyEnabled') }
            : undefined
        }
        checks={(body) => (
          <ReviewImpact
            at={at}
            namespace={namespace}
            body={body}
            original={original}
            isOffered={form.getValues('enabled')}
          />
        )}
      />
    </>
  )
}
