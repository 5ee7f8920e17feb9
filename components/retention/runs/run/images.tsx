'use client'

import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { useState } from 'react'
import { useCan } from '@/components/context/actor'
import { ReasonedButton } from '@/components/shell/permission-button'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Checkbox } from '@/components/ui/input'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { RetentionImage, RetentionRun } from '@/lib/contract/console/retention-runs'
import { imageName } from '@/lib/policy/retention/image-name'
import type { RetentionLocation } from '@/lib/routes'
import { CopyStatus, ImageName, OwnVerdict, RestoreStatus, SwrVerdict } from '../images/cells'
import { ImageFilters } from '../images/filters'
import { imageAddress, runView } from '../images/search-params'
import { type ImageColumn, ImageTable } from '../images/table'
import { type ImageSource, useFirstImages } from '../images/use-image-rows'
import { pollRun } from '../queries'
import { RestoreDialog } from './restore-dialog'
import { canRestore, hasCopy, mayBeGone, mayHaveDeleted } from './state'

const templates = {
  open: '@table:grid-cols-[minmax(0,2.4fr)_minmax(0,1.4fr)_10rem_5.5rem]',
  done: '@table:grid-cols-[2.5rem_minmax(0,2fr)_6.5rem_minmax(0,1.2fr)_10rem_11.5rem_5rem]',
} as const
const filters = ['delete', 'keep', 'failed', 'in_use', 'all'] as const

/** As many as one restore takes. */
const mostRestored = 1000

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
  const [chosen, setChosen] = useState<ReadonlyMap<number, RetentionImage>>(new Map())
  const [isAsking, setAsking] = useState(false)
  const may = useCan('retentionRestoreStart')
  const moves = pollRun({ data: { run }, error: null }) !== false && run.state !== 'waiting'
  const source: ImageSource = { kind: 'runs', place, id: run.id, moves, readAt }
  const images = useFirstImages(source, view)
  const toggle = (image: RetentionImage) =>
    setChosen((before) => {
      const next = new Map(before)
      if (!next.delete(image.index)) next.set(image.index, image)
      return next
    })
  const columns = useColumns(run, chosen, toggle, (repository) => setView({ repository }))
  const clear = () => setView({ q: null, repository: null, filter: 'all' })
  const isDone = run.state === 'done'
  const isOffered = isDone || canRestore(run)
  const title = t(isDone ? 'deletedImages' : mayHaveDeleted(run) ? 'images' : 'doomedImages')
  // Of a run that SWR was told of and that did not come to its end, what is gone is known as far as SWR has said it.
  const gone = isDone || run.deleted.images > 0 ? run.deleted.images : undefined
  const blocked =
    may.reason ??
    (run.archive === null
      ? t('restoreNoArchive')
      : chosen.size === 0
        ? t('restoreNone')
        : chosen.size > mostRestored
          ? t('restoreMost', { most: mostRestored })
          : undefined)
  return (
    <section aria-labelledby="run-images">
      <h2 id="run-images" className="mb-2">
        {title}
      </h2>
      <ImageFilters
        source={source}
        view={view}
        filters={filters}
        counts={mayHaveDeleted(run) ? (gone === undefined ? {} : { delete: gone }) : { delete: run.planned.images }}
        onChange={setView}
      />
      {isOffered && (
        <div className="mb-2 flex min-h-9 flex-wrap items-center gap-2">
          <span aria-live="polite" className="text-ink-2 tabular-nums">
            {t('chosen', { count: chosen.size })}
          </span>
          {chosen.size > 0 && (
            <Button look="ghost" onClick={() => setChosen(new Map())}>
              {t('clear')}
            </Button>
          )}
          <ReasonedButton look="primary" reason={blocked} onClick={() => setAsking(true)}>
            {t('restore', { count: chosen.size })}
          </ReasonedButton>
        </div>
      )}
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
      {isAsking && (
        <RestoreDialog
          place={place}
          run={run}
          images={[...chosen.values()]}
          onDone={() => {
            setChosen(new Map())
            setAsking(false)
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  )
}

/** What can be chosen and restored is known when the run has ended. */
function useColumns(
  run: RetentionRun,
  chosen: ReadonlyMap<number, RetentionImage>,
  toggle: (image: RetentionImage) => void,
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
    cell: (image) => <OwnVerdict image={image} />,
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
        mayBeGone(image) &&
        hasCopy(image) && (
          // biome-ignore lint/a11y/noLabelWithoutControl: the control is its child
          <label className="inline-flex size-6 items-center justify-center @table:-m-1">
            <Checkbox
              aria-label={r('choose', { name: imageName(image) })}
              checked={chosen.has(image.index)}
              onChange={() => toggle(image)}
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
