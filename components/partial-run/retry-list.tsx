'use client'

import { useTranslations } from 'next-intl'
import { Skeleton } from '@/components/ui/skeleton'
import type { RunTag } from '@/lib/contract/swr/runs'

const fewRepositories = 8
const fewTags = 12

/** The first repositories and tags of what failed, with the number of the rest. */
export function AgainList({
  counts,
  tags,
  busy,
}: {
  counts: ReadonlyMap<string, number>
  tags: readonly RunTag[]
  busy: boolean
}) {
  const t = useTranslations('scoped')
  const p = useTranslations('plan')
  const shown = [...counts].slice(0, fewRepositories)
  return (
    <>
      <ul className="mt-2 divide-y divide-line rounded-md border border-line text-sm">
        {shown.map(([repository, count]) => {
          const names = tags.filter((tag) => tag.repository === repository).map(({ tag }) => tag)
          return (
            <li key={repository} className="px-3 py-1.5">
              <span className="flex items-baseline justify-between gap-3">
                <span className="font-mono text-xs wrap-anywhere">{repository}</span>
                <span className="shrink-0 text-ink-2 tabular-nums">{t('part.tagCount', { count })}</span>
              </span>
              <span className="block text-ink-3 text-xs wrap-anywhere">
                {busy ? <Skeleton className="w-40" /> : names.slice(0, fewTags).join(', ')}
                {names.length > 0 &&
                  count > fewTags &&
                  ` ${p('more', { count: count - Math.min(names.length, fewTags) })}`}
              </span>
            </li>
          )
        })}
      </ul>
      {counts.size > shown.length && (
        <p className="mt-1 text-ink-3 text-xs">{p('more', { count: counts.size - shown.length })}</p>
      )}
    </>
  )
}
