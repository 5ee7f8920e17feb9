'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { type UseFormReturn, useController } from 'react-hook-form'
import { FieldFrame, useFieldIds } from '@/components/form/field-frame'
import { useSettled } from '@/components/match/use-settled'
import { optionClass, useCombobox } from '@/components/picker/use-combobox'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import type { ImmutableDraft, ImmutableValues } from '@/lib/policy/immutable/form'
import { apiQuery } from '@/lib/query/client'
import { firstNamespaces } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'

const typingMs = 300

/** Namespaces whose name has this part: of those that one answer holds, or where there are more, of those that SWR finds. */
function useNamespaces(at: InstanceLocation, part: string) {
  const first = useQuery(apiQuery('namespaceList', firstNamespaces(at)))
  const { namespaces = [], total = Number.POSITIVE_INFINITY } = first.data ?? {}
  const isAll = total <= namespaces.length
  const settled = useSettled(part, part, typingMs) ?? ''
  const { params, query } = firstNamespaces(at)
  const isAsked = settled !== '' && first.data !== undefined && !isAll
  const found = useQuery({
    ...apiQuery('namespaceList', { params, query: { ...query, name: settled } }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  })
  const listed = isAsked ? found.data : first.data
  const rows = [...namespaces, ...(isAsked ? (found.data?.namespaces ?? []) : [])]
  const names = new Set(rows.flatMap(({ name }) => name ?? []))
  const isWaiting = first.isPending || settled !== part || (isAsked && (found.isPending || found.isPlaceholderData))
  return {
    names: [...names].filter((name) => name.includes(part.toLowerCase())).sort((a, b) => a.localeCompare(b)),
    isWaiting,
    failed: first.error ? first : isAsked && found.error ? found : null,
    /** How many SWR has beyond what it has listed, where it says so. */
    hidden: isAll ? 0 : Math.max((listed?.total ?? 0) - (listed?.namespaces.length ?? 0), 0),
  }
}

/** The namespace of a new rule, typed or chosen. One that has a rule leads there: SWR takes one for each. */
export function NamespaceField({
  at,
  form: { control, clearErrors },
  ruleOf,
  onEdit,
}: {
  at: InstanceLocation
  form: UseFormReturn<ImmutableDraft, unknown, ImmutableValues>
  /** The rule that a namespace has already. */
  ruleOf: (namespace: string) => number | undefined
  onEdit: (id: number) => void
}) {
  const t = useTranslations('immutable')
  const { field, fieldState } = useController({ control, name: 'namespace' })
  const ids = useFieldIds('namespace')
  const typed = field.value.trim()
  const { names, isWaiting, failed, hidden } = useNamespaces(at, typed)
  const isThere = names.includes(typed)
  const options = isThere ? [] : names
  const choose = (name: string) => {
    field.onChange(name)
    clearErrors('namespace')
  }
  const [only, ...more] = options
  const box = useCombobox({
    text: field.value,
    options,
    onTake: choose,
    onEnter: () => only !== undefined && more.length === 0 && choose(only),
  })
  const taken = ruleOf(typed)
  const error = fieldState.error?.message
  const hint = t('form.namespaceHint')
  return (
    <div>
      <FieldFrame name="namespace" look={{ label: t('form.namespace'), hint, required: true }} error={error}>
        <Input
          {...field}
          {...box.field}
          id={ids.id}
          autoComplete="off"
          spellCheck={false}
          aria-required
          aria-invalid={error ? true : undefined}
          aria-describedby={ids.describedBy(hint, error)}
        />
      </FieldFrame>
      {failed && <ProblemPanel error={failed.error} retry={() => failed.refetch()} />}
      {options.length > 0 && (
        <div
          {...box.list}
          role="listbox"
          aria-label={t('form.namespaces')}
          className="mt-2 max-h-44 divide-y divide-line overflow-y-auto rounded-md border border-line"
        >
          {options.map((name, index) => (
            <div
              key={name}
              {...box.option(index)}
              role="option"
              tabIndex={-1}
              aria-selected={false}
              className={clsx(optionClass, 'text-sm wrap-anywhere')}
            >
              {ruleOf(name) === undefined ? name : t('form.taken', { namespace: name })}
            </div>
          ))}
        </div>
      )}
      {options.length > 0 && hidden > 0 && (
        <p className="mt-1 text-ink-3 text-xs">{t('form.moreNamespaces', { count: hidden })}</p>
      )}
      {typed !== '' && names.length === 0 && !isWaiting && !failed && (
        <p role="status" className="mt-1 text-sm text-warn">
          {t('form.noNamespace', { namespace: typed })}
        </p>
      )}
      {taken !== undefined && (
        <Note tone="warn" role="status" className="mt-2 flex flex-wrap items-center gap-2">
          {t('form.takenText', { namespace: typed })}
          <Button onClick={() => onEdit(taken)}>{t('form.editTaken')}</Button>
        </Note>
      )}
    </div>
  )
}
