'use client'

import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'next-intl'
import type { LimitsDraft, LimitsQuestion } from '@/lib/policy/retention-limits/form'
import { apiQuery } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'

/** What a version of the limits says of one of them. */
export function LimitAnswer({
  at,
  question,
  draft,
}: {
  at: InstanceLocation
  question: LimitsQuestion
  draft: LimitsDraft
}) {
  const t = useTranslations('retentionRuns.limits')
  const format = useFormatter()
  if (question.name === 'archive') return <ArchiveAnswer at={at} draft={draft} />
  const text = draft[question.name]
  return text === '' ? t('noLimit') : format.number(Number(text), { maximumFractionDigits: 4 })
}

function ArchiveAnswer({ at, draft: { registry, namespace, days } }: { at: InstanceLocation; draft: LimitsDraft }) {
  const t = useTranslations('retentionRuns.limits')
  const { data } = useQuery(apiQuery('registryList', allRegistries(at)))
  if (registry === '') return t('noArchive')
  const name = data?.registries.find(({ id }) => String(id) === registry)?.name ?? `#${registry}`
  return t('archiveSaid', { registry: name, namespace, days: Number(days) })
}
