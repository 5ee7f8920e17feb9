'use client'

import type { ReactNode, RefObject } from 'react'
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
  rowsRef,
}: {
  label: string
  source: ImageSource
  view: ImageView
  images: ReturnType<typeof useFirstImages>
  columns: readonly ImageColumn[]
  template: string
  empty: ReactNode
  /** Of what holds the rows, or says that there are none. */
  rowsRef?: RefObject<HTMLDivElement | null>
}) {
  const { data, error } = images
  const virtual = useVirtualRows(data?.total ?? 0)
  const shown = virtual.items.map(({ index }) => index)
  const further = useImageRows(source, view, data?.rows ?? [], shown)
  const problem = error ? (
    <ProblemPanel error={error} retry={() => images.refetch()} />
  ) : (
    further.error && <ProblemPanel error={further.error} retry={further.retry} />
  )
  if (!data) return problem || <Skeleton className="w-64" />
  return (
    <>
      {problem && <div className="mb-3">{problem}</div>}
      {data.total === 0 ? (
        <div ref={rowsRef} className="rounded-lg border border-line bg-surface">
          {empty}
        </div>
      ) : (
        <VirtualTable
          label={label}
          virtual={virtual}
          rowAt={further.rowAt}
          columns={columns}
          template={template}
          isBusy={images.isPlaceholderData}
          rowsRef={rowsRef}
        />
      )}
    </>
  )
}
