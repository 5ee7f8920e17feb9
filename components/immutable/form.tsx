'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useTranslations } from 'next-intl'
import { type RefObject, useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import { CheckField } from '@/components/form/fields'
import { FormShell } from '@/components/form/form-shell'
import { LeaveQuestion } from '@/components/form/leave-question'
import { useDraft } from '@/components/form/use-draft'
import { useLeaveGuard } from '@/components/form/use-leave-guard'
import { GatedButton } from '@/components/shell/permission-button'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { SheetBody, SheetFoot } from '@/components/ui/sheet'
import { notify } from '@/components/ui/toast-store'
import type { ImmutableRule } from '@/lib/contract/swr/immutable-rule'
import {
  blankImmutable,
  type ImmutableDraft,
  type ImmutableValues,
  immutableForm,
  toBody,
  toDraft,
} from '@/lib/policy/immutable/form'
import type { InstanceLocation } from '@/lib/routes'
import { fieldOfPath } from './field-of-path'
import { NamespaceField } from './namespace-field'
import { PatternField } from './pattern-field'
import { useRuleWrites } from './queries'
import { ScheduleNote } from './schedule-note'
import { useRules } from './use-rules'

const formId = 'immutable-form'

/** Makes the rule of a namespace that has none, or edits one. */
export function RuleForm({
  at,
  rule,
  namespace,
  requestClose,
  onEdit,
  onClose,
}: {
  at: InstanceLocation
  rule: ImmutableRule | undefined
  namespace: string | undefined
  /** Closes the panel unless something would be lost: then it asks. */
  requestClose: RefObject<() => void>
  onEdit: (id: number) => void
  onClose: () => void
}) {
  const t = useTranslations('immutable')
  const c = useTranslations('common')
  const writes = useRuleWrites(at)
  const { rows, namespaceOf } = useRules(at)
  const ruleOf = (name: string) =>
    rule ? undefined : rows.find((each) => each.id !== undefined && namespaceOf(each) === name)?.id
  const [state, setState] = useState<{ sending: boolean; error: unknown }>({ sending: false, error: null })
  const form = useForm<ImmutableDraft, unknown, ImmutableValues>({
    resolver: zodResolver(immutableForm((name) => ruleOf(name) !== undefined)),
    defaultValues: rule ? { ...toDraft(rule), namespace: namespace ?? '' } : blankImmutable(),
    shouldFocusError: false,
  })
  const draft = useDraft(form, {
    key: `immutable:${at.connection}:${at.instance}:${rule?.id ?? 'new'}`,
    serverFields: ['asRead'],
  })
  const guard = useLeaveGuard(form.formState.isDirty)
  const close = () => guard.leave(onClose)
  useEffect(() => {
    requestClose.current = close
  })
  const save = async (values: ImmutableValues) => {
    if (state.sending) return
    setState({ sending: true, error: null })
    try {
      const body = toBody(values, rule)
      await (rule ? writes.update(rule, values.namespace, body) : writes.create(values.namespace, body))
      draft.forget()
      notify({ tone: 'ok', text: t('form.saved', { namespace: values.namespace }) })
      onClose()
    } catch (error) {
      setState({ sending: false, error })
    }
  }
  const { control } = form
  return (
    <>
      <SheetBody>
        <FormShell
          id={formId}
          form={form}
          draft={draft}
          problem={state.error}
          fieldOfPath={fieldOfPath}
          onReview={(values) => void save(values)}
        >
          <div className="flex flex-col gap-3.5">
            <Note tone="info">{t('overrules')}</Note>
            {rule && namespace && <ScheduleNote at={at} rule={rule} namespace={namespace} change="edit" />}
            {!rule && (
              <NamespaceField at={at} form={form} ruleOf={ruleOf} onEdit={(id) => guard.leave(() => onEdit(id))} />
            )}
            <PatternField form={form} side="repositories" />
            <PatternField form={form} side="tags" />
            <CheckField control={control} name="enabled" label={t('form.enabled')} hint={t('form.enabledHint')} />
          </div>
        </FormShell>
      </SheetBody>
      <SheetFoot>
        <Button look="ghost" onClick={close}>
          {c('cancel')}
        </Button>
        <GatedButton
          operation={rule ? 'immutableRuleUpdate' : 'immutableRuleCreate'}
          type="submit"
          form={formId}
          look="primary"
          aria-busy={state.sending}
          aria-disabled={state.sending}
        >
          {t(rule ? 'form.save' : 'form.create')}
        </GatedButton>
      </SheetFoot>
      <LeaveQuestion guard={guard} />
    </>
  )
}
