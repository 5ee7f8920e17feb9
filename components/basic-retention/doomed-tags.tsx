'use client'

import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import type { BasicDecisions } from '@/lib/contract/console/basic-retention'
import { DecidedTotal, goingOf } from './verdicts'

export const fewNames = 10

/** How much goes, and the first of it by name. */
export function DoomedTags({ decisions }: { decisions: BasicDecisions }) {
  const t = useTranslations('basicRetention')
  const doomed = decisions.images.filter(({ decision }) => decision !== 'keep')
  return (
    <Note tone={goingOf(decisions) > 0 ? 'bad' : 'info'} className="my-3">
      <DecidedTotal decisions={decisions} />
      {doomed.length > 0 && (
        <p className="mt-1 flex flex-wrap gap-1.5">
          {doomed.slice(0, fewNames).map(({ tag }) => (
            <Chip key={tag}>{tag}</Chip>
          ))}
          {doomed.length > fewNames && t('ask.more', { count: doomed.length - fewNames })}
        </p>
      )}
    </Note>
  )
}
