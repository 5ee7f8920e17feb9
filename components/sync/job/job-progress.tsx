'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { Button } from '@/components/ui/button'
import { Status, type StatusKind } from '@/components/ui/status'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { SyncJob } from '@/lib/contract/console/sync'
import { cellKinds, cellStates, countOf } from './cells'
import { jobAddress } from './search-params'

const colors = {
  ok: 'bg-ok',
  bad: 'bg-bad',
  warn: 'bg-warn',
  claimed: 'bg-accent',
  busy: 'bg-busy',
  off: 'bg-line-strong',
} as const satisfies Record<StatusKind, string>

/** How far a job is, by cells; each number narrows the grid to its state. */
export function JobProgress({ job }: { job: SyncJob }) {
  const t = useTranslations('sync.job')
  const bytes = useBytes()
  const [{ state }, setAddress] = useQueryStates(jobAddress, { history: 'push' })
  const total = countOf(job, ...cellStates)
  const shown = cellStates.filter((each) => countOf(job, each) > 0 || each === state)
  const words = shown.map((each) => t(`count.${each}`, { count: countOf(job, each) }))
  return (
    <section aria-label={t('progress')} className="mb-4 rounded-lg border border-line bg-surface px-3.5 py-3">
      <div
        role="progressbar"
        aria-label={t('progress')}
        aria-valuemin={0}
        aria-valuemax={Math.max(total, 1)}
        aria-valuenow={total - countOf(job, 'waiting', 'sending', 'reported')}
        aria-valuetext={words.join(', ')}
        className="flex h-2 gap-px overflow-hidden rounded-full bg-sunken forced-colors:border"
      >
        {shown
          .filter((each) => each !== 'waiting' && countOf(job, each) > 0)
          .map((each) => (
            <span
              key={each}
              className={clsx('min-w-0.5 transition-[flex-grow]', colors[cellKinds[each]])}
              style={{ flexGrow: countOf(job, each), flexBasis: 0 }}
            />
          ))}
        <span style={{ flexGrow: countOf(job, 'waiting'), flexBasis: 0 }} />
      </div>
      <fieldset className="mt-2 flex flex-wrap items-center gap-1">
        <legend className="sr-only">{t('filter')}</legend>
        {shown.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === state}
            className={clsx(
              'inline-flex min-h-7 items-center rounded-md border px-2',
              each === state ? 'border-accent bg-accent-soft' : 'border-transparent hover:bg-sunken',
            )}
            onClick={() => setAddress({ state: each === state ? null : each })}
          >
            <Status kind={cellKinds[each]}>{t(`count.${each}`, { count: countOf(job, each) })}</Status>
          </button>
        ))}
        {state !== null && (
          <Button look="ghost" onClick={() => setAddress({ state: null })}>
            {t('all')}
          </Button>
        )}
        <span className="ml-auto text-ink-2 tabular-nums">
          {t('total', { tags: job.tags, targets: job.targets.length, size: bytes(job.bytes) })}
        </span>
      </fieldset>
    </section>
  )
}
