'use client'

import { useTranslations } from 'next-intl'
import { Status, type StatusKind } from '@/components/ui/status'
import type { Registry } from '@/lib/contract/swr/registry'
import { registryTypes } from '@/lib/contract/vocabulary'
import { parseEnum } from '@/lib/policy/enum'
import { readHealth } from '@/lib/policy/runs/status'

const keys = { 'swr-pro': 'harbor', 'swr-pro-internal': 'enterprise', 'huawei-SWR': 'basic' } as const

/** Which texts a type has; undefined for one that we do not know. */
export function typeKey(type: string | undefined) {
  const known = parseEnum(registryTypes, type)
  return known && keys[known]
}

/** The name of a type; SWR's own word where the console has none. */
export function useTypeName() {
  const t = useTranslations('registry')
  return (type: string | undefined) => {
    const key = typeKey(type)
    return key ? t(`type.${key}`) : type
  }
}

/** Type and region of a registry, as one narrow line. */
export function RegistryKind({ registry: { type, region_id } }: { registry: Registry }) {
  const c = useTranslations('common')
  const typeName = useTypeName()
  const key = typeKey(type)
  const said = key === 'enterprise' || key === 'basic' ? c(`edition.${key}`) : typeName(type)
  return (
    <>
      {said}
      {said && region_id && ' · '}
      <span className="whitespace-nowrap">{region_id}</span>
    </>
  )
}

/** Type and region of a registry. */
export function useRegistryKind() {
  const typeName = useTypeName()
  return ({ type, region_id }: Pick<Registry, 'type' | 'region_id'>) =>
    [typeName(type), region_id].filter(Boolean).join(' · ')
}

const healthKinds = { healthy: 'ok', unhealthy: 'bad', unknown: 'off' } as const satisfies Record<string, StatusKind>

/** Health in words; SWR's own word where it is neither good nor bad. */
export function HealthStatus({ status }: Pick<Registry, 'status'>) {
  const t = useTranslations('registry')
  const health = readHealth(status)
  return <Status kind={healthKinds[health]}>{health === 'unknown' && status ? status : t(`health.${health}`)}</Status>
}
