'use client'

import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { RetentionRun } from '@/lib/contract/console/retention-runs'
import { problemCodes } from '@/lib/contract/problem'
import { parseEnum } from '@/lib/policy/enum'
import { canRestore, isPartial } from './state'

/** How SWR ended it; after any other failure the console could not follow it. */
const titles = ['swr_failed', 'retention_hanging'] as const

/** Of a run that did not delete what was planned: what is gone, what is not, of what nobody knows, and SWR's own words. */
export function RunOutcome({ run }: { run: RetentionRun }) {
  const t = useTranslations('retentionRuns.outcome')
  const p = useTranslations('problem')
  const bytes = useBytes()
  if (!isPartial(run)) return null
  const { state, failure, deleted, left, text } = run
  const title = titles.find((each) => each === failure) ?? (state === 'failed' ? 'lost' : 'incomplete')
  const code = title === 'lost' && parseEnum(problemCodes, failure ?? undefined)
  return (
    <Note tone={state === 'failed' ? 'bad' : 'warn'} role="alert" className="mb-4">
      <p className="font-medium text-base">{t(`title.${title}`)}</p>
      {code && <p className="mt-0.5">{p(`${code}.title`)}</p>}
      <ul className="mt-1 list-disc pl-5">
        <li>{t('deleted', { images: deleted.images, tags: deleted.tags, size: bytes(deleted.bytes) })}</li>
        {left.kept.images > 0 && <li>{t('kept', { images: left.kept.images })}</li>}
        {left.failed.images > 0 && <li>{t('notDeleted', { images: left.failed.images })}</li>}
        {left.unknown.images > 0 && <li>{t('unknown', { images: left.unknown.images })}</li>}
      </ul>
      {deleted.images + left.unknown.images > 0 && (
        <p className="mt-1">{t(canRestore(run) ? 'restore' : 'noCopies')}</p>
      )}
      {text && (
        <>
          <p className="mt-2 text-ink-3 text-xs">{t('words')}</p>
          <p className="select-all whitespace-pre-line font-mono text-xs wrap-anywhere">{text}</p>
        </>
      )}
    </Note>
  )
}
