'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { Note } from '@/components/ui/alert'
import { buttonClass } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { In } from '@/lib/contract/swr/schemas'
import { swrQuery } from '@/lib/query/client'
import { type InstanceAt, routes } from '@/lib/routes'
import { RetentionForm, type RetentionVersion } from './form'

/** Where SWR keeps a policy. */
export type RetentionPlace = In<'retentionShow'>['params']

/**
 * The page that edits a policy: its form once it is read, or why it cannot be read and the way back. A `version` that was
 * asked for and is not there is null.
 */
export function EditRetention({
  at,
  place,
  version,
}: {
  at: InstanceAt
  place: RetentionPlace
  version?: RetentionVersion | null | undefined
}) {
  const t = useTranslations('retention')
  const f = useTranslations('form')
  const policy = useQuery(swrQuery(at.connection, 'retentionShow', { params: place }))
  const list = routes.retention(at)
  const toList = (
    <Link href={list} prefetch={false} className={buttonClass()}>
      {t('edit.toList')}
    </Link>
  )
  // A form that is open stays open: what is typed must not go with a failed look at the policy in the background.
  if (policy.data)
    return (
      <>
        {version === null && (
          <Note tone="warn" className="mt-4">
            {f('version.missing')}
          </Note>
        )}
        <RetentionForm at={at} place={place} policy={policy.data} version={version ?? undefined} />
      </>
    )
  return (
    <>
      <InstanceCrumbs at={at} between={[{ label: t('title'), href: list }]} title={`#${place.policy_id}`} />
      {policy.error ? (
        <ProblemPanel error={policy.error} retry={() => policy.refetch()} action={toList} />
      ) : (
        <Skeleton className="w-64" />
      )}
    </>
  )
}
