'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type Control, useWatch } from 'react-hook-form'
import { SelectField } from '@/components/form/fields'
import { ProblemPanel } from '@/components/shell/error-panel'
import { GatedLink } from '@/components/shell/permission-button'
import { Note } from '@/components/ui/alert'
import { Status, type StatusKind } from '@/components/ui/status'
import type { Registry } from '@/lib/contract/swr/registry'
import type { Replication } from '@/lib/contract/swr/replication'
import { ignoresFilters } from '@/lib/contract/vocabulary'
import type { ReplicationDraft, ReplicationValues } from '@/lib/policy/replication/form'
import { remoteOf } from '@/lib/policy/replication/request'
import { readHealth } from '@/lib/policy/runs/status'
import { swrQuery } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/queries'
import { type InstanceAt, routes } from '@/lib/routes'
import { typeKey } from '../../registry-name/registry-name'

const healthKinds = { healthy: 'ok', unhealthy: 'bad', unknown: 'off' } as const satisfies Record<string, StatusKind>

/** The remote side by name. When the registries cannot be read, the form still keeps the one that it was opened on. */
export function RegistryField({
  at,
  control,
  was,
}: {
  at: InstanceAt
  control: Control<ReplicationDraft, unknown, ReplicationValues>
  was: Replication | undefined
}) {
  const t = useTranslations('replicationForm')
  const n = useTranslations('registry')
  const nameOf = useRegistryName()
  // What is typed stays as a draft: whoever adds a registry comes back to it.
  const search = useSearchParams().toString()
  const here = `${usePathname()}${search && `?${search}`}`
  const registries = useQuery(swrQuery(at.connection, 'registryList', allRegistries(at.instance)))
  const [direction, chosen] = useWatch({ control, name: ['direction', 'registry'] })
  const listed = (registries.data?.registries ?? []).filter(({ id }) => id)
  const registry = listed.find(({ id }) => String(id) === chosen)
  const unlisted = chosen !== '' && !registry
  const own = was && remoteOf(was)
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
      {registries.data && listed.length === 0 && (
        <Note tone="warn">
          {t.rich('registry.none', {
            link: (text) => (
              <Link href={routes.registryFor(at, here)} prefetch={false} className="underline">
                {text}
              </Link>
            ),
          })}
        </Note>
      )}
      {listed.length > 0 && (
        <div>
          <GatedLink operation="registryCreate" look="ghost" href={routes.registryFor(at, here)}>
            {n('add')}
          </GatedLink>
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
  const r = useTranslations('replication')
  return ({ id, name, type, region_id, status }: Registry) => {
    const key = typeKey(type)
    const kind = key ? r(`registryType.${key}`) : type
    const trouble = readHealth(status) === 'unhealthy' ? t('registry.unhealthyOption') : undefined
    return [name ?? `#${id}`, kind, region_id, trouble].filter(Boolean).join(' · ')
  }
}

function Health({ registry: { status, url } }: { registry: Registry }) {
  const t = useTranslations('replicationForm')
  const r = useTranslations('registry')
  const health = readHealth(status)
  return (
    <div className="-mt-1.5 text-xs">
      <div className="flex flex-wrap items-center gap-x-3">
        <Status kind={healthKinds[health]}>{health === 'unknown' && status ? status : r(`health.${health}`)}</Status>
        {url && <span className="font-mono text-ink-3 wrap-anywhere">{url}</span>}
      </div>
      {health === 'unhealthy' && <p className="mt-0.5 text-ink-2">{t('registry.unhealthy')}</p>}
    </div>
  )
}
