'use client'

import { useTranslations } from 'next-intl'
import { useFormState } from 'react-hook-form'
import { checkTyped } from '@/lib/policy/pattern/never-matches'
import { trimPattern } from '@/lib/policy/pattern/pattern'
import type { ReplicationFormApi } from './replication-form-api'

/** How much of a long pattern stands before and behind its flaw. */
const around = 24

/** Points at the sign at which a pattern goes wrong, while that is complained of. */
export function PatternFlaw({
  control,
  name,
  pattern: typed,
}: {
  control: ReplicationFormApi['control']
  name: 'namePattern' | 'tagPattern'
  pattern: string
}) {
  const t = useTranslations('matches')
  const { errors } = useFormState({ control, name })
  // Places are counted in what is sent.
  const pattern = trimPattern(typed)
  const flaw = errors[name] && checkTyped(pattern, name === 'tagPattern' ? 'tag' : 'repository')
  if (!flaw || flaw.code === 'required') return null
  const from = Math.max(0, flaw.at - around)
  const to = flaw.at + 1 + around
  const sign = pattern.charAt(flaw.at)
  return (
    <>
      <span className="sr-only">{t('flaw', { at: flaw.at + 1, sign })}</span>
      <code
        aria-hidden
        className="mt-1 block overflow-hidden whitespace-pre rounded-sm bg-bad-soft px-2 pt-1 font-mono text-ink text-xs"
      >
        {from > 0 && '…'}
        {pattern.slice(from, flaw.at)}
        <span className="relative inline-block pb-3.5 font-semibold text-bad underline decoration-2 underline-offset-2">
          {sign}
          <span className="absolute inset-x-0 -bottom-0.5 text-center">^</span>
        </span>
        {pattern.slice(flaw.at + 1, to)}
        {to < pattern.length && '…'}
      </code>
    </>
  )
}
