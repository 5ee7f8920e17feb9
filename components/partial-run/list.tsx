'use client'

import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Status } from '@/components/ui/status'
import type { PartialRun } from '@/lib/contract/console/partial-runs'
import { routes } from '@/lib/routes'
import { ProblemPanel } from '../shell/error-panel'
import { Ago } from '../shell/relative-time'
import { CancelRun } from './cancel-button'
import { PartialRunItems } from './parts'
import { type PartialRunLocation, usePartialRuns } from './query'
import { isPartialRunMoving, isPartMoving, kindOfRun } from './state'

const few = 5
const most = 100

const anchor = 'partial-runs'

/** Brings them into sight; false where the page shows none. */
export function showPartialRuns(): boolean {
  const section = document.getElementById(anchor)
  section?.scrollIntoView({ block: 'start' })
  section?.focus({ preventScroll: true })
  return section !== null
}

/** Runs of a part, with what the console has kept of them: SWR forgets them. Nothing where there are none. */
export function PartialRuns({ place }: { place: PartialRunLocation }) {
  const t = useTranslations('partialRun')
  const [limit, setLimit] = useState(few)
  const { data, error, refetch } = usePartialRuns(place, limit)
  if (!data?.runs.length && !error) return null
  return (
    <section id={anchor} tabIndex={-1} aria-labelledby={`${anchor}-title`} className="mb-5 scroll-mt-4">
      <h2 id={`${anchor}-title`} className="mb-2">
        {t('title')}
      </h2>
      {error && (
        <div className="mb-3">
          <ProblemPanel error={error} retry={() => refetch()} />
        </div>
      )}
      {data && data.runs.length > 0 && (
        <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
          {data.runs.map((run, index) => (
            <li key={run.id}>
              <Run place={place} run={run} open={index === 0} />
            </li>
          ))}
        </ul>
      )}
      {data && data.total > data.runs.length && limit < most && (
        <Button look="ghost" className="mt-2" onClick={() => setLimit(most)}>
          {t('list.more', { count: data.total - data.runs.length })}
        </Button>
      )}
    </section>
  )
}

function Run({ place, run, open }: { place: PartialRunLocation; run: PartialRun; open: boolean }) {
  const t = useTranslations('partialRun')
  const done = run.parts.filter((part) => !isPartMoving(part)).length
  const copied = run.parts.flatMap(({ results }) => results).filter(({ phase }) => phase === 'succeeded').length
  // A repository that is run as a whole has as many tags as it turns out to have.
  const wanted = run.parts.reduce((sum, { tags, whole, results }) => sum + (whole ? results.length : tags.length), 0)
  const moving = isPartialRunMoving(run)
  return (
    <details open={open} className="group">
      <summary className="flex cursor-pointer list-none flex-wrap items-start gap-x-3 gap-y-1 px-3.5 py-2.5 hover:bg-sunken [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden size={16} className="mt-0.5 shrink-0 text-ink-3 group-open:rotate-90" />
        <span className="min-w-0 flex-1 basis-56 wrap-anywhere">
          <RunTitle place={place} run={run} />
        </span>
        <span role="status">
          <Status kind={kindOfRun(run)}>
            {moving
              ? t('list.done', { done, total: run.parts.length })
              : t('list.tags', { succeeded: copied, total: wanted })}
          </Status>
        </span>
      </summary>
      {!moving && run.endedAt === null && <p className="px-3.5 pb-2 text-ink-2 text-sm">{t('list.removing')}</p>}
      {run.endedAt !== null && run.parts.some(({ removed }) => !removed) && (
        <p className="px-3.5 pb-2 text-sm text-warn">{t('list.left')}</p>
      )}
      {place.execution === undefined && run.execution !== null && (
        <p className="px-3.5 pb-2 sm:pl-10.5">
          <Link
            href={routes.replicationRun(place, place.policy, run.execution)}
            prefetch={false}
            className="inline-flex min-h-6 items-center text-sm underline"
          >
            {t('list.open', { id: String(run.execution) })}
          </Link>
        </p>
      )}
      {run.stopped && (
        <p className="px-3.5 pb-2 text-sm">{t(`stopped.${run.stopped.reason}`, { name: run.stopped.name })}</p>
      )}
      {moving && run.stopped === null && (
        <div className="px-3.5 pb-2 sm:pl-10.5">
          <CancelRun place={place} run={run} />
        </div>
      )}
      <PartialRunItems at={place} run={run} />
    </details>
  )
}

/** Plain text: a link inside what opens and closes could not be reached by every reader. */
function RunTitle({ place, run }: { place: PartialRunLocation; run: PartialRun }) {
  const t = useTranslations('partialRun')
  const values = { name: run.actorName, ago: () => <Ago time={run.at} /> }
  if (run.execution === null) return t.rich('list.chosen', values)
  if (place.execution !== undefined) return t.rich('list.again', values)
  return t.rich('list.againOf', { ...values, run: String(run.execution) })
}
