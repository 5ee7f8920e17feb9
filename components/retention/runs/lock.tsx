'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useNow } from '@/components/context/clock'
import { Ago, Until } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { Skeleton } from '@/components/ui/skeleton'
import type { RetentionLock } from '@/lib/contract/console/retention-runs'
import { apiPolling } from '@/lib/query/client'
import { type RetentionLocation, routes } from '@/lib/routes'
import { inUseBlock, outcomeBlock, type RunLock, runLock, scheduleBlock } from './lock-state'
import { OutcomeBlockText } from './outcome-block'
import { lockInput, pollLock } from './queries'

/** `fresh` asks anew when it is shown: others make dry runs, send lists of clusters and set limits. */
export const useLock = (place: RetentionLocation, { fresh = false } = {}) =>
  useQuery({
    ...apiPolling('retentionLockShow', lockInput(place)),
    refetchInterval: ({ state }) => pollLock(state),
    refetchOnMount: fresh ? 'always' : true,
  })

/** Why a real run cannot be started, by the clock of whoever looks. */
export const useLockReason = (lock: RetentionLock | undefined): RunLock => runLock(lock, useNow())

/** Whether the real run, or enabling the schedule, is open; why not, what opens it, and what goes on all the same. */
export function LockNote({
  place,
  of,
  isScheduled = false,
  isOld = false,
}: {
  place: RetentionLocation
  of: 'run' | 'schedule'
  /** A schedule runs the policy whether or not the lock is open. */
  isScheduled?: boolean
  /** It is being asked for anew. */
  isOld?: boolean
}) {
  const t = useTranslations('retentionRuns.lock')
  const p = useTranslations('problem')
  const { data, error } = useLock(place)
  const reason = useLockReason(data)
  if (error && !data)
    return (
      <Note tone="warn" className="mb-3">
        {t('failed', { reason: p(`${error.code}.title`) })}
      </Note>
    )
  if (!data || reason === 'unread' || isOld)
    return (
      <Note tone="info" className="mb-3">
        <Skeleton className="w-64" />
      </Note>
    )
  const found = of === 'schedule' ? scheduleBlock(data, reason) : (reason ?? inUseBlock(data))
  const block = outcomeBlock(found)
  const isOpen = found === undefined
  // A run that is above the ceiling is open to one admin more.
  const isShared = isOpen && data.aboveCeiling
  return (
    <Note tone={block ? 'warn' : isOpen && !isShared ? 'ok' : 'info'} role="status" className="mb-3">
      <p className="font-medium text-base">{t(`${of}.${block ? 'blocked' : isOpen ? 'open' : 'closed'}`)}</p>
      <p className="mt-0.5">
        {(isOpen || block) && <OpenText lock={data} />} {reason !== undefined && t(`because.${reason}`)}{' '}
        <NextStep place={place} lock={data} />
      </p>
      {block && <OutcomeBlockText place={place} lock={data} block={block} of={of} />}
      {isShared && <p className="mt-0.5">{t('shared')}</p>}
      {isScheduled && <p className="mt-0.5">{t('scheduled')}</p>}
    </Note>
  )
}

function OpenText({ lock: { dryRun, until } }: { lock: RetentionLock }) {
  const t = useTranslations('retentionRuns.lock')
  if (!dryRun || until === null) return null
  return t.rich('openText', {
    images: dryRun.totals.delete.images,
    tags: dryRun.totals.delete.tags,
    ago: () => <Ago time={dryRun.endedAt ?? dryRun.at} />,
    until: () => <Until time={new Date(until)} />,
  })
}

/** Leads to what has to be looked at. */
function NextStep({ place, lock: { dryRun, run } }: { place: RetentionLocation; lock: RetentionLock }) {
  const t = useTranslations('retentionRuns.lock')
  const link = 'underline hover:text-accent'
  if (run !== null)
    return (
      <Link href={routes.retentionRun(place, run)} prefetch={false} className={link}>
        {t('showRun', { id: String(run) })}
      </Link>
    )
  if (dryRun === null) return null
  return (
    <Link href={routes.retentionDryRun(place, dryRun.id)} prefetch={false} className={link}>
      {t('showDryRun', { id: String(dryRun.id) })}
    </Link>
  )
}
