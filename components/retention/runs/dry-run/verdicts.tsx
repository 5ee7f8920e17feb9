'use client'

import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { useRef } from 'react'
import { Ago } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { DryRun } from '@/lib/contract/console/retention-runs'
import { useApiWrite } from '@/lib/query/client'
import type { RetentionLocation } from '@/lib/routes'
import { ImageName, OwnVerdict, SwrVerdict } from '../images/cells'
import { ImageFilters } from '../images/filters'
import { dryRunView, imageAddress } from '../images/search-params'
import { type ImageColumn, ImageTable } from '../images/table'
import { Totals } from '../images/totals'
import { type ImageSource, useFirstImages } from '../images/use-image-rows'
import { dryRunInput, staleRuns } from '../queries'
import { useSeen } from '../use-seen'

const template = '@table:grid-cols-[minmax(0,2.4fr)_minmax(0,7.5rem)_minmax(0,1.6fr)_7.5rem_7.5rem_5.5rem]'
const filters = ['delete', 'keep', 'unknown', 'differs', 'in_use', 'all'] as const

/** Verdicts of a finished dry run. Once they are on the screen the dry run counts as looked at. */
export function Verdicts({ place, dryRun }: { place: RetentionLocation; dryRun: DryRun }) {
  const t = useTranslations('retentionRuns.dryRun')
  const c = useTranslations('common')
  const [address, setView] = useQueryStates(imageAddress, { history: 'push' })
  const view = dryRunView(address)
  const source: ImageSource = { kind: 'dry-runs', place, id: dryRun.id, moves: false, readAt: 0 }
  const images = useFirstImages(source, view)
  const table = useRef<HTMLDivElement>(null)
  const { mutate } = useApiWrite('retentionDryRunSee', { stale: staleRuns })
  // Whoever sees only the verdicts of kept images has not seen what goes.
  const showsDoomed = view.filter === 'delete' || view.filter === 'all'
  useSeen(table, dryRun.seen === null && showsDoomed && images.isSuccess, () => mutate(dryRunInput(place, dryRun.id)))
  const columns = useColumns((repository) => setView({ repository }))
  const { delete: doomed, keep, unknown, differences } = dryRun.totals
  const clear = () => setView({ q: null, repository: null, filter: 'all' })
  return (
    <>
      <Totals totals={dryRun.totals} repositories={dryRun.repositories} />
      {differences > 0 && (
        <Note tone="warn" className="mb-4">
          <p className="font-medium text-base">{t('differences', { count: differences })}</p>
          <p className="mt-0.5">{t('differencesText')}</p>
          <Button className="mt-2" onClick={() => setView({ filter: 'differs' })}>
            {t('showDifferences')}
          </Button>
        </Note>
      )}
      <section ref={table} aria-labelledby="verdicts">
        <h2 id="verdicts" className="mb-2">
          {t('verdicts')}
        </h2>
        <ImageFilters
          source={source}
          view={view}
          filters={filters}
          counts={{
            delete: doomed.images,
            keep: keep.images,
            unknown: unknown.images,
            differs: differences,
            all: doomed.images + keep.images + unknown.images,
          }}
          onChange={setView}
        />
        <ImageTable
          label={t('verdicts')}
          source={source}
          view={view}
          images={images}
          columns={columns}
          template={template}
          empty={
            view.filter === 'delete' && doomed.images === 0 ? (
              <Empty title={t('nothing')} action={<Button onClick={clear}>{t('showAll')}</Button>} />
            ) : (
              <Empty title={t('filtered')} action={<Button onClick={clear}>{c('clearFilters')}</Button>} />
            )
          }
        />
        <p className="mt-1.5 text-ink-3 text-xs">{t('derived')}</p>
      </section>
    </>
  )
}

function useColumns(onRepository: (repository: string) => void): readonly ImageColumn[] {
  const t = useTranslations('retentionRuns.image')
  const bytes = useBytes()
  const right = 'text-ink-2 whitespace-nowrap tabular-nums @table:text-right'
  return [
    { id: 'image', header: t('image'), cell: (image) => <ImageName image={image} onRepository={onRepository} /> },
    { id: 'swr', header: t('swr'), labelled: true, cell: (image) => <SwrVerdict image={image} /> },
    { id: 'ours', header: t('ours'), labelled: true, cell: (image) => <OwnVerdict image={image} /> },
    {
      id: 'pushed',
      header: t('pushed'),
      labelled: true,
      className: right,
      cell: ({ pushed }) => (pushed === null ? '' : <Ago time={pushed} style="narrow" />),
    },
    {
      id: 'pulled',
      header: t('pulled'),
      labelled: true,
      className: right,
      cell: ({ pulled }) => (pulled === null ? t('never') : <Ago time={pulled} style="narrow" />),
    },
    { id: 'size', header: t('size'), labelled: true, className: right, cell: ({ size }) => bytes(size) },
  ]
}
