'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useRegistryNames } from '@/components/diff/registry-names'
import { FieldAnswer, OrEmpty, ScopeAnswer, TriggerAnswer } from '@/components/diff/value-text'
import type { AnswerProps } from '@/components/form/edit/kind'
import { Chip } from '@/components/ui/code'
import { excludesTags, type ReplicationDraft } from '@/lib/policy/replication/form'
import type { ReplicationQuestion } from '@/lib/policy/replication/merge'

/** What a draft answers to a question, in the words of the form. */
export function ReplicationAnswer(props: AnswerProps<ReplicationDraft, ReplicationQuestion>) {
  return <OrEmpty>{useAnswer(props)}</OrEmpty>
}

function useAnswer({ draft, question, location }: AnswerProps<ReplicationDraft, ReplicationQuestion>): ReactNode {
  const t = useTranslations('replication')
  const registries = useRegistryNames(location, question === 'remote')
  const pattern = (text: string) => text && <Chip>{text}</Chip>
  switch (question) {
    case 'name':
    case 'description':
      return draft[question]
    case 'remote':
      return (
        <>
          {t(draft.direction === 'push' ? 'pushesTo' : 'pullsFrom')}{' '}
          {draft.registry ? (registries.get(Number(draft.registry)) ?? `#${draft.registry}`) : t('noRegistry')}
        </>
      )
    case 'names':
      return <ScopeAnswer scope={draft.scope} pattern={draft.namePattern} />
    case 'tags':
      return pattern(excludesTags(draft) ? t('allBut', { value: draft.tagPattern }) : draft.tagPattern)
    case 'others':
      return pattern(draft.others.map(({ type, value: text }) => `${type} ${text}`).join(' · '))
    case 'namespace':
      return <FieldAnswer name="namespace" value={draft.destNamespace} />
    case 'when':
      return <TriggerAnswer trigger={draft.trigger} cron={draft.cron} />
    default:
      return <FieldAnswer name={question} value={draft[question]} />
  }
}
