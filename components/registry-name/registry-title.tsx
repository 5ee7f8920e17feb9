'use client'

import { useTranslations } from 'next-intl'
import type { Registry } from '@/lib/contract/swr/registry'
import { readHealth } from '@/lib/policy/runs/status'
import { typeKey } from './registry-name'

/** A registry to be chosen: name, type, region, and its trouble when it has one. */
export function RegistryTitle({ registry: { name, type, region_id, status } }: { registry: Registry }) {
  const t = useTranslations('replication')
  const key = typeKey(type)
  const kind = key ? t(`registryType.${key}`) : type
  return (
    <>
      <span className="font-medium wrap-anywhere">{name}</span>{' '}
      <span className="text-ink-3 text-xs">{[kind, region_id].filter(Boolean).join(' · ')}</span>
      {readHealth(status) === 'unhealthy' && <span className="text-bad text-xs"> {t('unhealthy')}</span>}
    </>
  )
}
