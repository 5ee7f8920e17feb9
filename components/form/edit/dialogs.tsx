'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { FieldValues } from 'react-hook-form'
import { type SwrOperation, swrRoutes } from '@/lib/contract/swr/operations'
import type { SwrRoute } from '@/lib/contract/swr/route'
import { conflicts } from '@/lib/policy/diff/merge3'
import type { InstanceLocation } from '@/lib/routes'
import type { ConflictName } from '../../diff/conflict-question'
import type { Review } from '../../diff/review-dialog'
import { LeaveQuestion } from '../leave-question'
import type { AnswerText, EditedObject } from './kind'
import type { EditForm, NamedBody } from './use-edit-form'

// Without `ssr: false` they would wait in the boundary of what stands around them, which hides that meanwhile.
const ReviewDialog = dynamic(() => import('../../diff/review-dialog').then((module) => module.ReviewDialog), {
  ssr: false,
})
const ConflictDialog = dynamic(() => import('../../diff/conflict-dialog').then((module) => module.ConflictDialog), {
  ssr: false,
})
const DeletedDialog = dynamic(() => import('../../diff/deleted-dialog').then((module) => module.DeletedDialog), {
  ssr: false,
})

/** How a kind is written: by which operations, and with which parameters of their path. */
export interface EditOperations {
  /** Undefined where nothing new can be made. */
  readonly create?: SwrOperation
  readonly update: SwrOperation
  readonly params: Readonly<Record<string, string>>
  /** What the button that creates says, where it is no policy. */
  readonly createLabel?: string
}

/** Whatever a form asks before it writes: review, conflict, deleted meanwhile, leaving. */
export function EditDialogs<
  Row extends EditedObject,
  Draft extends FieldValues,
  Values,
  Body extends NamedBody,
  Name extends ConflictName,
>({
  edit,
  location,
  operations,
  Answer,
  checks,
  unchanged,
}: {
  edit: EditForm<Row, Draft, Values, Body, Name>
  location: InstanceLocation
  operations: EditOperations
  /** What a draft answers to a question, in words. */
  Answer: AnswerText<Draft, Name>
  /** What else is worth knowing before it is sent. */
  checks?: (body: Body) => ReactNode
  /** What is said of a request that changes nothing, where that is not what was asked for. */
  unchanged?: Review['unchanged']
}) {
  const t = useTranslations('form')
  const { kind, form, original, state, reason } = edit
  const { body, sending, error, current } = state
  const operation: SwrRoute = swrRoutes[(original ? undefined : operations.create) ?? operations.update]
  const name = original?.name ?? `#${original?.id}`
  const object = { ...location, kind: kind.kind, objectId: String(original?.id) }
  const answer = (draft: Draft, question: Name) => <Answer draft={draft} question={question} location={location} />
  const side = (draft: Draft) => (kind.toSide ? kind.toSide(draft) : draft)
  const sides = original &&
    current && {
      opened: side(kind.toForm(original)),
      now: side(kind.toForm(current)),
      mine: side(form.getValues()),
    }
  return (
    <>
      <LeaveQuestion guard={edit.guard} />
      {sides && (
        <ConflictDialog
          name={name}
          object={object}
          current={current}
          conflicts={conflicts(kind.questions, sides).map(({ question, side }) => ({
            name: question.name,
            opened: answer(sides.opened, question.name),
            now: answer(sides.now, question.name),
            mine: answer(sides.mine, question.name),
            side,
          }))}
          onMerge={(mine) =>
            edit.merge(
              current,
              kind.merge(
                sides,
                kind.questions.filter((question) => mine.includes(question.name)),
              ),
            )
          }
          onClose={edit.back}
        />
      )}
      {original && current === null && (
        <DeletedDialog
          name={name}
          object={object}
          onRecreate={operations.create && edit.recreate}
          onClose={edit.back}
        />
      )}
      {body && edit.isReviewed && (
        <ReviewDialog
          review={{
            title: t(`reviewTitle.${original ? 'update' : 'create'}`, { name: body.name ?? name }),
            method: operation.method,
            path: fillIn(operation.path, operations.params),
            before: original && kind.toRequest(original),
            at: location,
            body: kind.toShown ? kind.toShown(body) : body,
            unchanged,
            act: original ? t('save') : (operations.createLabel ?? t('create')),
          }}
          reason={reason}
          mutation={{ isPending: sending, error }}
          onConfirm={() => void edit.send()}
          onClose={edit.back}
        >
          {checks?.(body)}
        </ReviewDialog>
      )}
    </>
  )
}

/** The path as people read it: the project's id stays on the server. */
const fillIn = (path: string, params: Readonly<Record<string, string>>) =>
  Object.entries(params).reduce((text, [param, value]) => text.replace(`{${param}}`, value), path)
