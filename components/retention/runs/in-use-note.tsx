'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { InUseNote, type useInUseConsent } from '@/components/deletion/in-use-consent'
import type { RetentionLock } from '@/lib/contract/console/retention-runs'
import { type RetentionLocation, routes } from '@/lib/routes'

/** What a run would delete although it is in use, and the ways to go on. */
export function RunInUseNote({
  place,
  lock: { inUse },
  consent,
}: {
  place: RetentionLocation
  lock: RetentionLock
  consent: ReturnType<typeof useInUseConsent>
}) {
  const t = useTranslations('retentionRuns.inUse')
  const { images, clusters, examples, old } = inUse
  return (
    <InUseNote
      headline={images > 0 ? t('images', { count: images, clusters: clusters.join(', ') }) : undefined}
      examples={examples}
      expired={old.length > 0 ? t('old', { clusters: old.join(', '), count: old.length }) : undefined}
      ways={t.rich(images > 0 ? 'ways' : 'waysOld', {
        rules: (text) => (
          <Link
            href={routes.retentionEdit(place, place.namespace, place.policy)}
            prefetch={false}
            className="underline"
          >
            {text}
          </Link>
        ),
        clusters: (text) => (
          <Link href={routes.inUse()} prefetch={false} className="underline">
            {text}
          </Link>
        ),
      })}
      consent={consent}
    />
  )
}
