'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type Control, type FieldPath, useForm, useWatch } from 'react-hook-form'
import { SelectField, TextField } from '@/components/form/fields'
import { FormShell } from '@/components/form/form-shell'
import { LeaveQuestion } from '@/components/form/leave-question'
import { ReasonField } from '@/components/form/reason-field'
import { Pair, Section } from '@/components/form/section'
import { useDraft } from '@/components/form/use-draft'
import { useLeaveGuard } from '@/components/form/use-leave-guard'
import { GatedButton } from '@/components/shell/permission-button'
import { Note } from '@/components/ui/alert'
import { notify } from '@/components/ui/toast-store'
import type { RetentionLimits } from '@/lib/contract/console/retention-settings'
import { type LimitsDraft, type LimitsValues, limitsForm, toDraft, toLimits } from '@/lib/policy/retention-limits/form'
import { apiQuery, useApiWrite } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'
import { instanceParams } from './queries'

type LimitsControl = Control<LimitsDraft, unknown, LimitsValues>

const fieldNames: Readonly<Record<string, FieldPath<LimitsDraft>>> = {
  dryRunHours: 'dryRunHours',
  outdatedShare: 'outdatedPercent',
  ceilingTags: 'ceilingTags',
  ceilingShare: 'ceilingPercent',
  inUseHours: 'inUseHours',
  archive: 'registry',
  'archive.registry': 'registry',
  'archive.namespace': 'namespace',
  'archive.days': 'days',
}
const fieldOfPath = (path: string) => fieldNames[path.replace(/^body\./, '')]

/** Limits and archive of an instance. They apply from the next run on. */
export function LimitsForm({ at, limits }: { at: InstanceLocation; limits: RetentionLimits }) {
  const t = useTranslations('retentionRuns.limits')
  const [reason, setReason] = useState('')
  const form = useForm<LimitsDraft, unknown, LimitsValues>({
    resolver: zodResolver(limitsForm),
    defaultValues: toDraft(limits),
    shouldFocusError: false,
  })
  const draft = useDraft(form, { key: `retention-limits:${at.connection}:${at.instance}` })
  const guard = useLeaveGuard(form.formState.isDirty)
  const update = useApiWrite('retentionSettingsUpdate', { stale: ['retentionSettingsShow', 'retentionLockShow'] })
  const { control } = form
  const save = (values: LimitsValues) => {
    if (update.isPending) return
    const reasonGiven = reason.trim()
    const asked = { params: instanceParams(at), body: toLimits(values), ...(reasonGiven && { reason: reasonGiven }) }
    // What was saved opens the form anew: by then this one is gone, and only the promise still tells of it.
    update.mutateAsync(asked).then(
      () => {
        draft.forget()
        form.reset(values)
        notify({ tone: 'ok', text: t('saved') })
      },
      // Shown by the form.
      () => undefined,
    )
  }
  return (
    <FormShell form={form} draft={draft} problem={update.error} fieldOfPath={fieldOfPath} onReview={save}>
      <Section title={t('dryRun')} lead={t('dryRunLead')}>
        <Pair>
          <NumberField control={control} name="dryRunHours" required />
          <NumberField control={control} name="outdatedPercent" required />
        </Pair>
      </Section>
      <Section title={t('ceiling')} lead={t('ceilingLead')}>
        <Pair>
          <NumberField control={control} name="ceilingTags" />
          <NumberField control={control} name="ceilingPercent" />
        </Pair>
      </Section>
      <Section title={t('inUse')} lead={t('inUseLead')}>
        <Pair>
          <NumberField control={control} name="inUseHours" required />
        </Pair>
      </Section>
      <ArchiveSection at={at} control={control} />
      <ReasonField value={reason} onChange={setReason} />
      <div className="mt-4">
        <GatedButton
          operation="retentionSettingsUpdate"
          type="submit"
          look="primary"
          aria-busy={update.isPending}
          aria-disabled={update.isPending}
        >
          {t('save')}
        </GatedButton>
      </div>
      <LeaveQuestion guard={guard} />
    </FormShell>
  )
}

function NumberField({
  control,
  name,
  required = false,
}: {
  control: LimitsControl
  name: 'dryRunHours' | 'outdatedPercent' | 'ceilingTags' | 'ceilingPercent' | 'inUseHours' | 'days'
  required?: boolean
}) {
  const t = useTranslations('retentionRuns.limits')
  return (
    <TextField
      control={control}
      name={name}
      label={t(`field.${name}`)}
      hint={t(`hint.${name}`)}
      inputMode="numeric"
      required={required}
      optional={!required}
    />
  )
}

/** Where runs keep copies: one of the registries that policies copy to. */
function ArchiveSection({ at, control }: { at: InstanceLocation; control: LimitsControl }) {
  const t = useTranslations('retentionRuns.limits')
  const p = useTranslations('problem')
  const [registry] = useWatch({ control, name: ['registry'] })
  const { data, error } = useQuery(apiQuery('registryList', allRegistries(at)))
  const known = (data?.registries ?? []).flatMap(({ id, name }) =>
    id === undefined ? [] : [{ value: String(id), label: name ?? `#${id}` }],
  )
  const isKnown = registry === '' || known.some(({ value }) => value === registry)
  return (
    <Section title={t('archive')} lead={t('archiveLead')}>
      {error && <Note tone="warn">{t('registriesFailed', { reason: p(`${error.code}.title`) })}</Note>}
      <SelectField
        control={control}
        name="registry"
        label={t('field.registry')}
        hint={t('hint.registry')}
        options={[
          { value: '', label: t('noArchive') },
          ...known,
          ...(isKnown ? [] : [{ value: registry, label: `#${registry}` }]),
        ]}
      />
      {registry === '' ? (
        <Note tone="warn">{t('noArchiveText')}</Note>
      ) : (
        <Pair>
          <TextField
            control={control}
            name="namespace"
            label={t('field.namespace')}
            hint={t('hint.namespace')}
            required
            mono
          />
          <NumberField control={control} name="days" required />
        </Pair>
      )}
    </Section>
  )
}
