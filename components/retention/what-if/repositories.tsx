'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import type { RetentionDecisions } from '@/lib/contract/console/retention-decisions'
import { useBytes } from '../../ui/use-format-bytes'

const few = 5

/** Repositories, those that lose most first; one that is pressed narrows the list of images to it. */
export function DecisionRepositories({
  repositories,
  chosen,
  onChoose,
}: Pick<RetentionDecisions, 'repositories'> & {
  chosen: string | undefined
  onChoose: (repository: string | undefined) => void
}) {
  const t = useTranslations('retention')
  const bytes = useBytes()
  const [all, setAll] = useState(false)
  const { rows, total } = repositories
  if (rows.length === 0) return null
  return (
    <div className="border-line border-t">
      <ul aria-label={t('repositoryList.label')}>
        {(all ? rows : rows.slice(0, few)).map(({ name, amounts, newlyDeleted }) => (
          <li key={name} className="border-line border-b">
            <button
              type="button"
              aria-pressed={chosen === name}
              className={clsx(
                'grid w-full grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 px-4 py-1.5 text-left text-sm tabular-nums hover:bg-sunken',
                chosen === name && 'bg-accent-soft',
              )}
              onClick={() => onChoose(chosen === name ? undefined : name)}
            >
              <span className="font-mono text-xs wrap-anywhere">{name}</span>
              <span className={amounts.delete.images > 0 ? 'text-bad' : 'text-ink-2'}>
                {t('repositoryList.lost', {
                  deleted: amounts.delete.tags,
                  total: amounts.delete.tags + amounts.keep.tags + amounts.unsure.tags + amounts.untouched.tags,
                })}
              </span>
              <span className="col-span-2 text-ink-3 text-xs">
                {[
                  amounts.delete.images > 0 && t('total.bytes', { size: bytes(amounts.delete.bytes) }),
                  amounts.unsure.images > 0 && t('impact.unsure', { count: amounts.unsure.images }),
                  newlyDeleted > 0 && t('repositoryList.newly', { count: newlyDeleted }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {(rows.length > few || total > rows.length) && (
        <div className="flex flex-wrap items-center gap-x-2 px-1 py-1.5 text-ink-3 text-xs">
          {rows.length > few && (
            <Button look="ghost" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? t('repositoryList.fewer') : t('repositoryList.more', { count: rows.length - few })}
            </Button>
          )}
          {all && total > rows.length && <span>{t('repositoryList.first', { shown: rows.length, total })}</span>}
        </div>
      )}
    </div>
  )
}
