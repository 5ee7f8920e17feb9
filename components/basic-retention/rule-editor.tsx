'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { FormShell } from '@/components/form/form-shell'
import { LeaveQuestion } from '@/components/form/leave-question'
import { Section } from '@/components/form/section'
import { useDraft } from '@/components/form/use-draft'
import { useLeaveGuard } from '@/components/form/use-leave-guard'
import { useSettled } from '@/components/match/use-settled'
import { GatedButton, ReasonedButton } from '@/components/shell/permission-button'
import { Note } from '@/components/ui/alert'
import type { BasicRule } from '@/lib/contract/console/basic-retention'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { type BasicDraft, type BasicValues, basicForm, ruleOf, toDraft } from '@/lib/policy/basic-retention/rule-form'
import { apiQuery } from '@/lib/query/client'
import { DeleteRule } from './delete-rule'
import { type BasicPlace, decideInput } from './queries'
import { RuleFields } from './rule-fields'
import { SaveDialog } from './save-dialog'
import { Verdicts } from './verdicts'

type Retention = ConsoleOutput<'basicRetentionShow'>['retention']

const afterTypingMs = 400

/** The rule of a repository with what it would delete beside it: saving is what deletes. */
export function RuleEditor({
  place,
  retention,
  otherAdmins,
}: {
  place: BasicPlace
  retention: Retention
  otherAdmins: number
}) {
  const t = useTranslations('basicRetention')
  const [saving, setSaving] = useState<BasicRule | null>(null)
  const [isDeleting, setDeleting] = useState(false)
  const form = useForm<BasicDraft, unknown, BasicValues>({
    resolver: zodResolver(basicForm),
    defaultValues: toDraft(retention?.rule ?? null),
    shouldFocusError: false,
  })
  const draft = useDraft(form, {
    key: `basic-retention:${place.connection}:${place.organization}/${place.repository}`,
  })
  const guard = useLeaveGuard(form.formState.isDirty)
  const values = useWatch({ control: form.control, compute: (all: BasicDraft) => all })
  const rule = ruleOf(values)
  const settled = useSettled(rule ?? undefined, JSON.stringify(rule), afterTypingMs)
  const decided = useQuery({
    ...apiQuery('basicRetentionDecide', decideInput(place, settled ?? emptyRule)),
    enabled: rule !== null && settled !== undefined,
    // Old verdicts would be taken for the present ones.
    staleTime: 0,
  })
  const isCurrent = rule !== null && JSON.stringify(rule) === JSON.stringify(settled)
  const decisions = isCurrent ? decided.data : undefined
  const others = retention?.others ?? 0
  // An incomplete rule is told at its fields when it is sent.
  const unsafe =
    decided.error && !decided.isFetching
      ? t('undecided')
      : decisions === undefined || decided.isFetching
        ? t('deciding')
        : decisions.complete
          ? undefined
          : t('incompleteBlocks')
  const waits = others > 0 ? t('others', { count: others }) : rule !== null ? unsafe : undefined
  return (
    <>
      <FormShell
        form={form}
        draft={draft}
        problem={null}
        fieldOfPath={() => undefined}
        onReview={() => {
          if (!decisions || !rule || waits !== undefined) return
          setSaving(rule)
          // What is asked about is what holds by then.
          void decided.refetch()
        }}
      >
        <Note tone="bad" className="mb-4">
          {t('takesEffect')}
        </Note>
        {retention && retention.rule === null && (
          <Note tone="warn" className="mb-4">
            {t('unreadable')}
          </Note>
        )}
        {others > 0 && (
          <Note tone="warn" className="mb-4">
            {t('others', { count: others })}
          </Note>
        )}
        <Section title={t('rule')} lead={t('ruleLead')}>
          <RuleFields form={form} fixed={retention?.rule?.template} />
        </Section>
        <div className="mb-6 flex flex-wrap gap-2">
          <ReasonedSave reason={waits} isNew={retention === null} />
          {retention && (
            <GatedButton operation="basicRetentionRemove" look="danger" onClick={() => setDeleting(true)}>
              {t('remove')}
            </GatedButton>
          )}
        </div>
      </FormShell>
      <Verdicts query={decided} decisions={decisions} rule={rule} />
      <LeaveQuestion guard={guard} />
      {saving && decisions && (
        <SaveDialog
          place={place}
          rule={saving}
          was={retention?.content ?? null}
          decisions={decisions}
          unsafe={unsafe}
          otherAdmins={otherAdmins}
          onSaved={(isAsked) => {
            // What waits for another admin is not the rule yet: the form goes back to the one that is.
            if (isAsked) draft.discard()
            else draft.forget()
            setSaving(null)
          }}
          onClose={() => setSaving(null)}
        />
      )}
      {isDeleting && retention && (
        <DeleteRule place={place} was={retention.content} onClose={() => setDeleting(false)} />
      )}
    </>
  )
}

/** Asked about by nobody: the question waits for a rule. */
const emptyRule: BasicRule = { template: 'tag_rule', amount: 1, exceptions: [] }

/** What would be deleted has to be on the screen before it can be saved. */
function ReasonedSave({ reason, isNew }: { reason: string | undefined; isNew: boolean }) {
  const t = useTranslations('basicRetention')
  return reason === undefined ? (
    <GatedButton operation="basicRetentionSave" type="submit" look="danger">
      {t(isNew ? 'create' : 'save')}
    </GatedButton>
  ) : (
    <ReasonedButton reason={reason} look="danger">
      {t(isNew ? 'create' : 'save')}
    </ReasonedButton>
  )
}
