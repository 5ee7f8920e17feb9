'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { type Changed, Meanwhile } from '@/components/diff/conflict'
import { useRegistryNames } from '@/components/diff/registry-names'
import { Answer, ScopeAnswer, TriggerAnswer } from '@/components/diff/value-text'
import { Chip } from '@/components/ui/code'
import type { Replication } from '@/lib/contract/swr/replication'
import { excludesTags, type ReplicationDraft, toForm } from '@/lib/policy/replication/form'
import { comparable, mergedReplication, replicationQuestions } from '@/lib/policy/replication/merge'
import type { InstanceAt } from '@/lib/routes'

/** What a draft answers to a question, in the words of the form. */
function useAnswers(at: InstanceAt) {
  const t = useTranslations('replication')
  const registries = useRegistryNames(at, true)
  const pattern = (text: string) => text && <Chip>{text}</Chip>
  return (draft: ReplicationDraft, { name }: (typeof replicationQuestions)[number]): ReactNode => {
    switch (name) {
      case 'name':
      case 'description':
        return draft[name]
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
        return <Answer name="namespace" value={draft.destNamespace} />
      case 'when':
        return <TriggerAnswer trigger={draft.trigger} cron={draft.cron} />
      default:
        return <Answer name={name} value={draft[name]} />
    }
  }
}

/** A policy was changed or deleted while it was edited; one that is gone can be made again. */
export function ReplicationMeanwhile({
  at,
  opened,
  now,
  mine,
  onMerged,
  onAgain,
  onClose,
}: Changed<Replication, ReplicationDraft> & { readonly at: InstanceAt }) {
  const words = useAnswers(at)
  const sides = now && { opened: comparable(toForm(opened)), now: comparable(toForm(now)), mine: comparable(mine) }
  return (
    <Meanwhile
      name={opened.name ?? `#${opened.id}`}
      questions={replicationQuestions}
      sides={sides}
      words={words}
      onMerge={(taken) => sides && onMerged(mergedReplication(sides, taken))}
      onAgain={onAgain}
      onClose={onClose}
    />
  )
}
