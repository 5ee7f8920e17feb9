'use client'

import { useTranslations } from 'next-intl'
import type { RetryPlan } from '@/lib/contract/console/retry'

const few = 8

/** The first repositories and tags of what is run again, with the number of the rest. */
export function AgainList({ plan: { parts, repositories } }: { plan: RetryPlan }) {
  const t = useTranslations('partialRun')
  const p = useTranslations('plan')
  const shown = parts.slice(0, few)
  return (
    <>
      <ul className="mt-2 divide-y divide-line rounded-md border border-line text-sm">
        {shown.map(({ repository, whole, tags, count }) => (
          <li key={repository} className="px-3 py-1.5">
            <span className="flex items-baseline justify-between gap-3">
              <span className="font-mono text-xs wrap-anywhere">{repository}</span>
              <span className="shrink-0 text-ink-2 tabular-nums">
                {whole ? t('again.whole') : t('part.tagCount', { count })}
              </span>
            </span>
            {tags.length > 0 && (
              <span className="block text-ink-3 text-xs wrap-anywhere">
                {tags.join(', ')}
                {count > tags.length && ` ${p('more', { count: count - tags.length })}`}
              </span>
            )}
          </li>
        ))}
      </ul>
      {repositories > shown.length && (
        <p className="mt-1 text-ink-3 text-xs">{p('more', { count: repositories - shown.length })}</p>
      )}
    </>
  )
}
