'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import { Checkbox } from '@/components/ui/input'
import type { RetentionLock } from '@/lib/contract/console/retention-runs'
import { type RetentionLocation, routes } from '@/lib/routes'

/** What runs somewhere and would go, or can no longer be said; how to go on, of which an admin has one way more. */
export function InUseNote({
  place,
  lock: { inUse },
  isAdmin,
  accepted,
  onAccept,
}: {
  place: RetentionLocation
  lock: RetentionLock
  isAdmin: boolean
  accepted: boolean
  onAccept: (accepted: boolean) => void
}) {
  const t = useTranslations('retentionRuns.inUse')
  const id = useId()
  const link = 'underline'
  return (
    <Note tone="bad" className="mt-3">
      {inUse.images > 0 && (
        <>
          <p className="font-medium text-base">
            {t('images', { count: inUse.images, clusters: inUse.clusters.join(', ') })}
          </p>
          <p className="mt-1 flex flex-wrap gap-1.5">
            {inUse.examples.map((example) => (
              <Chip key={example}>{example}</Chip>
            ))}
          </p>
        </>
      )}
      {inUse.old.length > 0 && (
        <p className="mt-1 font-medium text-base">
          {t('old', { clusters: inUse.old.join(', '), count: inUse.old.length })}
        </p>
      )}
      <p className="mt-1">
        {t.rich('ways', {
          rules: (text) => (
            <Link href={routes.retentionEdit(place, place.namespace, place.policy)} prefetch={false} className={link}>
              {text}
            </Link>
          ),
          clusters: (text) => (
            <Link href={routes.inUse()} prefetch={false} className={link}>
              {text}
            </Link>
          ),
        })}
      </p>
      {isAdmin ? (
        <label htmlFor={id} className="mt-2 flex items-start gap-2 text-ink">
          <Checkbox id={id} checked={accepted} onChange={({ target }) => onAccept(target.checked)} className="mt-0.5" />
          {t('accept')}
        </label>
      ) : (
        <p className="mt-1">{t('admin')}</p>
      )}
    </Note>
  )
}
