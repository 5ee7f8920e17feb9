'use client'

import { useTranslations } from 'next-intl'
import { Chip } from '@/components/ui/code'
import type { ImmutableRule } from '@/lib/contract/swr/immutable-rule'
import { allBut } from '@/lib/policy/immutable/all-but'
import { type Side, selectorsOf, takenBy } from '@/lib/policy/immutable/selectors'

const allButLatest = allBut('latest')

/** What a rule says of its tags or repositories: in words where there are any. It may have been made elsewhere. */
export function SelectorText({ side, rule }: { side: Side; rule: ImmutableRule }) {
  const t = useTranslations('immutable')
  const selector = selectorsOf(rule)[side]
  const taken = takenBy(side, selector)
  const { kind, decoration, pattern = '' } = selector ?? {}
  if (taken === 'all' || taken === 'none') return t(`${side}.${taken}`)
  if (taken === 'matching' && pattern === allButLatest) return t('tags.allButLatest')
  return (
    <>
      {taken === 'others' && `${t('excludes')} `}
      {taken === 'other' && `${[kind, decoration].filter((word) => word && word !== 'doublestar').join(' ')} `}
      <Chip>{pattern}</Chip>
    </>
  )
}
