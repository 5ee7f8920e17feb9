'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { useState } from 'react'
import { type FieldValues, type UseFormReturn, useForm } from 'react-hook-form'
import { problemOf } from '@/lib/contract/problem'
import type { WrittenResult } from '@/lib/contract/swr/schemas'
import { useDraft } from '../use-draft'
import { type LeaveGuard, useLeaveGuard } from '../use-leave-guard'
import { explainFailure } from './explain-failure'
import type { EditedObject, EditKind, EditRequests, SettledRequest } from './kind'

interface State<Row, Body> {
  /** The request that is being looked at; null while the form is edited. */
  readonly body: Body | null
  /** What the request relies on. */
  readonly dryRun?: string
  readonly sending: boolean
  readonly error: unknown
  /** The object as it is, when it is not what the form stands on; null when it is gone. */
  readonly current?: Row | null
}

/** A request may leave the name out, which leaves it as it is. */
export interface NamedBody {
  readonly name?: string | undefined
}

const editing = { body: null, sending: false, error: null }

/** A form with its review and whatever can come between the two. */
export interface EditForm<Row, Draft extends FieldValues, Values, Body, Name extends string = string> {
  readonly kind: EditKind<Row, Draft, Values, Body, Name>
  readonly form: UseFormReturn<Draft, unknown, Values>
  /** What the form stands on; undefined for something new. */
  readonly original: Row | undefined
  readonly state: State<Row, Body>
  readonly reason: { readonly value: string; readonly onChange: (text: string) => void }
  readonly guard: LeaveGuard
  /** For `FormShell`. */
  readonly shell: {
    readonly form: UseFormReturn<Draft, unknown, Values>
    readonly draft: ReturnType<typeof useDraft>
    readonly problem: unknown
    readonly fieldOfPath: (path: string) => ReturnType<EditKind<Row, Draft, Values, Body, Name>['fieldOfPath']>
    readonly focusRequest: number
    readonly onReview: (values: Values) => Promise<void>
  }
  /** The request is looked at: it is not only about fields, which say it themselves. */
  readonly isReviewed: boolean
  readonly send: () => Promise<void>
  /** Back to the form; what is under way goes on. */
  readonly back: () => void
  /** The form stands on the object as it is now, and what is left of `draft` is the change. */
  readonly merge: (current: Row, draft: Draft) => void
  /** What is gone is made again from what the form holds. */
  readonly recreate: () => void
}

/**
 * The one machine behind every form that edits an object of SWR's: draft, review, save, conflict. The draft is set once, when
 * the form opens; a read in the background never moves it under the person's hands.
 */
export function useEditForm<
  Row extends EditedObject,
  Draft extends FieldValues,
  Values,
  Body extends NamedBody,
  Name extends string,
>({
  kind,
  requests,
  original: opened,
  draftKey,
  initialValues,
  onSaved,
}: {
  kind: EditKind<Row, Draft, Values, Body, Name>
  requests: EditRequests<Row, Body>
  /** Undefined for something new. */
  original: Row | undefined
  draftKey: readonly (string | number)[]
  /** What the form is filled with, where that is not what it was opened on. */
  initialValues?: Row | undefined
  onSaved: (written: WrittenResult<Row>, body: Body, isNew: boolean) => void
}): EditForm<Row, Draft, Values, Body, Name> {
  const [original, setOriginal] = useState(opened)
  const [state, setState] = useState<State<Row, Body>>(editing)
  const [reason, setReason] = useState('')
  const [focusRequest, setFocusRequest] = useState(0)
  const defaultValues = original ? kind.toForm(original) : kind.blank()
  const form = useForm<Draft, unknown, Values>({
    resolver: zodResolver(kind.schema),
    defaultValues,
    shouldFocusError: false,
  })
  // What something new repeats: its values were read from SWR, and of it goes back what no field can say.
  const repeated = initialValues ?? opened
  const fromServer = Object.fromEntries(kind.serverFields.map((field) => [field, defaultValues[field]]))
  const draft = useDraft(form, {
    key: draftKey.join(':'),
    serverFields: kind.serverFields,
    ...(kind.unsavedFields && { unsavedFields: kind.unsavedFields }),
    initialValues: initialValues && { ...kind.toForm(initialValues), ...(original && fromServer) },
  })
  const guard = useLeaveGuard(form.formState.isDirty)

  const fieldOfPath = (path: string) => kind.fieldOfPath(path, form.getValues(), state.body)
  // What concerns a field is said there; everything else stays where the request is being looked at.
  const isAtFields = Object.keys((state.error && problemOf(state.error).fields) || {}).some(fieldOfPath)

  const settle = async (body: Body, on: Row | undefined): Promise<SettledRequest<Body>> =>
    requests.settle ? await requests.settle(body, on) : { body }
  const review = async (values: Values, on: Row | undefined) =>
    setState({ ...editing, ...(await settle(kind.toBody(values, on ?? repeated), on)) })
  const submit = (on: Row | undefined) =>
    form.handleSubmit(
      (values) => review(values, on),
      () => setFocusRequest((earlier) => earlier + 1),
    )()
  const send = async () => {
    const { body, dryRun, sending } = state
    if (body === null || sending) return
    const relied = dryRun === undefined ? {} : { dryRun }
    setState({ body, ...relied, sending: true, error: null })
    try {
      const basis = original === undefined && repeated?.id !== undefined ? String(repeated.id) : undefined
      const written = await requests.send(body, original, {
        ...(reason.trim() && { reason: reason.trim() }),
        ...(basis !== undefined && { basis }),
        ...relied,
      })
      draft.forget()
      // Still sending: what follows is another page.
      onSaved(written, body, original === undefined)
    } catch (error) {
      const explained = await explainFailure(error, requests, body.name ?? '', original)
      // What it relied on may not be so any more: then another request is reviewed than the one that was refused.
      const now = dryRun === undefined ? { body } : await settle(body, original)
      setState((latest) => ({ ...(latest.body === null ? { body: null } : now), sending: false, ...explained }))
    }
  }
  const merge = (current: Row, merged: Draft) => {
    setState(editing)
    setOriginal(current)
    form.reset(kind.toForm(current))
    form.reset(merged, { keepDefaultValues: true })
    void submit(current)
  }
  return {
    kind,
    form,
    original,
    state,
    reason: { value: reason, onChange: setReason },
    guard,
    shell: {
      form,
      draft,
      // A failure that comes after the review was closed is said at the form; one that was read in the review is over.
      problem: isAtFields || state.body === null ? state.error : null,
      fieldOfPath,
      focusRequest,
      onReview: (values) => review(values, original),
    },
    isReviewed: state.body !== null && !isAtFields && state.current === undefined,
    send,
    back: () => setState(({ sending }) => ({ ...editing, sending })),
    merge,
    recreate: () => {
      setState(editing)
      setOriginal(undefined)
      void submit(undefined)
    },
  }
}
