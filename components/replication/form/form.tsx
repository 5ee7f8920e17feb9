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
import type { Replication } from '@/lib/contract/swr/replication'
import { type InstanceLocation, routes } from '@/lib/routes'
import { MatchSlot } from '../../match/match-slot'
import { replicationKind, useReplicationRequests } from './descriptor'
import { ReplicationFields } from './fields'
import { ReplicationFormSummary } from './summary'

const DraftFindings = dynamic(() => import('../../findings/draft-checks').then((module) => module.DraftFindings))
const ReplicationAnswer = dynamic(() => import('./answer').then((module) => module.ReplicationAnswer), { ssr: false })

/**
 * Creates a policy, or edits the one given: the same fields, the same review before anything is sent. `version` fills it
 * with something else than what it is opened on.
 */
export function ReplicationForm({
  at,
  policy,
  version,
}: {
  at: InstanceLocation
  policy?: Replication
  version?: FormVersion<Replication> | undefined
}) {
  const t = useTranslations('replicationForm')
  const f = useTranslations('form')
  const c = useTranslations('common')
  const r = useTranslations('replication')
  const router = useRouter()
  const edit = useEditForm({
    kind: replicationKind,
    requests: useReplicationRequests(at),
    original: policy,
    draftKey: ['replication', at.connection, at.instance, policy?.id ?? 'new', ...(version ? [version.revision] : [])],
    initialValues: version?.policy,
    onSaved: ({ id, normalised, answerLost }, body, isNew) => {
      const said = { name: body.name ?? name }
      const next = id === undefined ? routes.replication(at) : routes.replicationPolicy(at, id)
      keepNormalised(next, { ...said, changes: normalised, at })
      notify({ tone: 'ok', text: f(isNew ? (answerLost ? 'createdUnanswered' : 'created') : 'saved', said) })
      router.push(next)
    },
  })
  const { form, original } = edit
  const home = original?.id === undefined ? routes.replication(at) : routes.replicationPolicy(at, original.id)
  const name = original?.name ?? `#${original?.id}`
  const acts = (
    <>
      <Link href={home} prefetch={false} className={buttonClass('ghost')}>
        {c('cancel')}
      </Link>
      <GatedButton
        operation={original ? 'replicationUpdate' : 'replicationCreate'}
        type="submit"
        form={mainForm}
        look="primary"
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
          { label: r('title'), href: routes.replication(at) },
          ...(original ? [{ label: name, href: home }] : []),
        ]}
        title={original ? t('edit', { name }) : t('new')}
        lead={f('requiredNote')}
        // On a phone the same buttons stand at the end only.
        actions={<div className="flex gap-2 max-md:hidden">{acts}</div>}
      />
      <div className="grid items-start gap-x-8 xl:grid-cols-[minmax(0,1fr)_320px] min-[87.5rem]:grid-cols-[minmax(0,1fr)_400px]">
        <div className="min-w-0 max-w-190 xl:max-w-none">
          {version && <VersionNote version={version} isNew={original === undefined} />}
          <FormShell {...edit.shell} focusFirst={policy === undefined}>
            <ReplicationFields at={at} form={form} original={original} />
          </FormShell>
          <div className="flex justify-end gap-2 border-line border-t pt-4">{acts}</div>
        </div>
        <div className="sticky top-4 flex flex-col gap-4">
          <MatchSlot at={at} form={form} place="beside" />
          <ReplicationFormSummary at={at} control={form.control} original={original} />
        </div>
      </div>
      <EditDialogs
        edit={edit}
        location={at}
        operations={{
          create: 'replicationCreate',
          update: 'replicationUpdate',
          params: { instance_id: at.instance, policy_id: String(original?.id) },
        }}
        Answer={ReplicationAnswer}
        checks={(body) => <DraftFindings at={at} id={original?.id} body={body} />}
      />
    </>
  )
}
