'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Status } from '@/components/ui/status'
import type { Problem } from '@/lib/contract/problem'
import { type InstanceLocation, routes } from '@/lib/routes'
import type { Sent } from './send'

/** What became of each copy, for as long as the dialog is open. */
export function DuplicateResults({ at, sent }: { at: InstanceLocation; sent: readonly Sent[] }) {
  const t = useTranslations('policyPage')
  return (
    <ul aria-label={t('several.results')} aria-live="polite" className="mt-3 rounded-md border border-line">
      {sent.map(({ registry, name, result }) => (
        <li key={registry} className="border-line border-b px-3 py-2 last:border-b-0">
          <div className="flex flex-wrap items-center justify-between gap-x-3">
            {result.state === 'made' && result.id !== undefined ? (
              <Link
                href={routes.replicationPolicy(at, result.id)}
                prefetch={false}
                className="font-medium underline wrap-anywhere hover:text-accent"
              >
                {name}
              </Link>
            ) : (
              <span className="font-medium wrap-anywhere">{name}</span>
            )}
            {result.state === 'made' && <Status kind="ok">{t('several.made')}</Status>}
            {result.state === 'failed' && <Status kind="bad">{t('several.failed')}</Status>}
            {(result.state === 'waiting' || result.state === 'sending') && (
              <Status kind={result.state === 'waiting' ? 'off' : 'busy'}>{t(`several.${result.state}`)}</Status>
            )}
          </div>
          {result.state === 'failed' && <Failure problem={result.problem} />}
        </li>
      ))}
    </ul>
  )
}

function Failure({ problem: { code, swr, requestId } }: { problem: Problem }) {
  const t = useTranslations('problem')
  const said = [swr?.code, swr?.message, requestId].filter(Boolean).join(' · ')
  return (
    <p className="mt-0.5 text-sm">
      {t(`${code}.title`)} {said && <span className="font-mono text-ink-3 text-xs wrap-anywhere">{said}</span>}
    </p>
  )
}
