'use client'

import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { keepNormalised } from '@/components/diff/server-changes'
import { EditDialogs } from '@/components/form/edit/dialogs'
import { useEditForm } from '@/components/form/edit/use-edit-form'
import type { FormVersion } from '@/components/form/edit/version'
import { VersionNote } from '@/components/form/edit/version-note'
import { FormShell, mainForm } from '@/components/form/form-shell'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { GatedButton } from '@/components/shell/permission-button'
import { buttonClass } from '@/components/ui/button'
import { notify } from '@/components/ui/toast-store'
import type { Retention } from '@/lib/contract/swr/retention'
import { type InstanceLocation, routes } from '@/lib/routes'
import { type RetentionPlace, retentionKind, useRetentionRequests } from './descriptor'
import { RetentionFields } from './fields'
import type { RepairPattern } from './repair-pattern'

const RetentionAnswer = dynamic(() => import('./answer').then((module) => module.RetentionAnswer), { ssr: false })

/** Edits a policy. `version` fills it with something else than what it is opened on. */
export function RetentionForm({
  at,
  place,
  policy,
  version,
}: {
  at: InstanceLocation
  place: RetentionPlace
  policy: Retention
  version?: FormVersion<Retention> | undefined
}) {
  const t = useTranslations('retention')
  const f = useTranslations('form')
  const c = useTranslations('common')
  const router = useRouter()
  const home = routes.retentionPolicy(at, place.namespace_name, Number(place.policy_id))
  const edit = useEditForm({
    kind: retentionKind,
    requests: useRetentionRequests(at.connection, place),
    original: policy,
    draftKey: ['retention', ...Object.values({ ...at, ...place }), ...(version ? [version.revision] : [])],
    initialValues: version?.policy,
    onSaved: ({ normalised }, body) => {
      const said = { name: body.name ?? name }
      keepNormalised(home, { ...said, changes: normalised, at })
      notify({ tone: 'ok', text: f('saved', said) })
      router.push(home)
    },
  })
  const { original = policy } = edit
  const name = original.name ?? `#${place.policy_id}`

  const putPattern: RepairPattern = (field, pattern) => {
    edit.form.setValue(field, pattern, { shouldDirty: true, shouldTouch: true })
    edit.form.clearErrors(field)
    edit.form.setFocus(field)
  }
  const acts = (
    <>
      <Link href={home} prefetch={false} className={buttonClass('ghost')}>
        {c('cancel')}
      </Link>
      <GatedButton operation="retentionUpdate" type="submit" form={mainForm} look="primary">
        {f('reviewSave')}
      </GatedButton>
    </>
  )
  return (
    <div className="max-w-190">
      <InstanceCrumbs
        at={at}
        between={[
          { label: t('title'), href: routes.retention(at) },
          { label: name, href: home },
        ]}
        title={t('edit.title', { name })}
        lead={`${t('edit.namespace', { namespace: place.namespace_name })} · ${f('requiredNote')}`}
        // On a phone the same buttons stand at the end only.
        actions={<div className="flex gap-2 max-md:hidden">{acts}</div>}
      />
      {version && <VersionNote version={version} isNew={false} />}
      <FormShell {...edit.shell}>
        <RetentionFields
          control={edit.form.control}
          at={at}
          place={place}
          rules={original.rules}
          onRepair={putPattern}
        />
      </FormShell>
      <div className="flex justify-end gap-2 border-line border-t pt-4">{acts}</div>
      <EditDialogs
        edit={edit}
        location={at}
        operations={{ update: 'retentionUpdate', params: place }}
        Answer={RetentionAnswer}
      />
    </div>
  )
}
