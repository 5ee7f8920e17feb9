'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { buttonClass } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { type Problem, problemOfRead } from '@/lib/contract/problem'
import type { RetentionLocation } from '@/lib/routes'
import type { useRunPolicy } from './crumbs'

interface Read {
  readonly error: Problem | null
  readonly refetch: () => unknown
}

/** The head of a run's page and why it could not be read, with the way back to its policy; the page itself once it is read. */
export function RunFrame<Data>({
  place,
  policy: { href, between },
  title,
  query,
  data,
  status,
  lead,
  actions,
  children,
}: {
  place: RetentionLocation
  policy: ReturnType<typeof useRunPolicy>
  title: string
  query: Read
  data: Data | undefined
  status: (data: Data) => ReactNode
  lead: (data: Data) => ReactNode
  actions: (data: Data) => ReactNode
  children: (data: Data) => ReactNode
}) {
  const isRead = data !== undefined
  return (
    <>
      <InstanceCrumbs
        at={place}
        between={between}
        title={title}
        {...(isRead && { status: status(data), lead: lead(data), actions: actions(data) })}
      />
      <ReadProblem query={query} isRead={isRead} toPolicy={href} />
      {isRead ? children(data) : query.error ? null : <Skeleton className="w-64" />}
    </>
  )
}

/** Why a run could not be read, with the way back to its policy. */
export function ReadProblem({ query, isRead, toPolicy }: { query: Read; isRead: boolean; toPolicy: Route }) {
  const t = useTranslations('retentionRuns')
  if (!query.error) return null
  return (
    <div className="mb-4">
      <ProblemPanel
        error={problemOfRead(query.error, isRead)}
        retry={() => query.refetch()}
        action={
          <Link href={toPolicy} prefetch={false} className={buttonClass()}>
            {t('toPolicy')}
          </Link>
        }
      />
    </div>
  )
}
