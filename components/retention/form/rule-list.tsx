'use client'

import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { useFieldArray, useFormState, useWatch } from 'react-hook-form'
import { FieldError } from '@/components/form/field-frame'
import { Section } from '@/components/form/section'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import type { Retention } from '@/lib/contract/swr/retention'
import { mostRetentionRules } from '@/lib/contract/vocabulary'
import { blankRule } from '@/lib/policy/retention/form-rule'
import { isFieldCode } from '@/lib/policy/validation-codes'
import type { InstanceLocation } from '@/lib/routes'
import type { RetentionControl } from './descriptor'
import type { RepairPattern } from './repair-pattern'
import { RepositoryFields } from './repository-fields'
import { RuleFields } from './rule-fields'
import { TagFields } from './tag-fields'

interface Told {
  readonly control: RetentionControl
  readonly at: InstanceLocation
  readonly namespace: string
  /** As they were read: some of what they say is only shown. */
  readonly rules: Retention['rules']
  readonly onRepair: RepairPattern
}

/** The rules, of which each keeps something. One is usual; whether SWR takes more, SWR says at the rule. */
export function RuleList({ control, rules, ...told }: Told) {
  const t = useTranslations('retention')
  const { fields, append, remove } = useFieldArray({ control, name: 'rules', keyName: 'key' })
  const { errors } = useFormState({ control, name: 'rules' })
  const adding = useRef<HTMLButtonElement>(null)
  const isMany = fields.length > 1
  const listError = errors.rules?.root?.message ?? errors.rules?.message
  return (
    <>
      {fields.map(({ key }, index) => (
        <RuleGroup
          key={key}
          {...told}
          control={control}
          rules={rules}
          index={index}
          isMany={isMany}
          onRemove={
            isMany
              ? () => {
                  remove(index)
                  // The button goes with its rule.
                  adding.current?.focus()
                }
              : undefined
          }
        />
      ))}
      <Section title={t('rules.title')} lead={t('rules.lead')}>
        <div data-invalid={listError ? '' : undefined}>
          <Button
            ref={adding}
            disabled={fields.length >= mostRetentionRules}
            onClick={() => append(blankRule(), { focusName: `rules.${fields.length}.amount` })}
          >
            <Plus aria-hidden size={14} />
            {t('rules.add')}
          </Button>
          {listError && <FieldError id="field-rules-error" code={listError} />}
        </div>
        {isMany && <Note tone="info">{t('rules.many')}</Note>}
      </Section>
    </>
  )
}

/** One rule: what it keeps, among which tags, in which repositories. */
function RuleGroup({
  control,
  at,
  namespace,
  rules,
  index,
  isMany,
  onRepair,
  onRemove,
}: Told & { index: number; isMany: boolean; onRemove: (() => void) | undefined }) {
  const t = useTranslations('retention')
  const origin = useWatch({ control, name: `rules.${index}.origin` })
  const { errors } = useFormState({ control, name: `rules.${index}.origin` })
  const rule = origin === null || origin === undefined ? undefined : rules[origin]
  const error = errors.rules?.[index]?.origin?.message
  const number = index + 1
  const loss = rule?.disabled ? 'none' : isMany ? 'some' : 'all'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset in a fieldset cannot be laid out as sections
    <div
      role="group"
      aria-label={t('rules.number', { number })}
      data-invalid={error ? '' : undefined}
      className="border-line border-t pt-4"
    >
      {onRemove && (
        <div className="mb-2 flex items-center justify-between gap-3">
          <b className="font-medium">{t('rules.number', { number })}</b>
          <Button look="ghost" onClick={onRemove}>
            {t('rules.remove')}
            <span className="sr-only"> ({t('rules.number', { number })})</span>
          </Button>
        </div>
      )}
      {error &&
        (isFieldCode(error) ? (
          <FieldError id={`field-rules-${index}-error`} code={error} />
        ) : (
          <Note tone="bad" role="alert" className="mb-3 wrap-anywhere">
            {t('rules.refused', { words: error })}
          </Note>
        ))}
      <Section title={t('edit.rule')} lead={t('edit.ruleLead')}>
        <RuleFields control={control} index={index} rule={rule} loss={loss} />
      </Section>
      <Section title={t('edit.tags')} lead={t('edit.tagsLead')}>
        <TagFields
          control={control}
          index={index}
          loss={loss}
          extras={rule?.tag_selectors[0]?.extras}
          onRepair={onRepair}
        />
      </Section>
      <Section title={t('edit.repositories')} lead={t('edit.repositoriesLead')}>
        <RepositoryFields control={control} index={index} at={at} namespace={namespace} onRepair={onRepair} />
      </Section>
    </div>
  )
}
