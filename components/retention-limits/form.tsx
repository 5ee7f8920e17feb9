'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type FieldPath, useForm, useWatch } from 'react-hook-form'
import { useCan } from '@/components/context/actor'
import { FormShell } from '@/components/form/form-shell'
import { LeaveQuestion } from '@/components/form/leave-question'
import { ReasonField } from '@/components/form/reason-field'
import { Pair, Section } from '@/components/form/section'
import { useDraft } from '@/components/form/use-draft'
import { useLeaveGuard } from '@/components/form/use-leave-guard'
import { GatedButton } from '@/components/shell/permission-button'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/toast-store'
import type { RetentionSettings } from '@/lib/contract/console/retention-settings'
import { basicEdition } from '@/lib/contract/console/retention-vocabulary'
import { problemOf } from '@/lib/contract/problem'
import {
  ceilingOf,
  type LimitsDraft,
  type LimitsValues,
  limitsForm,
  toDraft,
  toLimits,
} from '@/lib/policy/retention-limits/form'
import { foundInstead, useApiWrite } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { ArchiveSection } from './archive-section'
import { CeilingNote } from './ceiling-note'
import { CeilingRequestNote } from './ceiling-request'
import { LimitsConflict } from './conflict'
import { NumberField } from './number-field'
import { limitsInput, staleLimits } from './queries'
import { LimitsReading } from './reading'

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

interface Props {
  readonly at: InstanceLocation
  readonly settings: RetentionSettings
}

/** Limits of an instance with its archive, or of a connection's Basic Edition: a form for whoever may change them. */
export function LimitsForm({ at, settings }: Props) {
  const [opened, setOpened] = useState({ times: 0, on: settings })
  const open = (on: RetentionSettings) => setOpened(({ times }) => ({ times: times + 1, on }))
  const may = useCan('retentionSettingsUpdate')
  return (
    <>
      <CeilingRequestNote at={at} settings={settings} onSettled={open} />
      {may.allowed ? (
        <OpenForm
          // What was saved opens the form anew; what others save meanwhile never moves it.
          key={opened.times}
          at={at}
          settings={settings}
          opened={opened.on}
          onOpen={open}
        />
      ) : (
        <LimitsReading at={at} limits={settings.limits} />
      )}
    </>
  )
}

function OpenForm({
  at,
  settings,
  opened,
  onOpen,
}: Props & { opened: RetentionSettings; onOpen: (now: RetentionSettings) => void }) {
  const t = useTranslations('retentionRuns.limits')
  const [base, setBase] = useState(opened)
  const [changed, setChanged] = useState<RetentionSettings | null>(null)
  const [reason, setReason] = useState('')
  const form = useForm<LimitsDraft, unknown, LimitsValues>({
    resolver: zodResolver(limitsForm),
    defaultValues: toDraft(opened.limits),
    shouldFocusError: false,
  })
  const draft = useDraft(form, { key: `retention-limits:${at.connection}:${at.instance}` })
  const guard = useLeaveGuard(form.formState.isDirty)
  const update = useApiWrite('retentionSettingsUpdate', { stale: staleLimits })
  const { control } = form
  const isBehind = settings.content_hash !== base.content_hash && !update.isPending
  const ceiling = useWatch({ control, compute: ceilingOf })
  const isBasic = at.instance === basicEdition
  const save = (values: LimitsValues) => {
    if (update.isPending) return
    const said = reason.trim()
    const input = { ...limitsInput(at), body: toLimits(values), ifMatch: base.content_hash }
    update.mutateAsync({ ...input, ...(said && { reason: said }) }).then(
      (now) => {
        draft.forget()
        form.reset(values)
        notify({ tone: 'ok', text: t(now.request ? 'savedInPart' : 'saved') })
        onOpen(now)
      },
      (error: unknown) => {
        const problem = problemOf(error)
        if (problem.code === 'changed_meanwhile') setChanged(foundInstead<RetentionSettings>(problem))
      },
    )
  }
  const merge = (now: RetentionSettings, merged: LimitsDraft) => {
    update.reset()
    setBase(now)
    setChanged(null)
    form.reset(toDraft(now.limits))
    form.reset(merged, { keepDefaultValues: true })
  }
  return (
    <FormShell
      form={form}
      draft={draft}
      problem={update.error?.problem.code === 'changed_meanwhile' ? null : update.error}
      fieldOfPath={fieldOfPath}
      onReview={save}
    >
      {isBehind && (
        <Note tone="info" role="status" className="mb-4 flex flex-wrap items-center gap-2">
          {t(form.formState.isDirty ? 'changedBehind' : 'changedSince')}
          {!form.formState.isDirty && <Button onClick={() => onOpen(settings)}>{t('showCurrent')}</Button>}
        </Note>
      )}
      {!isBasic && (
        <Section title={t('dryRun')} lead={t('dryRunLead')}>
          <Pair>
            <NumberField control={control} name="dryRunHours" required />
            <NumberField control={control} name="outdatedPercent" required />
          </Pair>
        </Section>
      )}
      <Section title={t('ceiling')} lead={t(isBasic ? 'ceilingLeadBasic' : 'ceilingLead')}>
        <Pair>
          <NumberField control={control} name="ceilingTags" isBasic={isBasic} />
          <NumberField control={control} name="ceilingPercent" isBasic={isBasic} />
        </Pair>
        <CeilingNote typed={ceiling} base={base} otherAdmins={settings.otherAdmins} />
      </Section>
      <Section title={t('inUse')} lead={t(isBasic ? 'inUseLeadBasic' : 'inUseLead')}>
        <Pair>
          <NumberField control={control} name="inUseHours" required />
        </Pair>
      </Section>
      {!isBasic && <ArchiveSection at={at} control={control} />}
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
      {changed && (
        <LimitsConflict
          at={at}
          opened={base}
          now={changed}
          mine={form.getValues()}
          onMerge={(merged) => merge(changed, merged)}
          onClose={() => setChanged(null)}
        />
      )}
    </FormShell>
  )
}
