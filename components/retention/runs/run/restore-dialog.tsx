'use client'

import { useTranslations } from 'next-intl'
import { Confirm } from '@/components/shell/confirm'
import { Chip } from '@/components/ui/code'
import type { RetentionRun } from '@/lib/contract/console/retention-runs'
import { imageName } from '@/lib/policy/retention/image-name'
import { useApiWrite } from '@/lib/query/client'
import type { RetentionLocation } from '@/lib/routes'
import { runInput, staleRuns } from '../queries'
import type { RestoreChoice } from './use-restore-choice'

const fewNames = 10

/** Says what comes back from where before it is copied. */
export function RestoreDialog({
  place,
  run,
  choice,
  onDone,
  onClose,
}: {
  place: RetentionLocation
  run: RetentionRun
  choice: RestoreChoice
  onDone: () => void
  onClose: () => void
}) {
  const t = useTranslations('retentionRuns.run')
  const restore = useApiWrite('retentionRestoreStart', { stale: staleRuns })
  const { count, images } = choice
  return (
    <Confirm
      title={t('restoreTitle', { count, namespace: place.namespace })}
      act={{ label: t('restore', { count }), look: 'primary' }}
      mutation={restore}
      onConfirm={() => restore.mutate({ ...runInput(place, run.id), body: choice.body() }, { onSuccess: onDone })}
      onClose={onClose}
    >
      <p>{t('restoreText', { registry: run.archive?.name ?? '', namespace: run.archive?.namespace ?? '' })}</p>
      {images.length > 0 && (
        <p className="mt-2 flex flex-wrap gap-1.5">
          {images.slice(0, fewNames).map((image) => (
            <Chip key={image.index}>{imageName(image)}</Chip>
          ))}
          {images.length > fewNames && t('moreImages', { count: images.length - fewNames })}
        </p>
      )}
    </Confirm>
  )
}
