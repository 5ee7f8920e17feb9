'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { keepNormalised } from '@/components/diff/server-changes'
import { FormShell } from '@/components/form/form-shell'
import { useDraft } from '@/components/form/use-draft'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { GatedButton } from '@/components/shell/permission-button'
import { Note } from '@/components/ui/alert'
import { buttonClass } from '@/components/ui/button'
import { notify } from '@/components/ui/toast'
import { problemOf } from '@/lib/contract/problem'
import { wire } from '@/lib/contract/swr/operations'
import type { Replication, ReplicationBody } from '@/lib/contract/swr/replication'
import {
  blankReplication,
  filledWith,
  type ReplicationDraft,
  replicationForm,
  toForm,
  toWire,
} from '@/lib/policy/replication/form'
import { asRequest } from '@/lib/policy/replication/request'
import { type InstanceAt, routes } from '@/lib/routes'
import { MatchSlot } from '../match/match-slot'
import { fieldOfPath } from './field-path'
import { ReplicationFields } from './fields'
import { useReplicationSave } from './save'
import { ReplicationFormSummary } from './summary'

const ReviewDialog = dynamic(() => import('@/components/diff/review-dialog').then((module) => module.ReviewDialog))
const DraftFindings = dynamic(() => import('../../findings/draft-checks').then((module) => module.DraftFindings))
const Meanwhile = dynamic(() => import('./conflict').then((module) => module.ReplicationMeanwhile))

/** An earlier version of this policy, the last one of a deleted policy, or what another policy says. */
export interface ReplicationVersion {
  readonly revision: number | string
  /** Name of the policy that is duplicated. */
  readonly copyOf?: string
  readonly at: string
  readonly policy: Replication
}

/**
 * Creates a policy, or edits the one given: the same fields, the same review before anything is sent. `version` fills it
 * with something else than what it is opened on.
 */
export function ReplicationForm({
  at,
  policy,
  version,
}: {
  at: InstanceAt
  policy?: Replication
  version?: ReplicationVersion | undefined
}) {
  const t = useTranslations('replicationForm')
  const f = useTranslations('form')
  const c = useTranslations('common')
  const r = useTranslations('replication')
  const p = useTranslations('policyPage')
  const format = useFormatter()
  const router = useRouter()
  // What the form was opened on; a refetch in the background must not move it under the person's hands.
  const [was, setWas] = useState(policy)
  const defaultValues = was ? toForm(was) : blankReplication()
  const form = useForm({ resolver: zodResolver(replicationForm), defaultValues, shouldFocusError: false })
  const key = ['replication', at.connection, at.instance, policy?.id ?? 'new', ...(version ? [version.revision] : [])]
  const filled = version && filledWith(version.policy, was && defaultValues)
  const draft = useDraft(form, key.join(':'), ['asRead'], filled)
  // What a new one repeats: of it goes back what the console cannot say.
  const repeated = version?.policy ?? policy
  const save = useReplicationSave(at, was, repeated?.id)
  const [body, setBody] = useState<ReplicationBody | null>(null)
  const [reason, setReason] = useState('')

  const fieldOf = (path: string) => {
    const { direction, scope } = form.getValues()
    return fieldOfPath(path, body?.filters ?? [], direction === 'push' && scope === 'selection')
  }
  // What concerns a field is said there; everything else stays where the request is being looked at.
  const ofFields = Object.keys((save.error && problemOf(save.error).fields) || {}).some(fieldOf)
  const home = was?.id === undefined ? routes.replication(at) : routes.replicationPolicy(at, was.id)
  const confirm = (sent: ReplicationBody) =>
    save.run(sent, reason.trim() || undefined, ({ id, normalised, answerLost }) => {
      draft.forget()
      const next = id === undefined ? routes.replication(at) : routes.replicationPolicy(at, id)
      const said = { name: sent.name ?? name }
      keepNormalised(next, { ...said, changes: normalised, at })
      notify({ tone: 'ok', text: f(was ? 'saved' : answerLost ? 'createdUnanswered' : 'created', said) })
      router.push(next)
    })
  const review = (on: Replication | undefined) =>
    form.handleSubmit((values) => {
      save.forget()
      setBody(toWire(values, on ?? repeated))
    })()
  const back = () => {
    setBody(null)
    save.forget()
  }
  /** From now on the form stands on the policy as it is, and what is left of mine is the change. */
  const merge = (now: Replication, mixed: ReplicationDraft) => {
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
  const operation = was ? wire.replicationUpdate : wire.replicationCreate
  const name = was?.name ?? `#${was?.id}`
  const acts = (
    <>
      <Link href={home} prefetch={false} className={buttonClass('ghost')}>
        {c('cancel')}
      </Link>
      <GatedButton
        operation={was ? 'replicationUpdate' : 'replicationCreate'}
        type="submit"
        form="main-form"
        look="primary"
      >
        {f(was ? 'reviewSave' : 'reviewCreate')}
      </GatedButton>
    </>
  )
  return (
    <>
      <InstanceCrumbs
        at={at}
        between={[{ label: r('title'), href: routes.replication(at) }, ...(was ? [{ label: name, href: home }] : [])]}
        title={was ? t('edit', { name }) : t('new')}
        lead={f('requiredNote')}
        // On a phone the same buttons stand at the end only.
        actions={<div className="flex gap-2 max-md:hidden">{acts}</div>}
      />
      <div className="grid items-start gap-x-8 xl:grid-cols-[minmax(0,1fr)_320px] min-[87.5rem]:grid-cols-[minmax(0,1fr)_400px]">
        <div className="min-w-0 max-w-190 xl:max-w-none">
          {version && (
            <Note tone="info" className="mb-4">
              {was
                ? f('version.restored', {
                    time: format.dateTime(new Date(version.at), { dateStyle: 'medium', timeStyle: 'short' }),
                  })
                : version.copyOf === undefined
                  ? f('version.again', { name: version.policy.name ?? '' })
                  : p('copied', { name: version.copyOf })}
            </Note>
          )}
          <FormShell
            form={form}
            draft={draft}
            // A failure that comes after the review was closed is said here; one that was read there is over.
            problem={ofFields || !body ? save.error : null}
            fieldOf={fieldOf}
            onReview={(values) => {
              save.forget()
              setBody(toWire(values, was ?? repeated))
            }}
          >
            <ReplicationFields at={at} form={form} was={was} />
          </FormShell>
          <div className="flex justify-end gap-2 border-line border-t pt-4">{acts}</div>
        </div>
        <div className="sticky top-4 flex flex-col gap-4">
          <MatchSlot at={at} form={form} place="beside" />
          <ReplicationFormSummary at={at} control={form.control} was={was} />
        </div>
      </div>
      {was && save.now !== undefined && (
        <Meanwhile
          at={at}
          opened={was}
          now={save.now}
          mine={form.getValues()}
          onMerged={(mixed) => save.now && merge(save.now, mixed)}
          onAgain={again}
          onClose={back}
        />
      )}
      {body && !ofFields && save.now === undefined && (
        <ReviewDialog
          review={{
            title: f(`reviewTitle.${was ? 'update' : 'create'}`, { name: body.name ?? name }),
            method: operation.method,
            path: operation.path.replace('{instance_id}', at.instance).replace('{policy_id}', String(was?.id)),
            before: was && asRequest(was),
            at,
            body,
            act: f(was ? 'save' : 'create'),
          }}
          reason={{ value: reason, onChange: setReason }}
          mutation={{ isPending: save.busy, error: save.error }}
          onConfirm={() => confirm(body)}
          onClose={() => {
            if (!save.busy) save.forget()
            setBody(null)
          }}
        >
          <DraftFindings at={at} id={was?.id} body={body} />
        </ReviewDialog>
      )}
    </>
  )
}
