'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { type Problem, type ProblemCode, problemOf } from '@/lib/contract/problem'
import { CopyButton } from './copy-button'

// Needed where a key is refused only.
const RetryKey = dynamic(() => import('./retry-key').then((module) => module.RetryKey))

/** The same again would get the same answer. */
const settled: readonly ProblemCode[] = [
  'not_in_contract',
  'invalid_request',
  'role_too_low',
  'unknown_connection',
  'job_unknown',
  'swr_invalid',
  'swr_not_found',
  'swr_gone',
]

/** Who only reads has typed nothing, and nothing can have happened. */
const onRead = [
  'invalid_request',
  'swr_timeout',
  'swr_broke_off',
  'swr_invalid',
  'swr_throttled',
  'swr_failed',
  'offline',
] as const satisfies readonly ProblemCode[]

/**
 * One failure, in the place it concerns: what happened, what to do, then SWR's own words, selectable. `retry` offers to do
 * it again, which only reads do; when SWR asked for a wait it counts down and then does it. A query that waits for its own next try is retried
 * `by itself`: only the wait is shown.
 */
export function ProblemPanel({
  error,
  retry,
  action,
  title,
  advice,
}: {
  error: unknown
  retry?: (() => void) | 'by itself'
  action?: ReactNode
  /** What happened, and what to do, where the place knows better. */
  title?: string | undefined
  advice?: string | undefined
}) {
  const t = useTranslations('problem')
  const c = useTranslations('common')
  const problem = problemOf(error)
  const again = retry === 'by itself' || settled.includes(problem.code) || problem.key?.stopped ? undefined : retry
  const reading = retry === undefined ? undefined : onRead.find((code) => code === problem.code)
  return (
    <Note tone="bad" role="alert">
      <p className="font-medium text-base">
        {title ?? (reading === 'invalid_request' ? t('wrongAddress') : t(`${problem.code}.title`))}
      </p>
      <p className="mt-0.5">{advice ?? (reading ? t(`onRead.${reading}`) : t(`${problem.code}.advice`))}</p>
      {problem.key && (
        <p className="mt-0.5">
          {problem.key.stopped ? t('key.stopped', { count: problem.key.refusals }) : t('key.waits')}
        </p>
      )}
      <ProblemDetails problem={problem} typed={!reading} />
      {problem.key && (
        <div className="mt-2">
          <RetryKey connection={problem.key.connection} />
        </div>
      )}
      {(again || action || (retry && problem.retryAfter)) && (
        <div className="mt-2 flex flex-wrap items-center gap-2">
          {retry && problem.retryAfter ? (
            <Countdown key={problem.requestId} seconds={problem.retryAfter} then={again} />
          ) : (
            again && <Button onClick={again}>{c('retry')}</Button>
          )}
          {action}
        </div>
      )}
    </Note>
  )
}

/** Fields are named only to whoever has `typed` them. */
function ProblemDetails({ problem, typed }: { problem: Problem; typed: boolean }) {
  const t = useTranslations('problem')
  const { swr, requestId, tags, switchedOff, fields } = problem
  const rows = [
    [t('details.code'), swr?.code],
    [t('details.message'), swr?.message],
    [t('details.request'), requestId],
    [t('details.tags'), tags?.join(', ')],
    [t('details.switchedOff'), switchedOff?.join(', ')],
    [
      t('details.fields'),
      typed &&
        fields &&
        Object.entries(fields)
          .map(([path, code]) => `${path}: ${code}`)
          .join('; '),
    ],
  ] as const
  return (
    <>
      <dl className="mt-1.5 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 text-xs empty:hidden">
        {swr && (
          <>
            <dt className="sr-only">SWR</dt>
            <dd className="col-span-2">{t('details.swr', { status: String(swr.status) })}</dd>
          </>
        )}
        {rows.map(
          ([label, value]) =>
            value && (
              <div key={label} className="col-span-2 grid grid-cols-subgrid">
                <dt>{label}</dt>
                <dd className="select-all font-mono wrap-anywhere">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {swr?.encodedAuthorization && (
        <div className="mt-2">
          <CopyButton text={swr.encodedAuthorization}>{t('details.copyEncoded')}</CopyButton>
        </div>
      )}
    </>
  )
}

/** Counts down the wait that SWR asked for, then tries again, once. */
function Countdown({ seconds, then }: { seconds: number; then?: (() => void) | undefined }) {
  const t = useTranslations('problem')
  const [left, setLeft] = useState(Math.ceil(seconds))
  const end = useEffectEvent(() => then?.())
  useEffect(() => {
    if (left <= 0) {
      end()
      return
    }
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])
  return <span className="tabular-nums">{t('details.retryIn', { seconds: Math.max(left, 0) })}</span>
}
