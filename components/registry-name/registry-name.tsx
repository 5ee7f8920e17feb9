'use client'

import { useTranslations } from 'next-intl'
import { Glyph } from '@/components/ui/glyph'
import type { Registry } from '@/lib/contract/swr/registry'
import type { Replication } from '@/lib/contract/swr/replication'
import { remoteOf } from '@/lib/policy/replication/request'
import { readHealth } from '@/lib/policy/runs/status'
import { RegistryKind } from './registry-text'

/** Direction and remote side of a policy: the registry's name, its type, and its trouble when it has one. */
export function RegistryName({ policy, registries }: { policy: Replication; registries: readonly Registry[] }) {
  const t = useTranslations('replication')
  const { direction, registry: id, name } = remoteOf(policy)
  const registry = registries.find((candidate) => candidate.id === id)
  return (
    <>
      <span className="inline-flex items-start gap-1.5">
        <Glyph name={direction === 'push' ? 'right' : 'left'} className="mt-0.5" />
        <span className="sr-only">{t(direction === 'push' ? 'pushesTo' : 'pullsFrom')}</span>
        <span className="wrap-anywhere">
          {registry?.name ?? name ?? (id === undefined ? t('noRegistry') : `#${id}`)}
        </span>
      </span>
      {registry && readHealth(registry.status) === 'unhealthy' ? (
        <small className="mt-px block text-bad text-xs">{t('unhealthy')}</small>
      ) : (
        registry && (
          <small className="mt-px block text-ink-3 text-xs">
            <RegistryKind registry={registry} />
          </small>
        )
      )}
    </>
  )
}
