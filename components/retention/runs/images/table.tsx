'use client'

import type { ReactNode } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { useVirtualRows, type VirtualColumn, VirtualTable } from '@/components/table/virtual-table'
import { Skeleton } from '@/components/ui/skeleton'
import type { RetentionImage } from '@/lib/contract/console/retention-runs'
import type { ImageView } from './search-params'
import { type ImageSource, type useFirstImages, useImageRows } from './use-image-rows'

export type ImageColumn = VirtualColumn<RetentionImage>

/** Images of a run over all of its repositories, asked for as they come into sight. */
export function ImageTable({
  label,
  source,
  view,
  images,
  columns,
  template,
  empty,
}: {
  label: string
  source: ImageSource
  view: ImageView
  images: ReturnType<typeof useFirstImages>
  columns: readonly ImageColumn[]
  template: string
  empty: ReactNode
}) {
  const { data, error } = images
  const virtual = useVirtualRows(data?.total ?? 0)
  const shown = virtual.items.map(({ index }) => index)
  const rowAt = useImageRows(source, view, data?.rows ?? [], shown)
  const problem = error && <ProblemPanel error={error} retry={() => images.refetch()} />
  if (!data) return problem || <Skeleton className="w-64" />
  return (
    <>
      {problem && <div className="mb-3">{problem}</div>}
      {data.total === 0 ? (
        <div className="rounded-lg border border-line bg-surface">{empty}</div>
      ) : (
        <VirtualTable
          label={label}
          virtual={virtual}
          rowAt={rowAt}
          columns={columns}
          template={template}
          isBusy={images.isPlaceholderData}
        />
      )}
    </>
  )
}
