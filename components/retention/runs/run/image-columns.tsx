'use client'

import { useTranslations } from 'next-intl'
import { Checkbox } from '@/components/ui/input'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { RetentionRun } from '@/lib/contract/console/retention-runs'
import { imageName } from '@/lib/policy/retention/image-name'
import type { InstanceLocation } from '@/lib/routes'
import { CopyStatus, ImageName, OwnVerdict, RestoreStatus, SwrVerdict } from '../images/cells'
import type { ImageColumn } from '../images/table'
import { canRestore, isRestorable } from './state'
import type { RestoreChoice } from './use-restore-choice'

/** Columns of a run's images; what can be chosen and restored is known when the run has ended. */
export function useImageColumns(
  at: InstanceLocation,
  run: RetentionRun,
  choice: RestoreChoice,
  onRepository: (repository: string) => void,
): readonly ImageColumn[] {
  const t = useTranslations('retentionRuns.image')
  const r = useTranslations('retentionRuns.run')
  const bytes = useBytes()
  const name: ImageColumn = {
    id: 'image',
    header: t('image'),
    cell: (image) => <ImageName image={image} onRepository={onRepository} />,
  }
  const ours: ImageColumn = {
    id: 'ours',
    header: t('ours'),
    labelled: true,
    cell: (image) => <OwnVerdict at={at} image={image} />,
  }
  const copy: ImageColumn = {
    id: 'copy',
    header: t('copy'),
    labelled: true,
    cell: (image) => <CopyStatus image={image} />,
  }
  const size: ImageColumn = {
    id: 'size',
    header: t('size'),
    labelled: true,
    className: 'text-ink-2 whitespace-nowrap tabular-nums @table:text-right',
    cell: (image) => bytes(image.size),
  }
  if (run.state !== 'done' && !canRestore(run)) return [name, ours, copy, size]
  return [
    {
      id: 'choose',
      header: t('select'),
      hiddenHeader: true,
      cell: (image) =>
        isRestorable(image) && (
          // biome-ignore lint/a11y/noLabelWithoutControl: the control is its child
          <label className="inline-flex size-6 items-center justify-center @table:-m-1">
            <Checkbox
              aria-label={r('choose', { name: imageName(image) })}
              checked={choice.has(image)}
              onChange={() => choice.toggle(image)}
            />
          </label>
        ),
    },
    name,
    { id: 'swr', header: t('swr'), labelled: true, cell: (image) => <SwrVerdict image={image} /> },
    ours,
    copy,
    {
      id: 'restore',
      header: t('restore'),
      labelled: true,
      cell: (image) => image.restore !== 'none' && <RestoreStatus image={image} />,
    },
    size,
  ]
}
