'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type RefObject, useEffect, useState } from 'react'
import { type Control, useForm, useWatch } from 'react-hook-form'
import { CheckField, SelectField, TextField } from '@/components/form/fields'
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
import { apiQuery } from '@/lib/query/client'
import { firstNamespaces } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'
import { fieldOfPath } from './field-of-path'
import { allRules, useRuleWrites } from './queries'
import { ScheduleNote } from './schedule-note'
import { TagsField } from './tags-field'

const formId = 'immutable-form'

/** Makes the rule of a namespace that has none, or edits one. */
export function RuleForm({
  at,
  rule,
  namespace,
  requestClose,
  onClose,
}: {
  at: InstanceLocation
  rule: ImmutableRule | undefined
  namespace: string | undefined
  /** Closes the panel unless something would be lost: then it asks. */
  requestClose: RefObject<() => void>
  onClose: () => void
}) {
  const t = useTranslations('immutable')
  const c = useTranslations('common')
  const writes = useRuleWrites(at)
  const [state, setState] = useState<{ sending: boolean; error: unknown }>({ sending: false, error: null })
  const form = useForm<ImmutableDraft, unknown, ImmutableValues>({
    resolver: zodResolver(immutableForm),
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
            {!rule && <NamespaceField at={at} control={control} />}
            <TextField
              control={control}
              name="repositories"
              label={t('form.repositories')}
              hint={t('form.repositoriesHint')}
              mono
              required
            />
            <TagsField form={form} />
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

/** One rule for each namespace: those that have one cannot be chosen. */
function NamespaceField({
  at,
  control,
}: {
  at: InstanceLocation
  control: Control<ImmutableDraft, unknown, ImmutableValues>
}) {
  const t = useTranslations('immutable')
  const namespaces = useQuery(apiQuery('namespaceList', firstNamespaces(at)))
  const rules = useQuery(apiQuery('immutableRuleList', allRules(at)))
  const chosen = useWatch({ control, name: 'namespace' })
  const taken = (id: number | undefined, name: string) =>
    rules.data?.immutable_rules.some(
      (rule) => rule.namespace_name === name || (id !== undefined && rule.namespace_id === id),
    ) ?? false
  const known = (namespaces.data?.namespaces ?? []).flatMap(({ name, namespace_id: id }) => {
    if (name === undefined) return []
    const isTaken = taken(id, name)
    return [{ value: name, label: isTaken ? t('form.taken', { namespace: name }) : name, disabled: isTaken }]
  })
  const isKnown = chosen === '' || known.some(({ value }) => value === chosen)
  return (
    <SelectField
      control={control}
      name="namespace"
      label={t('form.namespace')}
      hint={t('form.namespaceHint')}
      required
      options={[
        { value: '', label: t('form.select') },
        ...known.sort((a, b) => a.value.localeCompare(b.value)),
        ...(isKnown ? [] : [{ value: chosen, label: chosen }]),
      ]}
    />
  )
}
