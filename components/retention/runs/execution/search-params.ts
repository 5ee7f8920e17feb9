import { parseAsInteger } from 'nuqs/server'
import { type pageSizes, pageWindow, pagingAddress, searchAddress } from '@/components/table/search-params'
import type { ApiInput } from '@/lib/query/operations'
import type { RetentionLocation } from '@/lib/routes'
import { executionParams } from '../queries'

/** Repositories of an execution; `task` is the one whose images are open. */
export const executionAddress = {
  ...pagingAddress,
  ...searchAddress,
  task: parseAsInteger,
  images: parseAsInteger.withDefault(1),
}

export interface ExecutionView {
  page: number
  size: (typeof pageSizes)[number]
  q: string
  task: number | null
  images: number
}

export const executionInput = (
  place: RetentionLocation,
  id: number,
  view: Pick<ExecutionView, 'page' | 'size' | 'q'>,
): ApiInput<'retentionExecutionShow'> => ({
  params: executionParams(place, id),
  query: { ...pageWindow(view), ...(view.q && { q: view.q }) },
})

/** Images of a repository that are shown at once. */
export const taskPage = 50

export const taskImagesInput = (
  place: RetentionLocation,
  id: number,
  task: number,
  page: number,
): ApiInput<'retentionExecutionImageList'> => ({
  params: { ...executionParams(place, id), task_id: String(task) },
  query: pageWindow({ page, size: taskPage }),
})
