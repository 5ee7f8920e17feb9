'use client'

import { useTranslations } from 'next-intl'
import type { Registry } from '@/lib/contract/swr/registry'
import { readHealth } from '@/lib/policy/runs/status'
import { useRegistryKind } from './registry-text'

/** A registry to be chosen: name, type, region, and its trouble when it has one. */
export function RegistryTitle({ registry }: { registry: Registry }) {
  const t = useTranslations('replication')
  const kindOf = useRegistryKind()
  return (
    <>
      <span className="font-medium wrap-anywhere">{registry.name}</span>{' '}
      <span className="text-ink-3 text-xs">{kindOf(registry)}</span>
      {readHealth(registry.status) === 'unhealthy' && <span className="text-bad text-xs"> {t('unhealthy')}</span>}
    </>
  )
}
