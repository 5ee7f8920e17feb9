'use client'

import { CircleX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useFailureTitle } from '@/components/run/failure-title'
import { Button } from '@/components/ui/button'
import type { RetentionFailure } from '@/lib/contract/console/retention-executions'
import { retentionActs } from '@/lib/contract/console/retention-vocabulary'
import { useImageReason } from './images/use-reason'

/** Failures folded into causes, as of runs of replication: how many, where, SWR's own words once, and what usually helps. */
export function RetentionFailures({
  failures,
  onShow,
}: {
  failures: readonly RetentionFailure[]
  /** Shows the images; left out where they are not listed. */
  onShow?: () => void
}) {
  const t = useTranslations('retentionRuns.failures')
  return retentionActs.map((act) => {
    const some = failures.filter((failure) => failure.act === act)
    if (some.length === 0) return null
    return (
      <section key={act} aria-labelledby={`why-${act}`} className="mb-4">
        <h2 id={`why-${act}`} className="mb-2">
          {t(`title.${act}`)}
        </h2>
        <ul aria-labelledby={`why-${act}`} className="divide-y divide-line rounded-lg border border-line bg-surface">
          {some.map((failure) => (
            <li key={`${failure.images > 0} ${failure.text}`} className="flex flex-wrap items-start gap-3 px-3.5 py-3">
              <CircleX aria-hidden size={16} strokeWidth={1.75} className="mt-0.5 shrink-0 text-bad" />
              <Failure failure={failure} />
              {onShow && <Button onClick={onShow}>{t('show')}</Button>}
            </li>
          ))}
        </ul>
      </section>
    )
  })
}

function Failure({ failure }: { failure: RetentionFailure }) {
  const t = useTranslations('retentionRuns.failures')
  const { act, cause, text, images, repositories, repositoryCount } = failure
  // Copies go to the archive, and come back from it.
  const titleOf = useFailureTitle(act === 'restore' ? 'pull' : 'push')
  const own = useImageReason()(text)
  const isOwn = own !== text
  const title = isOwn ? own : titleOf({ cause, text })
  return (
    <div className="min-w-0 flex-1 basis-60">
      <h3 className="wrap-anywhere">{title}</h3>
      <p className="text-ink-2 tabular-nums wrap-anywhere">
        {t('where', { images, repositories: repositoryCount, repository: repositories[0] ?? '' })}
      </p>
      {!isOwn && text !== '' && text !== title && (
        <p className="select-all font-mono text-ink-2 text-xs wrap-anywhere">{text}</p>
      )}
      {!isOwn && act !== 'delete' && <p className="mt-1 text-ink-3 text-sm">{t(`advice.${cause}`)}</p>}
    </div>
  )
}
