'use client'

import { useTranslations } from 'next-intl'
import { Chip } from '@/components/ui/code'
import type { Finding } from '@/lib/contract/console/checks'
import type { InstanceLocation } from '@/lib/routes'
import { FindingSentence } from './sentence'

/** One finding: what it is, and some of what it is about. */
export function FindingItem({ at, finding, linked }: { at: InstanceLocation; finding: Finding; linked: boolean }) {
  const t = useTranslations('checks')
  const { examples, count } = finding
  return (
    <>
      <p className="wrap-anywhere">
        <FindingSentence at={at} finding={finding} linked={linked} />
      </p>
      {examples.length > 0 && (
        <ul aria-label={t('examples')} className="mt-1.5 flex flex-wrap items-baseline gap-x-1.5 gap-y-1">
          {examples.map((example) => (
            <li key={example} className="min-w-0 max-w-full">
              <Chip>{example}</Chip>
            </li>
          ))}
          {count > examples.length && (
            <li className="text-ink-3 text-xs">{t('further', { count: count - examples.length })}</li>
          )}
        </ul>
      )}
    </>
  )
}
