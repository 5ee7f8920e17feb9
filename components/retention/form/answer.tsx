'use client'

import type { ReactNode } from 'react'
import { FieldAnswer, OrEmpty, ScopeAnswer, TriggerAnswer } from '@/components/diff/value-text'
import type { AnswerProps } from '@/components/form/edit/kind'
import { Chip } from '@/components/ui/code'
import type { RetentionDraft } from '@/lib/policy/retention/form'
import type { RetentionQuestion } from '@/lib/policy/retention/merge'
import { RuleText } from '../policy/keeps-text'

/** What a draft answers to a question, in the words of the form. */
export function RetentionAnswer(props: AnswerProps<RetentionDraft, RetentionQuestion>) {
  return <OrEmpty>{answer(props)}</OrEmpty>
}

function answer({ draft, question }: AnswerProps<RetentionDraft, RetentionQuestion>): ReactNode {
  switch (question) {
    case 'name':
      return draft.name
    case 'rules':
      return draft.rules.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells rules apart
        <p key={index}>
          <RuleText template={rule.template} amount={/^\d+$/.test(rule.amount) ? Number(rule.amount) : undefined} />
          {' · '}
          <FieldAnswer name="tagDecoration" value={rule.tagDecoration} /> <Chip>{rule.tagPattern}</Chip>
          {' · '}
          <ScopeAnswer scope={rule.scope} pattern={rule.repositoryPattern} />
        </p>
      ))
    case 'when':
      return <TriggerAnswer trigger={draft.trigger} cron={draft.cron} />
    default:
      return <FieldAnswer name={question} value={draft[question]} />
  }
}
