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
import { type Wire, wire } from '@/lib/contract/swr/operations'
import type { Retention } from '@/lib/contract/swr/retention'
import { type RetentionDraft, type RetentionValues, retentionForm, toForm, toWire } from '@/lib/policy/retention/form'
import { asRequest } from '@/lib/policy/retention/request'
import { type InstanceAt, routes } from '@/lib/routes'
import type { RetentionPlace } from './edit'
import { retentionFieldOf } from './field-path'
import { type RepairPattern, RetentionFields } from './fields'
import { useRetentionSave } from './save'

const ReviewDialog = dynamic(() => import('@/components/diff/review-dialog').then((module) => module.ReviewDialog))
const Meanwhile = dynamic(() => import('./conflict').then((module) => module.RetentionMeanwhile))
const { method, path }: Wire = wire.retentionUpdate

/** An earlier version of the policy. */
export interface RetentionVersion {
  readonly revision: number
  readonly at: string
  readonly policy: Retention
}

/**
 * Edits a policy: the draft is set once, when the form opens; a read in the background never overwrites it. `version`
 * fills it with something else than what it is opened on.
 */
export function RetentionForm({
  at,
  place,
  policy,
  version,
}: {
  at: InstanceAt
  place: RetentionPlace
  policy: Retention
  version?: RetentionVersion | undefined
}) {
  const t = useTranslations('retention')
  const f = useTranslations('form')
  const c = useTranslations('common')
  const h = useTranslations('history')
  const router = useRouter()
  const format = useFormatter()
  // What the form was opened on: a refetch must not move it under the person's hands, nor the review while it is sent.
  const [was, setWas] = useState(policy)
  const defaultValues = toForm(was)
  const form = useForm({ resolver: zodResolver(retentionForm), defaultValues })
  const { asRead, unsupported } = defaultValues
  const key = ['retention', ...Object.values({ ...at, ...place }), ...(version ? [version.revision] : [])]
  const filled = version && { ...toForm(version.policy), asRead, unsupported }
  const draft = useDraft(form, key.join('/'), ['asRead', 'unsupported'], filled)
  const save = useRetentionSave(at, place, was)
  const [reviewed, setReviewed] = useState<RetentionValues | null>(null)
  const [reason, setReason] = useState('')
  const list = routes.retention(at)
  const name = was.name ?? `#${place.policy_id}`

  const review = (values: RetentionValues) => {
    save.forget()
    setReviewed(values)
  }
  const back = () => {
    setReviewed(null)
    save.forget()
  }
  const confirm = async (values: RetentionValues) => {
    const end = await save.run(toWire(values, was), reason.trim() || undefined)
    // What the door complains of belongs to fields, which the dialog would hide.
    if (end.problem?.fields) setReviewed(null)
    if (!end.written) return
    draft.forget()
    keepNormalised(list, { name: values.name, changes: end.written.normalised, at })
    notify({ tone: 'ok', text: f('saved', { name: values.name }) })
    router.push(list)
  }
  /** From now on the form stands on the policy as it is, and what is left of mine is the change. */
  const merge = (now: Retention, mixed: RetentionDraft) => {
    back()
    setWas(now)
    form.reset(toForm(now))
    form.reset(mixed, { keepDefaultValues: true })
    void form.handleSubmit(setReviewed)()
  }

  const putPattern: RepairPattern = (field, pattern) => {
    form.setValue(field, pattern, { shouldDirty: true, shouldTouch: true })
    form.clearErrors(field)
    form.setFocus(field)
  }

  const acts = (
    <>
      <Link href={list} prefetch={false} className={buttonClass('ghost')}>
        {c('cancel')}
      </Link>
      <GatedButton operation="retentionUpdate" type="submit" form="main-form" look="primary">
        {f('reviewSave')}
      </GatedButton>
    </>
  )
  return (
    <div className="max-w-190">
      <InstanceCrumbs
        at={at}
        between={[{ label: t('title'), href: list }]}
        title={t('edit.title', { name })}
        lead={`${t('edit.namespace', { namespace: place.namespace_name })} · ${f('requiredNote')}`}
        actions={
          // On a phone the same buttons stand at the end only.
          <div className="flex gap-2 max-md:hidden">
            <Link
              href={routes.retentionHistory(at, place.namespace_name, Number(place.policy_id))}
              prefetch={false}
              className={buttonClass('ghost')}
            >
              {h('tab')}
            </Link>
            {acts}
          </div>
        }
      />
      {version && (
        <Note tone="info" className="mb-4">
          {f('version.restored', {
            time: format.dateTime(new Date(version.at), { dateStyle: 'medium', timeStyle: 'short' }),
          })}
        </Note>
      )}
      <FormShell
        form={form}
        draft={draft}
        problem={reviewed ? null : save.error}
        fieldOf={retentionFieldOf}
        onReview={review}
      >
        <RetentionFields control={form.control} at={at} place={place} rule={was.rules[0]} onRepair={putPattern} />
      </FormShell>
      <div className="flex justify-end gap-2 border-line border-t pt-4">{acts}</div>
      {save.now !== undefined && (
        <Meanwhile
          opened={was}
          now={save.now}
          mine={form.getValues()}
          onMerged={(mixed) => save.now && merge(save.now, mixed)}
          onClose={back}
        />
      )}
      {reviewed && save.now === undefined && (
        <ReviewDialog
          review={{
            title: f('reviewTitle.update', { name }),
            method,
            path: Object.entries(place).reduce((text, [part, value]) => text.replace(`{${part}}`, value), path),
            before: asRequest(was),
            at,
            body: toWire(reviewed, was),
            act: f('save'),
          }}
          reason={{ value: reason, onChange: setReason }}
          mutation={{ isPending: save.busy, error: save.error }}
          onConfirm={() => void confirm(reviewed)}
          onClose={() => setReviewed(null)}
        />
      )}
    </div>
  )
}
