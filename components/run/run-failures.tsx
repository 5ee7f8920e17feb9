'use client'

import { CircleX } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import type { Replication } from '@/lib/contract/swr/replication'
import type { Failure, Run } from '@/lib/contract/swr/runs'
import { remoteOf } from '@/lib/policy/replication/request'
import { routes } from '@/lib/routes'
import { useFailureTitle } from './failure-title'
import { FixLink } from './remediation-link'
import type { RunPlace } from './search-params'

/** Failures folded into causes: how many, where, since when, SWR's own words once, and where it is usually mended. */
export function RunFailures({ at, run, policy }: { at: RunPlace; run: Run; policy: Replication | undefined }) {
  const t = useTranslations('run')
  if (run.failures.length === 0) return null
  return (
    <section aria-labelledby="why" className="mb-5">
      <h2 id="why" className="mb-2">
        {t('why.title')}
      </h2>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {run.failures.map((failure) => (
          <li
            key={`${failure.cause} ${failure.act} ${failure.whole > 0} ${failure.text}`}
            className="flex flex-wrap items-start gap-x-3 gap-y-2 px-3.5 py-3"
          >
            <CircleX aria-hidden size={16} strokeWidth={1.75} className="mt-0.5 shrink-0 text-bad" />
            <FailureText at={at} failure={failure} side={policy ? remoteOf(policy).direction : 'push'} />
            <FixLink at={at} cause={failure.cause} policy={policy} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function FailureText({ at, failure, side }: { at: RunPlace; failure: Failure; side: string }) {
  const t = useTranslations('run')
  const title = useFailureTitle(side)(failure)
  const { cause, text, whole, first, last } = failure
  const view: Record<string, string> =
    whole > 0 ? { part: 'repositories', phase: 'failed' } : { phase: 'failed', cause }
  return (
    <div className="min-w-0 flex-1 basis-60">
      <h3 className="wrap-anywhere">{title}</h3>
      <p className="text-ink-2 tabular-nums wrap-anywhere">
        <Where failure={failure} />
        {first !== null &&
          last !== null &&
          (first === last
            ? t.rich('why.once', { last: () => <Ago time={last} /> })
            : t.rich('why.when', { first: () => <Ago time={first} />, last: () => <Ago time={last} /> }))}
      </p>
      {text !== title && (
        <p className="select-all font-mono text-ink-2 text-xs wrap-anywhere">{text || t('why.silent')}</p>
      )}
      <p className="mt-1 text-ink-3 text-sm">
        {t(`why.advice.${cause}`)}{' '}
        <Link
          href={routes.replicationRunView(at, at.policy, at.execution, view)}
          prefetch={false}
          scroll={false}
          className="whitespace-nowrap text-ink underline"
        >
          {t(whole > 0 ? 'why.showRepositories' : 'why.show')}
          <span className="sr-only">: {title}</span>
        </Link>
      </p>
    </div>
  )
}

function Where({ failure }: { failure: Failure }) {
  const t = useTranslations('run')
  const { act, tags, whole, repositories, repositoryCount } = failure
  const [only = ''] = repositories
  if (whole > 0) return t('why.whole', { count: whole, repository: only })
  if (act === 'deletion') return t('why.deletions', { tags, repositories: repositoryCount })
  return repositoryCount === 1
    ? t('why.where', { tags, repository: only })
    : t('why.wheres', { tags, repositories: repositoryCount })
}
