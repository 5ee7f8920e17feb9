'use client'

import { useTranslations } from 'next-intl'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Ago } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import { addTags } from './basket'
import { type FoundTags, isFilled } from './found-pages'
import type { BasketStore } from './use-basket'
import type { usePatternSearch } from './use-pattern-search'

/** Names that are shown before anything is added. */
const mostExamples = 20

/** What matches, how much of it was looked through, and the press that adds it. `isOld`: another pattern is asked for by now. */
export function PatternResults({
  found,
  search,
  isOld,
  store: { basket, change },
}: {
  found: FoundTags
  search: ReturnType<typeof usePatternSearch>
  isOld: boolean
  store: BasketStore
}) {
  const t = useTranslations('sync.pattern')
  const { images, total, repositories, complete, matching, next } = found
  const { added, left } = addTags(basket, images)
  const isCut = images.length < total || (next !== null && isFilled(found))
  return (
    <div aria-busy={isOld || search.running} className={isOld ? 'opacity-60' : undefined}>
      <p aria-live="polite" className="tabular-nums">
        {t('found', { tags: total, repositories })}
        <span className="ml-2 text-ink-3 text-sm">
          <Ago time={found.at} />
        </span>
      </p>
      {next !== null && (
        <Note tone={search.running ? 'info' : 'warn'} className="mt-2">
          <p className="tabular-nums">{t(search.running ? 'searching' : 'seen', matching)}</p>
          {search.running ? (
            <Button className="mt-2" onClick={search.stop}>
              {t('stop')}
            </Button>
          ) : (
            search.goOn && (
              <Button className="mt-2" aria-disabled={isOld} onClick={() => isOld || search.goOn?.()}>
                {t('goOn', { count: matching.all - matching.seen })}
              </Button>
            )
          )}
        </Note>
      )}
      {search.problem && (
        <div className="mt-2">
          <ProblemPanel error={search.problem} retry={search.goOn} />
        </div>
      )}
      {!complete && (
        <Note tone="warn" className="mt-2">
          {t('incomplete')}
        </Note>
      )}
      {isCut && (
        <Note tone="warn" className="mt-2">
          {t('cut', { shown: images.length })}
        </Note>
      )}
      {left > 0 && (
        <Note tone="warn" className="mt-2">
          {t('full', { count: left })}
        </Note>
      )}
      {images.length > 0 && (
        <ul aria-label={t('examples')} className="mt-2 flex flex-wrap gap-1.5">
          {images.slice(0, mostExamples).map((image) => (
            <li key={`${image.repository}:${image.tag}`}>
              <Chip>{`${image.repository}:${image.tag}`}</Chip>
            </li>
          ))}
          {images.length > mostExamples && (
            <li className="text-ink-3 text-sm">{t('more', { count: images.length - mostExamples })}</li>
          )}
        </ul>
      )}
      <div className="mt-3">
        <Button
          look="primary"
          aria-disabled={isOld || added === 0}
          onClick={() => isOld || change((before) => addTags(before, images).basket)}
        >
          {images.length > 0 && added === 0 && left === 0 ? t('allIn') : t('add', { count: added })}
        </Button>
      </div>
    </div>
  )
}
