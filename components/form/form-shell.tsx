'use client'

import clsx from 'clsx'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useRef } from 'react'
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { problemOf } from '@/lib/contract/problem'
import { ProblemPanel } from '../shell/error-panel'
import { useReady } from '../ui/use-hydrated'
import { focusFirstInvalid } from './field-frame'
import { useBlurCheck } from './use-blur-check'
import type { useDraft } from './use-draft'
import { useLeaveGuard } from './use-leave-guard'

const LeaveDialog = dynamic(() => import('./leave-dialog').then((module) => module.LeaveDialog), { ssr: false })

/** Looks as it will in a moment: a short grey would only flicker. */
const waking =
  '[&_:is(input,select,textarea):disabled]:bg-surface! [&_:is(input,select,textarea):disabled]:text-ink! [&_button:disabled]:opacity-100!'

/**
 * What every full-page form does: checks a field when it is left, counts what is wrong and goes to the first of it, puts a refusal of the server at its
 * fields or above the form, keeps a draft, asks before leaving. `fieldOf` maps a path of the request to a field.
 */
export function FormShell<Draft extends FieldValues, Context, Values>({
  form,
  draft,
  problem,
  fieldOf,
  onReview,
  children,
}: {
  form: UseFormReturn<Draft, Context, Values>
  draft: ReturnType<typeof useDraft>
  problem: unknown
  fieldOf: (path: string) => FieldPath<Draft> | undefined
  onReview: (values: Values) => void
  children: ReactNode
}) {
  const t = useTranslations('form')
  const { errors, isDirty, isSubmitSuccessful, submitCount } = form.formState
  const guard = useLeaveGuard(isDirty)
  const checks = useBlurCheck(form)
  const element = useRef<HTMLFormElement>(null)
  const seeking = useRef(false)
  const ready = useReady()
  const count = Object.keys(errors).length
  const refused = problem ? problemOf(problem).fields : undefined
  const homeless = Boolean(problem) && Object.keys(refused ?? { '': '' }).some((path) => !fieldOf(path))

  // biome-ignore lint/correctness/useExhaustiveDependencies: each refusal is put to its fields once
  useEffect(() => {
    for (const [path, message] of Object.entries(refused ?? {})) {
      const name = fieldOf(path)
      if (name) form.setError(name, { type: 'server', message })
    }
    seeking.current = refused !== undefined
  }, [refused])

  // After a refusal the errors appear with one of the next renders: the first in the order of the page gets the focus.
  useEffect(() => {
    if (seeking.current && focusFirstInvalid(element.current)) seeking.current = false
  })

  return (
    <form
      ref={element}
      noValidate
      {...checks}
      id="main-form"
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
              element.current?.querySelector<HTMLElement>('input, select, textarea')?.focus()
            }}
          >
            {t('draft.discard')}
          </Button>
        </Note>
      )}
      {homeless && (
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
        {children}
      </fieldset>
      {guard.asking && <LeaveDialog onStay={guard.stay} onGo={guard.asking.go} />}
    </form>
  )
}
