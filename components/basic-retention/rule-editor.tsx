'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCan } from '@/components/context/actor'
import { FormShell } from '@/components/form/form-shell'
import { LeaveQuestion } from '@/components/form/leave-question'
import { Section } from '@/components/form/section'
import { useDraft } from '@/components/form/use-draft'
import { useLeaveGuard } from '@/components/form/use-leave-guard'
import { GatedButton, ReasonedButton } from '@/components/shell/permission-button'
import { Note } from '@/components/ui/alert'
import type { BasicRule } from '@/lib/contract/console/basic-retention'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { DeleteRule } from './delete-rule'
import type { BasicPlace } from './queries'
import { RuleFields } from './rule-fields'
import { RuleReading } from './rule-reading'
import { SaveDialog } from './save-dialog'
import { StoredRule } from './stored-rule'
import { useRuleForm } from './use-rule-form'
import { Verdicts } from './verdicts'

interface Props {
  readonly place: BasicPlace
  readonly retention: ConsoleOutput<'basicRetentionShow'>['retention']
  readonly otherAdmins: number
}

/** The rule of a repository: a form for whoever may change it, unless SWR holds what no form can. */
export function RuleEditor(props: Props) {
  const { place, retention } = props
  const may = useCan('basicRetentionSave')
  if (retention && retention.rule === null) return <StoredRule place={place} retention={retention} />
  return may.allowed ? <RuleForm {...props} /> : <RuleReading place={place} rule={retention?.rule ?? null} />
}

/** A rule with what it would delete beside it: saving is what deletes. */
function RuleForm({ place, retention, otherAdmins }: Props) {
  const t = useTranslations('basicRetention')
  const [saving, setSaving] = useState<BasicRule | null>(null)
  const [isDeleting, setDeleting] = useState(false)
  const held = retention?.rule ?? null
  const { form, rule, query, decisions } = useRuleForm(place, held)
  const draft = useDraft(form, {
    key: `basic-retention:${place.connection}:${place.organization}/${place.repository}`,
  })
  const guard = useLeaveGuard(form.formState.isDirty)
  const unsafe =
    query.error && !query.isFetching
      ? t('undecided')
      : decisions === undefined || query.isFetching
        ? t('deciding')
        : decisions.complete
          ? undefined
          : t('incompleteBlocks')
  // An incomplete rule is told at its fields when it is sent.
  const waits = rule !== null ? unsafe : undefined
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
          void query.refetch()
        }}
      >
        <Note tone="bad" className="mb-4">
          {t('takesEffect')}
        </Note>
        <Section title={t('rule')} lead={t('ruleLead')}>
          <RuleFields form={form} held={held} />
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
      <Verdicts title={t('verdicts')} query={query} decisions={decisions} rule={rule} />
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
