'use client'

import { useTranslations } from 'next-intl'
import { Confirm } from '@/components/shell/confirm'
import { Chip } from '@/components/ui/code'
import type { RetentionImage, RetentionRun } from '@/lib/contract/console/retention-runs'
import { imageName } from '@/lib/policy/retention/image-name'
import { useApiWrite } from '@/lib/query/client'
import type { RetentionLocation } from '@/lib/routes'
import { runInput, staleRuns } from '../queries'

const fewNames = 10

/** Says what comes back from where before it is copied. */
export function RestoreDialog({
  place,
  run,
  images,
  onDone,
  onClose,
}: {
  place: RetentionLocation
  run: RetentionRun
  images: readonly RetentionImage[]
  onDone: () => void
  onClose: () => void
}) {
  const t = useTranslations('retentionRuns.run')
  const restore = useApiWrite('retentionRestoreStart', { stale: staleRuns })
  return (
    <Confirm
      title={t('restoreTitle', { count: images.length, namespace: place.namespace })}
      act={{ label: t('restore', { count: images.length }), look: 'primary' }}
      mutation={restore}
      onConfirm={() =>
        restore.mutate(
          { ...runInput(place, run.id), body: { images: images.map(({ index }) => index) } },
          { onSuccess: onDone },
        )
      }
      onClose={onClose}
    >
      <p>{t('restoreText', { registry: run.archive?.name ?? '', namespace: run.archive?.namespace ?? '' })}</p>
      <p className="mt-2 flex flex-wrap gap-1.5">
        {images.slice(0, fewNames).map((image) => (
          <Chip key={image.index}>{imageName(image)}</Chip>
        ))}
        {images.length > fewNames && t('moreImages', { count: images.length - fewNames })}
      </p>
    </Confirm>
  )
}
