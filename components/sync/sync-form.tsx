'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import { CheckField, SelectField, TextField } from '@/components/form/fields'
import { FormShell } from '@/components/form/form-shell'
import { LeaveQuestion } from '@/components/form/leave-question'
import { Pair, Section } from '@/components/form/section'
import { useDraft } from '@/components/form/use-draft'
import { useLeaveGuard } from '@/components/form/use-leave-guard'
import { fill, projectPlaceholder } from '@/lib/contract/path'
import type { Problem } from '@/lib/contract/problem'
import { swrRoutes } from '@/lib/contract/swr/operations'
import { blankSync, type SyncDraft, type SyncValues, syncForm, syncParams, toBody } from '@/lib/policy/sync'
import type { Source } from '../picker/queries'
import { isFault } from './outcome'
import { RegionField } from './region-field'
import { RepositoryField } from './repository-field'
import { SentList } from './results'
import { SyncSummary } from './sync-summary'
import { TagField } from './tag-field'
import { useSendings } from './use-sendings'

const ReviewDialog = dynamic(() => import('@/components/diff/review-dialog').then((module) => module.ReviewDialog), {
  ssr: false,
})

/** The same name at the target is the usual wish. */
const prepared = (at: Source): SyncDraft => ({ ...blankSync(at), target: at.organization })

const fields = new Map<string, keyof SyncDraft>([
  ['params.namespace', 'organization'],
  ['params.repository', 'repository'],
  ['body.imageTag', 'tags'],
  ['body.remoteRegionId', 'region'],
  ['body.remoteNamespace', 'target'],
])

/** From organization to tags to target; what is copied from is in the address, the rest in the form and its draft. */
export function SyncForm({
  connection,
  at,
  organizations,
  onSource,
}: {
  connection: string
  at: Source
  organizations: readonly string[]
  onSource: (next: Source) => void
}) {
  const t = useTranslations('sync')
  const form = useForm({ resolver: zodResolver(syncForm), defaultValues: prepared(at), shouldFocusError: false })
  const { organization, repository } = at
  // The address leads, also when it changes by back and forward. Tags belong to their repository; the target stays, unless
  // it is only the name of the organization before.
  useEffect(() => {
    const { target, ...rest } = form.getValues()
    const before = form.formState.defaultValues?.organization
    form.reset({
      ...rest,
      organization,
      repository,
      tags: [],
      target: target === '' || target === before ? organization : target,
    })
  }, [form, organization, repository])
  const draft = useDraft(form, {
    key: `sync/${connection}/${organization}/${repository}`,
    serverFields: ['organization', 'repository'],
  })
  const guard = useLeaveGuard(form.formState.isDirty)
  const [review, setReview] = useState<SyncValues | null>(null)
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<Problem | null>(null)
  const { sendings, send, dismiss, running } = useSendings(connection)

  const confirm = async (values: SyncValues) => {
    setReview(null)
    setRefusal(null)
    const outcome = await send(values, reason.trim())
    if (outcome.state === 'refused' && isFault(outcome)) setRefusal(outcome.problem)
    const now = form.getValues()
    const isSame = now.organization === values.organization && now.repository === values.repository
    if (outcome.state !== 'answered' || !isSame) return
    // What was sent is done; what was chosen meanwhile is not.
    const rest = now.tags.filter((tag) => !values.tags.includes(tag))
    form.reset({ ...now, tags: [] })
    draft.discard()
    if (rest.length > 0) form.setValue('tags', rest, { shouldDirty: true })
  }

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-6 xl:grid-cols-[minmax(0,1fr)_320px] min-[1400px]:grid-cols-[minmax(0,1fr)_360px]">
      <FormShell
        form={form}
        draft={draft}
        problem={refusal}
        fieldOfPath={(path) => fields.get(path)}
        onReview={setReview}
      >
        <Section title={t('section.from')} lead={t('section.fromLead')}>
          <SelectField
            control={form.control}
            name="organization"
            label={t('organization.label')}
            required
            options={[
              { value: '', label: t('organization.choose') },
              ...organizations.map((name) => ({ value: name, label: name })),
            ]}
            onChosen={(name) => onSource({ organization: name, repository: '' })}
          />
          <RepositoryField
            connection={connection}
            control={form.control}
            at={at}
            onChoose={(name) => onSource({ organization, repository: name })}
          />
        </Section>
        <Section title={t('section.what')} lead={t('section.whatLead')}>
          <TagField connection={connection} control={form.control} at={at} />
        </Section>
        <Section title={t('section.to')} lead={t('section.toLead')}>
          <Pair>
            <RegionField connection={connection} control={form.control} />
            <TextField
              control={form.control}
              name="target"
              label={t('target.label')}
              required
              hint={t('target.hint')}
            />
          </Pair>
        </Section>
        <Section title={t('section.conflict')}>
          <CheckField control={form.control} name="override" label={t('override.label')} hint={t('override.hint')} />
        </Section>
      </FormShell>
      <div className="flex min-w-0 flex-col gap-6 xl:sticky xl:top-4 xl:max-h-[calc(100dvh-2rem)] xl:self-start xl:overflow-y-auto">
        <SyncSummary control={form.control} running={running} />
        <SentList sendings={sendings} onDismiss={dismiss} />
      </div>
      <LeaveQuestion guard={guard} />
      {review && (
        <ReviewDialog
          review={{
            title: t('review.title', {
              count: review.tags.length,
              source: `${review.organization}/${review.repository}`,
              target: review.target,
              region: review.region,
            }),
            method: swrRoutes.manualSync.method,
            path: fill(swrRoutes.manualSync.path, syncParams(review), projectPlaceholder),
            before: undefined,
            body: toBody(review),
            heading: t('review.heading'),
            act: t('review.act', { count: review.tags.length, region: review.region }),
          }}
          reason={{ value: reason, onChange: setReason }}
          mutation={{ isPending: false, error: null }}
          onConfirm={() => confirm(review)}
          onClose={() => setReview(null)}
        />
      )}
    </div>
  )
}
