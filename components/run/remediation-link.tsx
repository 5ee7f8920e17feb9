'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { GatedLink } from '@/components/shell/permission-button'
import { buttonClass } from '@/components/ui/button'
import type { Replication } from '@/lib/contract/swr/replication'
import type { FailureCause } from '@/lib/contract/vocabulary'
import { remoteOf } from '@/lib/policy/replication/request'
import { routes } from '@/lib/routes'
import type { RunPlace } from './search-params'

/** Where the usual fix of a cause is made. */
const fixes = {
  credential: 'registry',
  namespace_missing: 'policy',
  name_rejected: 'policy',
  quota: 'registry',
  network: 'registry',
  manifest_kind: 'policy',
  image_index: null,
  gone_at_source: null,
  immutable: 'policy',
  registry_missing: 'policy',
  other: null,
} as const satisfies Record<FailureCause, 'registry' | 'policy' | null>

export function FixLink({ at, cause, policy }: { at: RunPlace; cause: FailureCause; policy: Replication | undefined }) {
  const t = useTranslations('run')
  const fix = fixes[cause]
  const { registry, direction } = policy ? remoteOf(policy) : {}
  // What is full then is this instance.
  if (cause === 'quota' && direction === 'pull') return null
  if (fix === 'policy')
    return (
      <GatedLink operation="replicationUpdate" href={routes.replicationEdit(at, at.policy)}>
        {t('why.policy')}
      </GatedLink>
    )
  return (
    fix === 'registry' &&
    registry !== undefined && (
      <Link href={routes.registry(at, registry)} prefetch={false} className={buttonClass()}>
        {t('why.registry')}
      </Link>
    )
  )
}
