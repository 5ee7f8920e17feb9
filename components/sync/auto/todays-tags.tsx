'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Note } from '@/components/ui/alert'
import { buttonClass } from '@/components/ui/button'
import { notify } from '@/components/ui/toast-store'
import { inTurns } from '@/lib/concurrency'
import { maxSyncTags } from '@/lib/contract/console/sync-vocabulary'
import { concernsAll, type Problem, problemOf } from '@/lib/contract/problem'
import { useFreshRead } from '@/lib/query/client'
import { routes } from '@/lib/routes'
import { addTags, addTarget, mostRepositories } from '../basket/basket'
import type { FoundTags } from '../basket/found-pages'
import { useBasket } from '../basket/use-basket'
import { inPlace, type RuleBatch } from './rule-batch'
import { type Cut, cutOf, isCut } from './todays-cut'

const parallel = 4

/**
 * Automatic sync copies nothing that is there already: that is for a job. Puts the tags of the repositories that have the rule into
 * the basket and leads there, unless some are not in it (`cut`): then that is said first.
 */
export function useTodaysTags(connection: string, batch: RuleBatch) {
  const p = useTranslations('problem')
  const router = useRouter()
  const read = useFreshRead()
  const { change } = useBasket(connection)
  const [isReading, setReading] = useState(false)
  const [cut, setCut] = useState<Cut | null>(null)
  const fill = async () => {
    setReading(true)
    const paths = inPlace(batch).map(({ repository }) => `${batch.source}/${repository}`)
    const found = new Map<string, FoundTags | null>()
    let problem: Problem | undefined
    let count = 0
    await inTurns(paths, parallel, async (path) => {
      try {
        const answer = await read('syncTagSearch', { params: { connection }, body: { repository: path, tag: '' } })
        found.set(path, answer)
        count += answer?.images.length ?? 0
        // A basket has no room for what comes behind, whatever is in it.
        return count < maxSyncTags
      } catch (error) {
        problem = problemOf(error)
        found.set(path, null)
        return !concernsAll(problem)
      }
    })
    setReading(false)
    if (problem && count === 0) return notify({ tone: 'bad', text: p(`${problem.code}.title`) })
    const images = paths.flatMap((path) => found.get(path)?.images ?? [])
    const { region, organization } = batch.target
    const filled = change((before) => addTarget(addTags(before, images).basket, { region, organization }))
    const result = cutOf(filled, paths, found)
    setCut(isCut(result) ? result : null)
    if (!isCut(result)) router.push(routes.sync(connection))
  }
  return { fill, isReading, cut }
}

/** What is not in the basket after all, and why. */
export function TodaysTagsNote({ connection, cut: { held, partial, unread } }: { connection: string; cut: Cut }) {
  const t = useTranslations('sync.auto.today')
  return (
    <Note tone="warn" role="status">
      <p>{t('held', { count: held })}</p>
      <Names
        text={t('partial', { count: partial.length, tags: maxSyncTags, repositories: mostRepositories })}
        names={partial}
      />
      <Names text={t('unread', { count: unread.length })} names={unread} />
      <div className="mt-2">
        <Link href={routes.sync(connection)} prefetch={false} className={buttonClass()}>
          {t('toBasket')}
        </Link>
      </div>
    </Note>
  )
}

function Names({ text, names }: { text: string; names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <div className="mt-1">
      <p>{text}</p>
      <ul className="max-h-40 overflow-auto font-mono text-xs/5 wrap-anywhere">
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </div>
  )
}
