'use client'

import type { ReactNode } from 'react'
import { contested, type Question } from '@/lib/policy/diff/merge3'
import { ConflictDialog } from './conflict-dialog'
import type { ConflictName } from './conflict-question'
import { ConflictGone } from './deleted-dialog'

/** What a form tells of the object that is not what it was opened on. */
export interface Changed<Row, Draft> {
  readonly opened: Row
  /** Null when it is gone. */
  readonly now: Row | null
  readonly mine: Draft
  readonly onMerged: (draft: Draft) => void
  readonly onAgain: () => void
  readonly onClose: () => void
}

/** Nothing was saved because the object is not what the form was opened on: mixes both, or says that it is gone. */
export function Meanwhile<Draft, Asked extends Question<Draft> & { readonly name: ConflictName }>({
  name,
  questions,
  sides,
  words,
  onMerge,
  onAgain,
  onClose,
}: {
  name: string
  questions: readonly Asked[]
  /** Null when it is gone. */
  sides: { opened: Draft; now: Draft; mine: Draft } | null
  /** What a draft answers to a question, as people read it; nothing where it is empty. */
  words: (draft: Draft, question: Asked) => ReactNode
  /** The questions that are answered by mine. */
  onMerge: (taken: Asked[]) => void
  /** Where it can be made again. */
  onAgain?: () => void
  onClose: () => void
}) {
  if (sides === null) return <ConflictGone name={name} {...(onAgain && { onAgain })} onClose={onClose} />
  const conflicts = contested(questions, sides).map(({ question, side }) => ({
    name: question.name,
    opened: words(sides.opened, question),
    now: words(sides.now, question),
    mine: words(sides.mine, question),
    side,
  }))
  return (
    <ConflictDialog
      name={name}
      conflicts={conflicts}
      onMerge={(taken) => onMerge(questions.filter((question) => taken.includes(question.name)))}
      onClose={onClose}
    />
  )
}
