'use client'

import { useQuery } from '@tanstack/react-query'
import { useLocale, useTranslations } from 'next-intl'
import { type Control, useWatch } from 'react-hook-form'
import { Chip } from '@/components/ui/code'
import type { Replication } from '@/lib/contract/swr/replication'
import { ignoresFilters } from '@/lib/contract/vocabulary'
import { trimPattern } from '@/lib/policy/pattern/pattern'
import { excludesTags, namesOf, type ReplicationDraft, type ReplicationValues } from '@/lib/policy/replication/form'
import { remoteOf } from '@/lib/policy/replication/request'
import { readSchedule, scheduleArguments } from '@/lib/policy/schedule/schedule'
import { apiQuery } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'

type FormControl = Control<ReplicationDraft, unknown, ReplicationValues>

/** The policy as typed so far, in plain sentences; what is not said yet is left open. For screens with room beside the form. */
export function ReplicationFormSummary({
  at,
  control,
  original,
}: {
  at: InstanceLocation
  control: FormControl
  original: Replication | undefined
}) {
  const t = useTranslations('replicationForm')
  const draft = useWatch({ control, compute: (each) => each })
  const registries = useQuery(apiQuery('registryList', allRegistries(at)))
  const own = original && remoteOf(original)
  const chosen = registries.data?.registries.find(({ id }) => String(id) === draft.registry)
  const but = excludesTags(draft)
  const registry =
    chosen?.name ?? (String(own?.registry) === draft.registry && own?.name ? own.name : `#${draft.registry}`)
  const names = trimPattern(namesOf(draft))
  const tags = trimPattern(draft.tagPattern)
  const namespace = draft.destNamespace.trim()
  return (
    <aside aria-label={t('summary.title')} className="hidden rounded-lg border border-line bg-surface xl:block">
      <h2 className="border-line border-b px-4 py-3">{t('summary.title')}</h2>
      <ul className="flex flex-col gap-2.5 px-4 py-3 [&>li]:wrap-anywhere">
        <li>
          {t.rich(`summary.${draft.direction}`, {
            names: () =>
              names ? <Chip>{names}</Chip> : t(draft.asRead.namePattern === '' ? 'summary.all' : 'summary.noNames'),
            registry: () =>
              draft.registry === '' ? t('summary.noRegistry') : <b className="font-medium">{registry}</b>,
          })}
        </li>
        <li>
          {tags === '' && draft.asRead.tagPattern !== ''
            ? t('summary.noTags')
            : tags === '' || (tags === '**' && !but)
              ? t('summary.anyTag')
              : t.rich(but ? 'summary.tagsBut' : 'summary.tags', { tags: () => <Chip>{tags}</Chip> })}
        </li>
        {ignoresFilters(draft.direction, chosen?.type) && <li className="text-warn">{t('summary.pullsAll')}</li>}
        <li>
          {namespace
            ? t.rich('summary.namespace', { namespace: () => <Chip>{namespace}</Chip> })
            : t('summary.sameNamespace')}
        </li>
        <When draft={draft} />
        <li>{t(draft.override ? 'summary.overwrite' : 'summary.keep')}</li>
        <li>{t(draft.enabled ? 'summary.enabled' : 'summary.disabled')}</li>
      </ul>
    </aside>
  )
}

function When({ draft: { trigger, cron } }: { draft: ReplicationDraft }) {
  const t = useTranslations('replicationForm')
  const s = useTranslations('schedule')
  const locale = useLocale()
  if (trigger === 'manual' || trigger === 'event_based') return <li>{t(`summary.${trigger}`)}</li>
  if (trigger !== 'scheduled') return <li>{t.rich('summary.trigger', { trigger: () => <Chip>{trigger}</Chip> })}</li>
  if (cron.trim() === '') return <li>{t('summary.noSchedule')}</li>
  const schedule = readSchedule(cron)
  return (
    <li>
      {schedule.kind === 'other' ? (
        <Chip>{cron}</Chip>
      ) : (
        t('summary.schedule', { words: s('words', scheduleArguments(schedule, locale)) })
      )}
    </li>
  )
}
