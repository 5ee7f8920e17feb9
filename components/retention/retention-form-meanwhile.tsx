'use client'

import type { ReactNode } from 'react'
import { Answer, ScopeAnswer, TriggerAnswer } from '@/components/form/answers'
import { Meanwhile } from '@/components/form/meanwhile'
import { Chip } from '@/components/ui/chip'
import type { Retention } from '@/lib/contract/retention'
import { type RetentionDraft, toForm } from '@/lib/policy/retention'
import { retentionQuestions } from '@/lib/policy/retention-merge'
import { merged } from '@/lib/policy/three-way'
import { RuleText } from './keeps-text'

/** What a draft answers to a question, in the words of the form. */
function answer(draft: RetentionDraft, { name }: (typeof retentionQuestions)[number]): ReactNode {
  switch (name) {
    case 'name':
      return draft.name
    case 'keep':
      return (
        <RuleText template={draft.template} amount={/^\d+$/.test(draft.amount) ? Number(draft.amount) : undefined} />
      )
    case 'tags':
      return (
        <>
          <Answer name="tagDecoration" value={draft.tagDecoration} /> <Chip>{draft.tagPattern}</Chip>
        </>
      )
    case 'names':
      return <ScopeAnswer scope={draft.scope} pattern={draft.repositoryPattern} />
    case 'when':
      return <TriggerAnswer trigger={draft.trigger} cron={draft.cron} />
    default:
      return <Answer name={name} value={draft[name]} />
  }
}

/** A policy was changed or deleted while it was edited. One that is gone cannot be made again here. */
export function RetentionMeanwhile({
  opened,
  now,
  mine,
  onMerged,
  onClose,
}: {
  opened: Retention
  /** Null when it is gone. */
  now: Retention | null
  mine: RetentionDraft
  onMerged: (draft: RetentionDraft) => void
  onClose: () => void
}) {
  const sides = now && { opened: toForm(opened), now: toForm(now), mine }
  return (
    <Meanwhile
      name={opened.name ?? `#${opened.id}`}
      questions={retentionQuestions}
      sides={sides}
      words={answer}
      onMerge={(taken) => sides && onMerged(merged(sides, taken))}
      onClose={onClose}
    />
  )
}
