'use client'

import { useTranslations } from 'next-intl'
import { Chip } from '@/components/ui/code'
import type { Retention } from '@/lib/contract/swr/retention'
import { tagDecorations } from '@/lib/contract/vocabulary'
import { parseEnum } from '@/lib/policy/enum'

type Selector = Retention['rules'][number]['tag_selectors'][number]

/** The tags that a policy considers: each pattern with the word that says how it is meant. */
export function TagSelectors({ rules }: Pick<Retention, 'rules'>) {
  return rules
    .flatMap(({ tag_selectors }) => tag_selectors)
    .map((selector, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: two equal selectors may stand in one policy
      <TagSelector key={index} selector={selector} />
    ))
}

function TagSelector({ selector: { decoration, pattern } }: { selector: Selector }) {
  const t = useTranslations('retention')
  const known = parseEnum(tagDecorations, decoration)
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5 @table:flex">
      <span className="whitespace-nowrap text-ink-2">{known ? t(`tags.${known}`) : decoration}</span>
      {pattern ? <Chip>{pattern}</Chip> : t('tags.any')}
    </span>
  )
}

/** The repositories of its namespace that a policy cleans up. */
export function RepositorySelectors({ rules }: Pick<Retention, 'rules'>) {
  const t = useTranslations('retention')
  return rules.map(({ scope_selectors, repo_scope_mode }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: two equal rules may stand in one policy
    <span key={index} className="inline-flex flex-wrap items-baseline gap-1 @table:flex">
      {(scope_selectors?.repository ?? []).map(({ pattern }, place) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: two equal selectors may stand in one rule
        pattern ? <Chip key={place}>{pattern}</Chip> : <span key={place}>{t('repositories.any')}</span>,
      )}
      {repo_scope_mode === 'selection' && <small className="text-ink-3 text-xs">{t('repositories.picked')}</small>}
    </span>
  ))
}
