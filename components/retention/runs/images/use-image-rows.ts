import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import type { RetentionImage } from '@/lib/contract/console/retention-runs'
import { apiPolling } from '@/lib/query/client'
import type { RetentionLocation } from '@/lib/routes'
import { dryRunInput, runInput } from '../queries'
import { type ImageView, imagePage, imagePageQuery } from './search-params'

/** Whose images are shown. */
export interface ImageSource {
  readonly kind: 'dry-runs' | 'runs'
  readonly place: RetentionLocation
  readonly id: number
  /** They change while it moves. */
  readonly moves: boolean
  /** When the run was last read, in milliseconds: what is older may lack its end. */
  readonly readAt: number
}

const whileMovingMs = 3_000

interface State {
  readonly error: unknown
  readonly dataUpdatedAt: number
}

/** Images follow their run: as long as it moves, and until they are as new as it is. */
export const pollImages =
  ({ moves, readAt }: Pick<ImageSource, 'moves' | 'readAt'>) =>
  ({ state: { error, dataUpdatedAt } }: { state: State }): number | false =>
    !error && (moves || (dataUpdatedAt > 0 && dataUpdatedAt < readAt)) ? whileMovingMs : false

function imagesQuery(source: ImageSource, view: ImageView, page: number) {
  const { kind, place, id } = source
  const query = imagePageQuery(view, page)
  return kind === 'dry-runs'
    ? {
        ...apiPolling('retentionDryRunImageList', { ...dryRunInput(place, id), query }),
        refetchInterval: pollImages(source),
      }
    : { ...apiPolling('retentionRunImageList', { ...runInput(place, id), query }), refetchInterval: pollImages(source) }
}

/** The first images of a view, and how many there are. */
export const useFirstImages = (source: ImageSource, view: ImageView) =>
  useQuery({ ...imagesQuery(source, view, 0), placeholderData: keepPreviousData })

/**
 * Images by their place in the list, page by page as they come into sight; undefined while they are on their way. `shown` are
 * the places that are drawn.
 */
export function useImageRows(
  source: ImageSource,
  view: ImageView,
  first: readonly RetentionImage[],
  shown: readonly number[],
) {
  const pages = [...new Set(shown.map((index) => Math.floor(index / imagePage)))].filter((page) => page > 0)
  const answers = useQueries({ queries: pages.map((page) => imagesQuery(source, view, page)) })
  return {
    rowAt: (index: number): RetentionImage | undefined => {
      const page = Math.floor(index / imagePage)
      return page === 0 ? first[index] : answers[pages.indexOf(page)]?.data?.rows[index % imagePage]
    },
    /** Of the first page in sight that could not be read. */
    error: answers.find(({ error }) => error !== null)?.error ?? null,
    retry: () => Promise.all(answers.filter(({ error }) => error !== null).map((answer) => answer.refetch())),
  }
}
