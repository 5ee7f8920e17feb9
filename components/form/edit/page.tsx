'use client'

import type { UseQueryResult } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Note } from '@/components/ui/alert'
import type { Problem } from '@/lib/contract/problem'
import type { ObjectLocation } from '@/lib/routes'
import { MissingPolicy, type PolicyList } from '../../history/missing-policy'
import type { FormVersion } from './version'

/**
 * The page that edits a policy: its form once that is read, or why it cannot be read and the way back. Once it is open the form
 * stays, whatever later answers say. A `version` that was asked for and is not there is null.
 */
export function EditPage<Policy>({
  object,
  list,
  policy: { data, error, refetch },
  version,
  children,
}: {
  object: ObjectLocation
  list: PolicyList
  policy: Pick<UseQueryResult<Policy, Problem>, 'data' | 'error' | 'refetch'>
  version: FormVersion<Policy> | null | undefined
  children: (policy: Policy, version: FormVersion<Policy> | undefined) => ReactNode
}) {
  const t = useTranslations('form')
  if (data === undefined) return <MissingPolicy object={object} list={list} error={error} retry={() => refetch()} />
  return (
    <>
      {version === null && (
        <Note tone="warn" className="mt-4">
          {t('version.missing')}
        </Note>
      )}
      {children(data, version ?? undefined)}
    </>
  )
}
