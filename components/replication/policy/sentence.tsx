'use client'

import { useLocale, useTranslations } from 'next-intl'
import { Chip } from '@/components/ui/code'
import type { Registry } from '@/lib/contract/swr/registry'
import type { Replication } from '@/lib/contract/swr/replication'
import { describeReplication } from '@/lib/policy/replication/describe'
import { remoteOf } from '@/lib/policy/replication/request'
import { readSchedule, scheduleArguments } from '@/lib/policy/schedule/schedule'

/** What a policy does in a sentence or two. Where its filters say more than that, it says that they have to be read. */
export function ReplicationSentence({ policy, registries }: { policy: Replication; registries: readonly Registry[] }) {
  const t = useTranslations('policyPage')
  const locale = useLocale()
  const r = useTranslations('replication')
  const { direction, names, tags, tagsExcluded, remote, namespace, when, override, texts } = describeReplication(policy)
  const { registry, name } = remoteOf(policy)
  const cron = policy.trigger?.trigger_settings?.cron ?? ''
  const schedule = () =>
    t.rich('when', { ...scheduleArguments(readSchedule(cron), locale), cron: () => <Chip>{cron}</Chip> })
  return (
    <p className="mb-4 max-w-4xl leading-6">
      {t.rich(`sentence.${direction}`, {
        what: () =>
          t.rich('sentence.what', {
            names,
            tags,
            namePattern: () => <Chip>{texts.names}</Chip>,
            tagPattern: () => <Chip>{tagsExcluded ? r('allBut', { value: texts.tags }) : texts.tags}</Chip>,
          }),
        target: () =>
          remote === 'none' ? (
            t('sentence.noTarget')
          ) : (
            <strong className="font-medium">
              {registries.find(({ id }) => id === registry)?.name ?? name ?? `#${registry}`}
            </strong>
          ),
        into: () => namespace === 'other' && t.rich('sentence.into', { space: () => <Chip>{texts.namespace}</Chip> }),
        starts: () => t.rich('sentence.starts', { when, schedule }),
        // Rich, since it may be empty: the compiled form of such a message is no text.
        tail: () => t.rich('sentence.tail', { when }),
        conflict: () => t('sentence.conflict', { override }),
        off: () => policy.enabled === false && t('disabled', { when }),
      })}
    </p>
  )
}
