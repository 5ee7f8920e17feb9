'use client'

import type { ReactNode } from 'react'
import { Meanwhile } from '@/components/diff/conflict'
import { Answer, ScopeAnswer, TriggerAnswer } from '@/components/diff/value-text'
import { Chip } from '@/components/ui/code'
import type { Retention } from '@/lib/contract/swr/retention'
import { merged } from '@/lib/policy/diff/merge3'
import { type RetentionDraft, toForm } from '@/lib/policy/retention/form'
import { retentionQuestions } from '@/lib/policy/retention/merge'
import { RuleText } from '../policy/keeps-text'

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
