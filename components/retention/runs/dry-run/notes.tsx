'use client'

import { useTranslations } from 'next-intl'
import { useNow } from '@/components/context/clock'
import { Ago, Until } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { Status } from '@/components/ui/status'
import type { DryRun } from '@/lib/contract/console/retention-runs'
import { problemCodes } from '@/lib/contract/problem'
import type { Retention } from '@/lib/contract/swr/retention'
import { parseEnum } from '@/lib/policy/enum'
import type { RetentionLocation } from '@/lib/routes'
import { KeepsText } from '../../policy/keeps-text'
import { useLock } from '../lock'
import { inUseBlock } from '../lock-state'
import { OutcomeBlockText } from '../outcome-block'

/** How far it is or why it failed; once it is done, what it opens. */
export function DryRunNotes({
  place,
  dryRun,
  policy,
}: {
  place: RetentionLocation
  dryRun: DryRun
  policy: Retention | undefined
}) {
  const t = useTranslations('retentionRuns.dryRun')
  const l = useTranslations('retentionRuns.lock')
  const lock = useLock(place).data
  if (dryRun.state === 'running')
    return (
      <Note tone="info" role="status" className="mb-4">
        <Status kind="busy">{t('running')}</Status>
        <p className="mt-0.5">{t('runningText')}</p>
      </Note>
    )
  if (dryRun.state === 'failed') return <Failure dryRun={dryRun} />
  // Nothing is known of the saved rules without the lock: then nothing is said of them.
  const isChanged = lock !== undefined && policy !== undefined && lock.content !== dryRun.content
  const isOpening = lock?.dryRun?.id === dryRun.id && lock.state === 'armed'
  const block = isOpening ? inUseBlock(lock) : undefined
  return (
    <>
      <p className="text-ink-2">{t('rule')}</p>
      <div className="mt-1 mb-3">
        {lock && policy && !isChanged && (
          <>
            <p className="text-ink-3 text-xs">{t('keeps')}</p>
            <KeepsText rules={policy.rules} />
          </>
        )}
      </div>
      {isChanged ? (
        <Note tone="warn" role="status" className="mb-4">
          {t('changed')}
        </Note>
      ) : (
        <Opens dryRun={dryRun} isOpening={isOpening && !block} />
      )}
      {lock && block && (
        <Note tone="warn" role="status" className="mb-4">
          <p className="font-medium text-base">{l('run.blocked')}</p>
          <OutcomeBlockText place={place} lock={lock} block={block} of="run" />
        </Note>
      )}
    </>
  )
}

/** `changed`, `hanging` and `cut` are ours; anything else is the code of a problem. */
const failures = ['changed', 'hanging', 'cut'] as const

function Failure({ dryRun: { failure, text } }: { dryRun: DryRun }) {
  const t = useTranslations('retentionRuns.dryRun')
  const p = useTranslations('problem')
  const own = parseEnum(failures, failure ?? undefined)
  return (
    <Note tone="bad" role="alert" className="mb-4">
      <p className="font-medium text-base">
        {own ? t(`failure.${own}`) : p(`${parseEnum(problemCodes, failure ?? undefined) ?? 'unexpected'}.title`)}
      </p>
      <p className="mt-0.5">{t('locked')}</p>
      {text && <p className="mt-1 select-all font-mono text-xs wrap-anywhere">{text}</p>}
    </Note>
  )
}

/** Who has looked at it, and until when it opens the real run. */
function Opens({
  dryRun: { seen, until },
  isOpening,
}: {
  dryRun: DryRun
  /** The lock is open, and by this one: a newer dry run takes its place. */
  isOpening: boolean
}) {
  const t = useTranslations('retentionRuns.dryRun')
  const now = useNow()
  if (seen === null) return null
  const by = t.rich('seen', { name: seen.name, ago: () => <Ago time={seen.at} /> })
  if (until === null || (!isOpening && new Date(until) > now))
    return (
      <Note tone="info" role="status" className="mb-4">
        {by}
      </Note>
    )
  const end = new Date(until)
  return (
    <Note tone={end > now ? 'ok' : 'info'} role="status" className="mb-4 flex flex-wrap gap-x-1">
      <span>{by}</span>
      <span>{end > now ? t.rich('opens', { until: () => <Until time={end} /> }) : t('over')}</span>
    </Note>
  )
}
