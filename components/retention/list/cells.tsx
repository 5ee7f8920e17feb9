'use client'

import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import { Status, type StatusKind } from '@/components/ui/status'
import { tooltip } from '@/components/ui/tooltip'
import { type Phase, readStatus } from '@/lib/policy/runs/status'
import { type InstanceLocation, routes } from '@/lib/routes'
import { useBytes } from '../../ui/use-format-bytes'
import type { RetentionRow } from './rows'

const kinds = {
  running: 'busy',
  succeeded: 'ok',
  failed: 'bad',
  stopped: 'off',
  unknown: 'off',
} as const satisfies Record<Phase, StatusKind>

/** How the latest run went that was no dry run, and the way to it. */
export function LastRetentionRun({
  at,
  row: { namespace, policy, worked },
}: {
  at: InstanceLocation
  row: RetentionRow
}) {
  const t = useTranslations('retention')
  if (policy?.id === undefined || !worked?.policy) return null
  const { last } = worked.policy
  if (last === null) return <Status kind="off">{t('last.never')}</Status>
  const { phase, raw } = readStatus(last.status)
  const status = (
    <Status kind={kinds[phase]}>{phase === 'unknown' ? raw || t('last.unknown') : t(`last.${phase}`)}</Status>
  )
  return (
    <>
      {namespace === undefined ? (
        status
      ) : (
        <Link
          href={routes.retentionExecution({ ...at, namespace, policy: policy.id }, last.id)}
          prefetch={false}
          className="hover:underline hover:decoration-ink-3"
        >
          {status}
        </Link>
      )}
      <small className="mt-px block text-ink-3 text-xs">
        {last.deleted !== null && phase !== 'running' && <>{t('last.deleted', { count: last.deleted })} · </>}
        <Ago time={last.at ?? undefined} />
      </small>
    </>
  )
}

/** What a run would delete now: tags, and their share of the namespace. What nobody can tell is never left out. */
export function ImpactCell({ row: { policy, worked }, refreshing }: { row: RetentionRow; refreshing: boolean }) {
  const t = useTranslations('retention')
  const format = useFormatter()
  const bytes = useBytes()
  if (policy === null) return null
  const impact = worked?.impact
  if (!impact) return <span className="text-ink-3">{t(refreshing ? 'impact.counting' : 'impact.unknown')}</span>
  const isMost = impact.share > 0.5
  return (
    <>
      {impact.images === 0 ? (
        <span className="text-ink-2">{t('impact.nothing')}</span>
      ) : (
        <span
          className={isMost ? 'text-bad' : undefined}
          {...tooltip(t('impact.bytes', { size: bytes(impact.bytes) }))}
        >
          {t('impact.tags', {
            tags: impact.tags,
            share: format.number(impact.share, { style: 'percent', maximumFractionDigits: 0 }),
          })}
        </span>
      )}
      {impact.images > 0 && impact.tags === 0 && (
        <small className="block text-ink-3 text-xs">{t('impact.untagged', { count: impact.images })}</small>
      )}
      {impact.unsure > 0 && (
        <small className="block text-warn text-xs">{t('impact.unsure', { count: impact.unsure })}</small>
      )}
    </>
  )
}
