'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Note } from '@/components/ui/alert'
import type { RetryPlan } from '@/lib/contract/console/retry'
import { routes } from '@/lib/routes'
import type { RunPlace } from './search-params'

type Copy = RetryPlan['copies'][number]

/** By `repository:tag`; a repository that was copied as a whole has an empty tag. */
export const copiesByTag = (plan: RetryPlan | undefined): ReadonlyMap<string, Copy> =>
  new Map(plan?.copies.map((copy) => [`${copy.repository}:${copy.tag}`, copy]))

/** Says of what failed that it was copied after all, and by what. */
export function CopiedLater({ at, copy }: { at: RunPlace; copy: Copy | undefined }) {
  const t = useTranslations('run')
  if (!copy) return null
  const { execution } = copy
  return (
    <small className="mt-px block text-ok text-xs">
      {execution === null
        ? t('tags.laterPart')
        : t.rich('tags.later', {
            run: () => (
              <Link href={routes.replicationRun(at, at.policy, execution)} prefetch={false} className="underline">
                {t('name', { id: String(execution) })}
              </Link>
            ),
          })}
    </small>
  )
}

/** The same of the run as a whole. */
export function CopiedSince({ plan }: { plan: RetryPlan | undefined }) {
  const t = useTranslations('run')
  if (!plan || plan.copied === 0) return null
  const isAll = plan.complete && plan.copied === plan.failed
  return (
    <Note tone={isAll ? 'ok' : 'info'} role="status" className="mb-4">
      {isAll ? t('later.all') : t('later.some', { copied: plan.copied, failed: plan.failed })}
    </Note>
  )
}
