'use client'

import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, useContext } from 'react'
import { isFieldCode } from '@/lib/policy/validation-codes'

export interface FieldLook {
  readonly label: string
  readonly hint?: ReactNode
  readonly required?: boolean
  /** Says "optional" beside the label, where most of its neighbours are required. */
  readonly optional?: boolean
  /** Id of a heading that labels the control in place of a label of its own; for groups. */
  readonly labelId?: string
}

const Scope = createContext('')

/** What the ids of fields begin with, where two forms stand on one page. */
export const FieldScope = Scope.Provider

/** Ids that tie a control to its label, hint and error. */
export function useFieldIds(name: string) {
  const id = `field-${useContext(Scope)}${name.replaceAll('.', '-')}`
  const ids = { id, label: `${id}-label`, hint: `${id}-hint`, error: `${id}-error` }
  return {
    ...ids,
    /** What a control has to carry so that a screen reader connects it with its hint and error. */
    describedBy: (hint: unknown, error: unknown) =>
      [hint ? ids.hint : '', error ? ids.error : ''].filter(Boolean).join(' ') || undefined,
  }
}

/** Puts the focus on the first control that shows an error, as it stands on the page; false when there is none (yet). */
export function focusFirstInvalid(within: Element | null): boolean {
  const first = within?.querySelector('[aria-invalid="true"], [data-invalid]')
  const inside = (group: Element) =>
    group.querySelector(':checked') ?? group.querySelector(':is(input, button):enabled')
  const target = first?.hasAttribute('data-invalid') ? inside(first) : first
  if (!(target instanceof HTMLElement)) return false
  target.focus()
  return true
}

/** Label above, hint and error below. `group` is for controls that are no single input (radio buttons, pickers). */
export function FieldFrame({
  name,
  look,
  error,
  group = false,
  children,
}: {
  name: string
  look: FieldLook
  error: string | undefined
  group?: boolean
  children: ReactNode
}) {
  const t = useTranslations('common')
  const ids = useFieldIds(name)
  const label = (
    <>
      {look.label}
      {look.required && (
        <span aria-hidden className="text-bad">
          {' *'}
        </span>
      )}
      {look.optional && <span className="font-normal text-ink-3"> {t('optional')}</span>}
    </>
  )
  return (
    <div className="min-w-0" data-invalid={group && error ? '' : undefined}>
      {look.labelId ? null : group ? (
        <div id={ids.label} className="mb-1 font-medium">
          {label}
        </div>
      ) : (
        <label id={ids.label} htmlFor={ids.id} className="mb-1 block w-fit font-medium">
          {label}
        </label>
      )}
      {children}
      {look.hint && (
        <div id={ids.hint} className="mt-1 text-ink-3 text-xs">
          {look.hint}
        </div>
      )}
      {error && <FieldError id={ids.error} code={error} />}
    </div>
  )
}

/** The server refuses by more rules than forms know: its other codes are shown, not explained. */
export function FieldError({ id, code }: { id: string; code: string }) {
  const t = useTranslations('field')
  const f = useTranslations('form')
  return (
    <p id={id} className="mt-1 text-bad text-xs">
      {isFieldCode(code) ? t(code) : f('refused', { code })}
    </p>
  )
}
