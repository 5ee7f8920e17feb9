'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { between, useTook } from '@/components/run/duration'
import { Ago } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { Properties } from '@/components/ui/properties'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { ConsoleOutput } from '@/lib/contract/console/schemas'
import { readStatus } from '@/lib/policy/runs/status'
import { type RetentionLocation, routes } from '@/lib/routes'

type Execution = ConsoleOutput<'retentionExecutionShow'>

const triggers = ['manual', 'scheduled'] as const

/** How an execution went in numbers, what the console knows of it, and whether bytes have come free. */
export function ExecutionSummary({ place, execution }: { place: RetentionLocation; execution: Execution }) {
  const t = useTranslations('retentionRuns.execution')
  const r = useTranslations('retentionRuns')
  const took = useTook()
  const { job, dryRun, trigger, start, end, total, retained, text, status } = execution
  const known = triggers.find((each) => each === trigger)
  const length = between(start, end)
  const { phase } = readStatus(status)
  // What a run was to delete is deleted by one that went through alone.
  const isKnown =
    dryRun !== null &&
    phase === 'succeeded' &&
    execution.repositories.rows.every((each) => each.total !== null && each.retained !== null)
  const entries: readonly (readonly [string, ReactNode])[] = [
    [t('kind'), dryRun === null ? r('kind.unknown') : r(`kind.${dryRun ? 'dry' : 'real'}`)],
    [t('trigger'), known ? r(`trigger.${known}`) : trigger],
    [
      t(dryRun ? 'wouldDelete' : 'deleted'),
      isKnown
        ? t('ofImages', { count: Math.max(total - retained, 0), total })
        : phase === 'running'
          ? '–'
          : r('kind.unknown'),
    ],
    [t('took'), length === null ? '–' : took(length)],
  ]
  return (
    <>
      <section aria-label={t('summary')} className="mb-4 rounded-lg border border-line bg-surface p-4">
        <Properties columns={4} entries={entries} />
        {job && (
          <p className="mt-3 text-sm">
            <Link
              href={job.kind === 'run' ? routes.retentionRun(place, job.id) : routes.retentionDryRun(place, job.id)}
              prefetch={false}
              className="underline hover:text-accent"
            >
              {t(`job.${job.kind}`, { id: String(job.id), name: job.actorName })}
            </Link>
          </p>
        )}
      </section>
      {text && (
        <Note tone={phase === 'failed' ? 'bad' : 'info'} className="mb-4">
          <p className="select-all font-mono text-xs wrap-anywhere">{text}</p>
        </Note>
      )}
      {dryRun !== true && <Collection execution={execution} />}
    </>
  )
}

/** Deleting frees names; bytes come free by garbage collection alone. */
function Collection({ execution: { garbageCollection, end } }: { execution: Execution }) {
  const t = useTranslations('retentionRuns.execution.collection')
  const r = useTranslations('retentionRuns')
  const bytes = useBytes()
  if (garbageCollection === null) return <p className="mb-4 text-ink-3 text-sm">{t('unread')}</p>
  const { at, freed, status } = garbageCollection
  const isLater = at !== null && end !== null && at > end
  const { phase } = readStatus(status)
  if (isLater && phase !== 'succeeded')
    return (
      <Note tone="info" className="mb-4">
        {t.rich('unfinished', { ago: () => <Ago time={at} />, status: r(`status.${phase}`) })}
      </Note>
    )
  return (
    <Note tone={isLater ? 'ok' : 'info'} className="mb-4">
      {isLater
        ? t.rich('ran', { ago: () => <Ago time={at} />, freed: freed === null ? '–' : bytes(freed) })
        : at === null
          ? t('never')
          : t.rich('before', { ago: () => <Ago time={at} /> })}
    </Note>
  )
}
