'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Skeleton } from '@/components/ui/skeleton'
import { Status } from '@/components/ui/status'
import type { Retention } from '@/lib/contract/swr/retention'
import type { Likeness } from '@/lib/policy/retention/apply'
import { toRequest } from '@/lib/policy/retention/request'
import { type InstanceLocation, routes } from '@/lib/routes'
import { useReason } from '../../match/listing'
import { RuleSentences } from '../policy/rule-sentence'
import { decisionQuery, wholeView } from '../what-if/use-decisions'
import type { ApplyResult } from './use-apply'
import type { ApplyTarget } from './use-plans'

/** What the namespace has now, and whether that is what it would get. */
export function LikenessCell({ likeness, policy }: { likeness: Likeness; policy: Retention | null }) {
  const t = useTranslations('retention')
  return (
    <>
      <Status kind={likeness === 'same' ? 'ok' : likeness === 'differs' ? 'warn' : 'off'}>
        {t(`apply.likeness.${likeness}`)}
      </Status>
      {policy !== null && likeness === 'differs' && (
        <small className="mt-px block text-ink-2 text-xs">
          <RuleSentences rules={policy.rules} />
        </small>
      )}
    </>
  )
}

/** What the rules of a policy would do in another namespace, beside what its own do. */
export function impactQuery(at: InstanceLocation, source: Retention, { namespace, policy }: ApplyTarget) {
  const { rules, algorithm } = toRequest(source)
  const subject = { namespace, rules, algorithm, policy: policy?.id }
  return decisionQuery(at, { subject, daysAhead: 0, view: wholeView }, 0)
}

/** What the rules would delete in this namespace now; against the rules that it has, what they newly delete. */
export function ApplyImpact({ at, source, target }: { at: InstanceLocation; source: Retention; target: ApplyTarget }) {
  const t = useTranslations('retention')
  const because = useReason()
  const { data, error } = useQuery(impactQuery(at, source, target))
  if (error && !data) return <span className="text-warn">{t('apply.unknown', { reason: because(error.code) })}</span>
  if (!data) return <Skeleton className="w-20" />
  const { delete: lost, unsure } = data.amounts
  return (
    <>
      <span className={lost.images > 0 ? 'text-bad' : 'text-ink-2'}>
        {lost.images > 0 ? t('apply.deletes', { ...lost }) : t('impact.nothing')}
      </span>
      {target.policy !== null && (
        <small className="block text-ink-3 text-xs">{t('apply.newly', { count: data.newlyDeleted.tags })}</small>
      )}
      {unsure.images > 0 && (
        <small className="block text-warn text-xs">{t('impact.unsure', { count: unsure.images })}</small>
      )}
      {(!data.complete || data.capped) && !data.refreshing && (
        <small className="block text-warn text-xs">{t('apply.atLeast')}</small>
      )}
    </>
  )
}

/** What became of it. */
export function ApplyOutcome({
  at,
  namespace,
  result,
}: {
  at: InstanceLocation
  namespace: string
  result: ApplyResult | undefined
}) {
  const t = useTranslations('retention')
  const p = useTranslations('problem')
  if (result === undefined) return null
  if (result.state === 'failed' || result.state === 'unclear') {
    const { code, swr, requestId } = result.problem
    const said = [swr?.code, swr?.message, requestId].filter(Boolean).join(' · ')
    return (
      <>
        <Status kind={result.state === 'failed' ? 'bad' : 'warn'}>{t(`apply.result.${result.state}`)}</Status>
        <small className="block text-xs">
          {p(`${code}.title`)} {said && <span className="font-mono text-ink-3 wrap-anywhere">{said}</span>}
        </small>
      </>
    )
  }
  if (result.state !== 'done')
    return <Status kind={result.state === 'waiting' ? 'off' : 'busy'}>{t(`apply.result.${result.state}`)}</Status>
  return (
    <>
      <Status kind="ok">{t('apply.result.done')}</Status>
      <small className="block text-xs">
        {result.id !== undefined && (
          <Link
            href={routes.retentionPolicy(at, namespace, result.id)}
            prefetch={false}
            className="underline hover:text-accent"
          >
            {t('apply.result.open')}
            <span className="sr-only"> ({namespace})</span>
          </Link>
        )}
        {result.isOff && <span className="text-ink-3"> {t('apply.result.off')}</span>}
      </small>
    </>
  )
}
