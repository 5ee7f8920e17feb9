'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useWatch } from 'react-hook-form'
import { useAddRegistry } from '@/components/context/add-registry'
import { SelectField } from '@/components/form/fields'
import { ProblemPanel } from '@/components/shell/error-panel'
import { GatedButton } from '@/components/shell/permission-button'
import { Note } from '@/components/ui/alert'
import type { Registry } from '@/lib/contract/swr/registry'
import type { Replication } from '@/lib/contract/swr/replication'
import { ignoresFilters } from '@/lib/contract/vocabulary'
import { remoteOf } from '@/lib/policy/replication/request'
import { readHealth } from '@/lib/policy/runs/status'
import { apiQuery } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'
import type { ReplicationFormApi } from '../../match/replication-form-api'
import { HealthStatus, useRegistryKind } from '../../registry-name/registry-text'

/** The remote side by name. When the registries cannot be read, the form still keeps the one that it was opened on. */
export function RegistryField({
  at,
  form,
  original,
}: {
  at: InstanceLocation
  form: ReplicationFormApi
  original: Replication | undefined
}) {
  const t = useTranslations('replicationForm')
  const n = useTranslations('registry')
  const nameOf = useRegistryName()
  const addRegistry = useAddRegistry()
  const { control } = form
  const registries = useQuery(apiQuery('registryList', allRegistries(at)))
  const [direction, chosen] = useWatch({ control, name: ['direction', 'registry'] })
  const listed = (registries.data?.registries ?? []).filter(({ id }) => id)
  const registry = listed.find(({ id }) => String(id) === chosen)
  const unlisted = chosen !== '' && !registry
  const own = original && remoteOf(original)
  const ownName = String(own?.registry) === chosen ? own?.name : undefined
  return (
    <>
      <SelectField
        control={control}
        name="registry"
        label={t(`registry.${direction}`)}
        required
        options={[
          { value: '', label: registries.isPending ? t('registry.loading') : t('registry.choose') },
          ...listed.map((each) => ({ value: String(each.id), label: nameOf(each) })),
          // Also a registry of a draft that is gone: the form says what it holds.
          ...(unlisted ? [{ value: chosen, label: `${ownName ?? ''} #${chosen}`.trim() }] : []),
        ]}
      />
      {registry && <Health registry={registry} />}
      {ignoresFilters(direction, registry?.type) && <Note tone="warn">{t('pullsAll')}</Note>}
      {unlisted && registries.data && <Note tone="warn">{t('registry.unlisted')}</Note>}
      {registries.data && listed.length === 0 && <Note tone="warn">{t('registry.none')}</Note>}
      {addRegistry && registries.data && (
        // The text of the plain word stands below the field, not its room.
        <div className={listed.length === 0 ? undefined : '-ml-3'}>
          <GatedButton
            operation="registryCreate"
            look={listed.length === 0 ? 'plain' : 'ghost'}
            onClick={() =>
              addRegistry((id) => {
                form.setValue('registry', String(id), { shouldDirty: true })
                form.clearErrors('registry')
              })
            }
          >
            {n('add')}
          </GatedButton>
        </div>
      )}
      {registries.error && !registries.data && (
        <ProblemPanel error={registries.error} retry={() => registries.refetch()} />
      )}
    </>
  )
}

function useRegistryName() {
  const t = useTranslations('replicationForm')
  const kindOf = useRegistryKind()
  return (registry: Registry) => {
    const isUnhealthy = readHealth(registry.status) === 'unhealthy'
    return [registry.name ?? `#${registry.id}`, kindOf(registry), isUnhealthy && t('registry.unhealthyOption')]
      .filter(Boolean)
      .join(' · ')
  }
}

function Health({ registry: { status, url } }: { registry: Registry }) {
  const t = useTranslations('replicationForm')
  return (
    <div className="-mt-1.5 text-xs">
      <div className="flex flex-wrap items-center gap-x-3">
        <HealthStatus status={status} />
        {url && <span className="font-mono text-ink-3 wrap-anywhere">{url}</span>}
      </div>
      {readHealth(status) === 'unhealthy' && <p className="mt-0.5 text-ink-2">{t('registry.unhealthy')}</p>}
    </div>
  )
}
