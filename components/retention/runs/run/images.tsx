'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { Button, buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import type { RetentionRun } from '@/lib/contract/console/retention-runs'
import { type RetentionLocation, routes } from '@/lib/routes'
import { ImageFilters } from '../images/filters'
import { failedView, imageAddress, runView } from '../images/search-params'
import { ImageTable } from '../images/table'
import { type ImageSource, useFirstImages } from '../images/use-image-rows'
import { pollRun } from '../queries'
import { useImageColumns } from './image-columns'
import { RestoreBar } from './restore-bar'
import { RestoreProgress } from './restore-progress'
import { canRestore, hasNoImages, imageCounts, mayHaveDeleted } from './state'
import { useRestoreChoice } from './use-restore-choice'

const templates = {
  open: '@table:grid-cols-[minmax(0,2.4fr)_minmax(0,1.4fr)_10rem_5.5rem]',
  done: '@table:grid-cols-[2.5rem_minmax(0,2fr)_6.5rem_minmax(0,1.2fr)_10rem_11.5rem_5rem]',
} as const
const filters = ['delete', 'keep', 'unknown', 'failed', 'in_use', 'all'] as const
/** Before anything is deleted. */
const openFilters = ['failed', 'in_use', 'all'] as const

/** What became of each image: deleted, when, by which rule, where its copy is; deleted ones with a copy can be brought back. */
export function RunImages({
  place,
  run,
  readAt,
}: {
  place: RetentionLocation
  run: RetentionRun
  /** When the run was read, in milliseconds. */
  readAt: number
}) {
  const t = useTranslations('retentionRuns.run')
  const c = useTranslations('common')
  const [address, setView] = useQueryStates(imageAddress, { history: 'push' })
  const view = runView(address, run)
  const moves = pollRun({ data: { run }, error: null }) !== false && run.state !== 'waiting'
  const source: ImageSource = { kind: 'runs', place, id: run.id, moves, readAt }
  const images = useFirstImages(source, view)
  const restorable = images.isPlaceholderData ? 0 : (images.data?.restorable ?? 0)
  const choice = useRestoreChoice(view, restorable)
  const columns = useImageColumns(place, run, choice, (repository) => setView({ repository }))
  const clear = () => setView({ q: null, repository: null, filter: 'all' })
  const isDone = run.state === 'done'
  const isOffered = isDone || canRestore(run)
  const title = t(isDone ? 'deletedImages' : mayHaveDeleted(run) ? 'images' : 'doomedImages')
  const heading = (
    <h2 id="run-images" className="mb-2">
      {title}
    </h2>
  )
  if (hasNoImages(run))
    return (
      <section aria-labelledby="run-images">
        {heading}
        <div className="rounded-lg border border-line bg-surface">
          <Empty
            title={t('notListed')}
            action={
              <Link href={routes.retentionDryRun(place, run.dryRun)} prefetch={false} className={buttonClass()}>
                {t('showDryRun', { id: String(run.dryRun) })}
              </Link>
            }
          >
            {t('notListedText')}
          </Empty>
        </div>
      </section>
    )
  return (
    <section aria-labelledby="run-images">
      {heading}
      <ImageFilters
        source={source}
        view={view}
        filters={mayHaveDeleted(run) ? filters : openFilters}
        counts={imageCounts(run)}
        onChange={setView}
      />
      {isOffered && <RestoreProgress restores={run.restores} onShowFailed={() => setView(failedView)} />}
      {isOffered && <RestoreBar place={place} run={run} view={view} restorable={restorable} choice={choice} />}
      <ImageTable
        label={title}
        source={source}
        view={view}
        images={images}
        columns={columns}
        template={templates[isOffered ? 'done' : 'open']}
        empty={
          <Empty
            title={t(view.filter === 'delete' && !view.q && isDone ? 'noneDeleted' : 'filtered')}
            action={<Button onClick={clear}>{c('clearFilters')}</Button>}
          />
        }
      />
    </section>
  )
}
