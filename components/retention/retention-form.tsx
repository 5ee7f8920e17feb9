'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { FormShell } from '@/components/form/form-shell'
import { useDraft } from '@/components/form/use-draft'
import { InstanceCrumbs } from '@/components/shell/instance-crumbs'
import { Button, buttonClass } from '@/components/ui/button'
import { notify } from '@/components/ui/notice'
import type { Retention } from '@/lib/contract/retention'
import { type Wire, wire } from '@/lib/contract/wire'
import { type RetentionValues, retentionForm, toForm, toWire } from '@/lib/policy/retention'
import { asRequest } from '@/lib/policy/retention-request'
import { useSwrMutation } from '@/lib/query/client'
import { type InstanceAt, routes } from '@/lib/routes'
import type { RetentionPlace } from './edit-retention'
import { retentionFieldOf } from './field-of'
import { RetentionFields } from './retention-fields'

const ReviewDialog = dynamic(() => import('@/components/form/review-dialog').then((module) => module.ReviewDialog))
const { method, path }: Wire = wire.retentionUpdate

/** Edits a policy: the draft is set once, when the form opens; a read in the background never overwrites it. */
export function RetentionForm({ at, place, policy }: { at: InstanceAt; place: RetentionPlace; policy: Retention }) {
  const t = useTranslations('retention')
  const f = useTranslations('form')
  const c = useTranslations('common')
  const router = useRouter()
  // What the form was opened on: a refetch must not move it under the person's hands, nor the review while it is sent.
  const [was] = useState(policy)
  const form = useForm({ resolver: zodResolver(retentionForm), defaultValues: toForm(was) })
  const draft = useDraft(form, `retention:${Object.values({ ...at, ...place }).join('/')}`, ['asRead', 'unsupported'])
  const update = useSwrMutation(at.connection, 'retentionUpdate', { stale: ['retentionList', 'retentionShow'] })
  const [reviewed, setReviewed] = useState<RetentionValues | null>(null)
  const list = routes.retention(at)
  const name = was.name ?? `#${place.policy_id}`

  const review = (values: RetentionValues) => {
    update.reset()
    setReviewed(values)
  }
  const save = (values: RetentionValues) =>
    update.mutate(
      { params: place, body: toWire(values, was) },
      {
        onSuccess: () => {
          draft.forget()
          notify({ tone: 'ok', text: f('saved', { name: values.name }) })
          router.push(list)
        },
        // What the door complains of belongs to fields, which the dialog would hide.
        onError: ({ problem }) => problem.fields && setReviewed(null),
      },
    )

  const acts = (
    <>
      <Link href={list} prefetch={false} className={buttonClass('ghost')}>
        {c('cancel')}
      </Link>
      <Button type="submit" form="main-form" look="primary">
        {f('reviewSave')}
      </Button>
    </>
  )
  return (
    <div className="max-w-190">
      <InstanceCrumbs
        at={at}
        between={[{ label: t('title'), href: list }]}
        title={t('edit.title', { name })}
        lead={`${t('edit.namespace', { namespace: place.namespace_name })} · ${f('requiredNote')}`}
        // On a phone the same buttons stand at the end only.
        actions={<div className="flex gap-2 max-md:hidden">{acts}</div>}
      />
      <FormShell
        form={form}
        draft={draft}
        problem={reviewed ? null : update.error}
        fieldOf={retentionFieldOf}
        onReview={review}
      >
        <RetentionFields control={form.control} at={at} place={place} rule={was.rules[0]} />
      </FormShell>
      <div className="flex justify-end gap-2 border-line border-t pt-4">{acts}</div>
      {reviewed && (
        <ReviewDialog
          review={{
            title: f('reviewTitle.update', { name }),
            method,
            path: Object.entries(place).reduce((text, [part, value]) => text.replace(`{${part}}`, value), path),
            before: asRequest(was),
            body: toWire(reviewed, was),
            act: f('save'),
          }}
          mutation={update}
          onConfirm={() => save(reviewed)}
          onClose={() => setReviewed(null)}
        />
      )}
    </div>
  )
}
