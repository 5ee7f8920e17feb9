'use client'

import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { useId } from 'react'
import type { FormVersion } from '@/components/form/edit/version'
import { FieldFrame } from '@/components/form/field-frame'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { Note } from '@/components/ui/alert'
import { Select } from '@/components/ui/input'
import type { Retention } from '@/lib/contract/swr/retention'
import { type InstanceLocation, routes } from '@/lib/routes'
import { namespaceAddress } from '../list/search-params'
import { useRetentionRows } from '../list/use-rows'
import { repositoryAddress } from '../what-if/search-params'
import { RetentionForm } from './form'

/** The form of a new policy. Its namespace is chosen first, and is in the address: everything else is about that. */
export function NewRetention({
  at,
  version,
  suggested,
}: {
  at: InstanceLocation
  version?: FormVersion<Retention> | undefined
  /** The namespace that a deleted policy was of. */
  suggested: string | undefined
}) {
  const t = useTranslations('retention')
  const [{ namespace: chosen }, setAddress] = useQueryStates({
    namespace: namespaceAddress,
    repository: repositoryAddress,
  })
  const namespace = chosen ?? suggested ?? null
  // A repository that the what-if is narrowed to is of the namespace before.
  const choose = (name: string | null) => void setAddress({ namespace: name, repository: null })
  const field = <NamespaceChoice at={at} namespace={namespace} onChoose={choose} />
  if (namespace === null)
    return (
      <>
        <InstanceCrumbs
          at={at}
          between={[{ label: t('title'), href: routes.retention(at) }]}
          title={t('edit.new')}
          lead={t('lead')}
        />
        <div className="max-w-190">{field}</div>
      </>
    )
  return <RetentionForm at={at} namespace={namespace} version={version} place={field} />
}

/** Namespaces without a policy: SWR takes one for each. */
function NamespaceChoice({
  at,
  namespace,
  onChoose,
}: {
  at: InstanceLocation
  namespace: string | null
  onChoose: (name: string | null) => void
}) {
  const t = useTranslations('retention')
  const id = useId()
  const { rows, complete, namespacesKnown, policies, failed, refetch } = useRetentionRows(at)
  const error = policies.error ?? failed
  const free = rows.flatMap(({ namespace: name, policy }) => (policy === null && name !== undefined ? [name] : []))
  const isTaken = namespace !== null && complete && rows.some((row) => row.namespace === namespace && row.policy)
  const names = new Set([...free, ...(namespace === null ? [] : [namespace])])
  return (
    <div className="mb-5">
      <FieldFrame
        name={`namespace-${id}`}
        look={{ label: t('column.namespace'), required: true }}
        error={undefined}
        group
      >
        <Select
          aria-label={t('column.namespace')}
          aria-required
          value={namespace ?? ''}
          className="max-w-96"
          onChange={({ target }) => onChoose(target.value || null)}
        >
          <option value="" disabled>
            {t('edit.choose')}
          </option>
          {[...names]
            .sort((a, b) => a.localeCompare(b))
            .map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
        </Select>
      </FieldFrame>
      <p className="mt-1 text-ink-3 text-xs">
        {t(complete && namespacesKnown && free.length === 0 ? 'edit.noneFree' : 'edit.onePerNamespace')}
      </p>
      {error && (
        <div className="mt-2">
          <ProblemPanel error={error} retry={refetch} />
        </div>
      )}
      {isTaken && (
        <Note tone="bad" role="alert" className="mt-2">
          {t('edit.taken', { namespace })}
        </Note>
      )}
    </div>
  )
}
