'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Chip } from '@/components/ui/code'
import type { RetentionLock } from '@/lib/contract/console/retention-runs'
import { type RetentionLocation, routes } from '@/lib/routes'
import type { OutcomeBlock } from './lock-state'

/** What stands in the way of a run, or of a schedule, although the lock is open, and the ways to go on that there are. */
export function OutcomeBlockText({
  place,
  lock,
  block,
  of,
}: {
  place: RetentionLocation
  lock: RetentionLock
  block: OutcomeBlock
  of: 'run' | 'schedule'
}) {
  const t = useTranslations('retentionRuns')
  const byAdmin = useTranslations('inUse.consent')
  const { images, clusters, examples, old } = lock.inUse
  const to = (href: ReturnType<typeof routes.inUse>) => (text: ReactNode) => (
    <Link href={href} prefetch={false} className="underline">
      {text}
    </Link>
  )
  const links = {
    rules: to(routes.retentionEdit(place, place.namespace, place.policy)),
    clusters: to(routes.inUse()),
    limits: to(routes.retentionSettings(place)),
  }
  if (block === 'above_ceiling')
    return (
      <>
        <p className="mt-0.5">{t.rich('lock.outcome.ceiling', links)}</p>
        {lock.ceilingAsked && <p className="mt-0.5">{t('ask.ceilingAsked')}</p>}
      </>
    )
  return (
    <>
      {images > 0 && (
        <>
          <p className="mt-0.5">{t('inUse.images', { count: images, clusters: clusters.join(', ') })}</p>
          <p className="mt-1 flex flex-wrap gap-1.5">
            {examples.map((example) => (
              <Chip key={example}>{example}</Chip>
            ))}
          </p>
        </>
      )}
      {old.length > 0 && <p className="mt-0.5">{t('inUse.old', { clusters: old.join(', '), count: old.length })}</p>}
      <p className="mt-0.5">
        {t.rich(images > 0 ? 'inUse.ways' : 'inUse.waysOld', links)}{' '}
        {of === 'run' ? byAdmin('byAdmin') : t('lock.outcome.byNobody')}
      </p>
    </>
  )
}
