'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useRef } from 'react'
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { problemOf } from '@/lib/contract/problem'
import { ProblemPanel } from '../shell/error-panel'
import { useReady } from '../ui/use-hydrated'
import { countErrors } from './count-errors'
import { FieldScope, focusFirstInvalid } from './field-frame'
import { useBlurCheck } from './use-blur-check'
import type { FormDraft } from './use-draft'

/** The form of a page, for buttons that stand outside of it. */
export const mainForm = 'main-form'

/** Looks as it will in a moment: a short grey would only flicker. */
const waking =
  '[&_:is(input,select,textarea):disabled]:bg-surface! [&_:is(input,select,textarea):disabled]:text-ink! [&_button:disabled]:opacity-100!'

/**
 * What every form does: checks a field when it is left, counts what is wrong and goes to the first of it, puts a refusal of
 * the server at its fields or above the form, offers a draft. `fieldOfPath` maps a path of the request to a field.
 */
export function FormShell<Draft extends FieldValues, Context, Values>({
  id = mainForm,
  form,
  draft,
  problem,
  fieldOfPath,
  focusRequest = 0,
  focusFirst = false,
  onReview,
  children,
}: {
  /** Of a form that stands beside the page's own. */
  id?: string
  form: UseFormReturn<Draft, Context, Values>
  draft: FormDraft
  problem: unknown
  fieldOfPath: (path: string) => FieldPath<Draft> | undefined
  /** Goes to the first bad field each time that it changes. */
  focusRequest?: number
  /** Begins at the first field, when nothing else has the focus. */
  focusFirst?: boolean
  onReview: (values: Values) => void | Promise<void>
  children: ReactNode
}) {
  const t = useTranslations('form')
  const { errors, isSubmitSuccessful, submitCount } = form.formState
  const checks = useBlurCheck(form)
  const element = useRef<HTMLFormElement>(null)
  const seeking = useRef(false)
  const ready = useReady()
  const count = countErrors(errors)
  const refused = problem ? problemOf(problem).fields : undefined
  const isElsewhere = Boolean(problem) && Object.keys(refused ?? { '': '' }).some((path) => !fieldOfPath(path))

  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is put to its fields once
  useEffect(() => {
    for (const [path, message] of Object.entries(refused ?? {})) {
      const name = fieldOfPath(path)
      if (name) form.setError(name, { type: 'server', message })
    }
    seeking.current = refused !== undefined
  }, [refused])

  useEffect(() => {
    if (focusRequest > 0) seeking.current = true
  }, [focusRequest])

  useEffect(() => {
    if (focusFirst && ready && document.activeElement === document.body) firstFieldOf(element.current)?.focus()
  }, [focusFirst, ready])

  // After a refusal the errors appear with one of the next renders: the first in the order of the page gets the focus.
  useEffect(() => {
    if (seeking.current && focusFirstInvalid(element.current)) seeking.current = false
  })

  return (
    <form
      ref={element}
      noValidate
      {...checks}
      id={id}
      onSubmit={form.handleSubmit(onReview, () => {
        seeking.current = true
      })}
    >
      {draft.restored && (
        <Note tone="info" className="mb-4 flex flex-wrap items-center gap-2">
          {t('draft.found')}
          <Button
            look="ghost"
            onClick={() => {
              draft.discard()
              // The button goes; whoever pressed it goes on at the top of the form.
              firstFieldOf(element.current)?.focus()
            }}
          >
            {t('draft.discard')}
          </Button>
        </Note>
      )}
      {isElsewhere && (
        <div className="mb-4">
          <ProblemPanel error={problem} />
        </div>
      )}
      {submitCount > 0 && count > 0 && !(isSubmitSuccessful && refused === undefined) && (
        <Note tone="bad" role="alert" className="mb-4">
          {t('errors', { count })}
        </Note>
      )}
      {/* Before the page is alive, what is typed would be lost and a submit would put it into the address. */}
      <fieldset disabled={!ready} className={clsx('min-w-0', !ready && waking)}>
        <FieldScope value={id === mainForm ? '' : `${id}-`}>{children}</FieldScope>
      </fieldset>
    </form>
  )
}

const firstFieldOf = (form: HTMLFormElement | null) => form?.querySelector<HTMLElement>('input, select, textarea')
