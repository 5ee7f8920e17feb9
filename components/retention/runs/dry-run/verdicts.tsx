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
import type { InstanceLocation, RetentionLocation } from '@/lib/routes'
import { DecisionWarnings } from '../../what-if/notes'
import { ImageName, OwnVerdict, SwrVerdict } from '../images/cells'
import { ImageFilters } from '../images/filters'
import { dryRunView, type ImageView, imageAddress } from '../images/search-params'
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
  const p = useTranslations('problem')
  const [address, setView] = useQueryStates(imageAddress, { history: 'push' })
  const view = dryRunView(address)
  const source: ImageSource = { kind: 'dry-runs', place, id: dryRun.id, moves: false, readAt: 0 }
  const images = useFirstImages(source, view)
  const rows = useRef<HTMLDivElement>(null)
  const see = useApiWrite('retentionDryRunSee', { stale: staleRuns })
  const tell = () => see.mutate(dryRunInput(place, dryRun.id))
  useSeen(rows, dryRun.seen === null && see.isIdle && showsDoomed(dryRun, view, images), tell)
  const columns = useColumns(place, (repository) => setView({ repository }))
  const { delete: doomed, keep, unknown, differences } = dryRun.totals
  const clear = () => setView({ q: null, repository: null, filter: 'all' })
  return (
    <>
      <Totals totals={dryRun.totals} repositories={dryRun.repositories} />
      <DecisionWarnings warnings={dryRun.warnings} className="mb-4" />
      {differences > 0 && (
        <Note tone="warn" className="mb-4">
          <p className="font-medium text-base">{t('differences', { count: differences })}</p>
          <p className="mt-0.5">{t('differencesText')}</p>
          <Button className="mt-2" onClick={() => setView({ filter: 'differs' })}>
            {t('showDifferences')}
          </Button>
        </Note>
      )}
      {see.error && dryRun.seen === null && (
        <Note tone="bad" role="alert" className="mb-4">
          {t('seeFailed', { reason: p(`${see.error.problem.code}.title`) })}
          <Button className="mt-2 block" onClick={tell}>
            {c('retry')}
          </Button>
        </Note>
      )}
      <section aria-labelledby="verdicts">
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
          rowsRef={rows}
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

/**
 * What goes is on the screen, all of it within reach: whoever sees only kept images, one repository or what a search found has
 * not seen what goes. Rows of the last view do not count.
 */
function showsDoomed(
  { totals }: DryRun,
  { filter, q, repository }: ImageView,
  { data, isPlaceholderData, error }: ReturnType<typeof useFirstImages>,
): boolean {
  if (!data || isPlaceholderData || error || q !== '' || repository !== null) return false
  if (data.total === 0) return filter === 'delete' && totals.delete.images === 0
  return filter === 'delete' || filter === 'all'
}

function useColumns(at: InstanceLocation, onRepository: (repository: string) => void): readonly ImageColumn[] {
  const t = useTranslations('retentionRuns.image')
  const bytes = useBytes()
  const right = 'text-ink-2 whitespace-nowrap tabular-nums @table:text-right'
  return [
    { id: 'image', header: t('image'), cell: (image) => <ImageName image={image} onRepository={onRepository} /> },
    { id: 'swr', header: t('swr'), labelled: true, cell: (image) => <SwrVerdict image={image} /> },
    { id: 'ours', header: t('ours'), labelled: true, cell: (image) => <OwnVerdict at={at} image={image} /> },
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
