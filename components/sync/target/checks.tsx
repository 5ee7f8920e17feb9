'use client'

import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import { Status, type StatusKind } from '@/components/ui/status'
import type { CheckState, SyncCheck } from '@/lib/contract/console/sync'

const kinds = {
  ok: 'ok',
  warning: 'warn',
  blocked: 'bad',
  unknown: 'off',
} as const satisfies Record<CheckState, StatusKind>

/** What stands in the way stands first. */
const order: readonly CheckState[] = ['blocked', 'warning', 'unknown', 'ok']

/** What was looked at before sending to a target, and how long ago. */
export function Checks({ checks }: { checks: readonly SyncCheck[] }) {
  const t = useTranslations('sync.check')
  const text = useCheckText()
  const sorted = [...checks].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
  return (
    <ul aria-label={t('label')} className="mt-2 flex flex-col gap-1 border-line border-t pt-2 text-sm">
      {sorted.map(({ code, state, at, detail }) => (
        <li key={code} className="flex flex-wrap items-baseline gap-x-3">
          <span className="min-w-0 flex-1 [&>span]:whitespace-normal">
            <Status kind={kinds[state]}>{text({ code, state, detail })}</Status>
          </span>
          {at !== null && (
            <span className="text-ink-3 text-xs">
              <Ago time={at} style="narrow" />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

/** What a check can say; another state of it has a general text. */
const said = [
  'image_sync_ok',
  'image_sync_blocked',
  'image_sync_unknown',
  'agency_ok',
  'agency_warning',
  'agency_unknown',
  'region_ok',
  'region_warning',
  'region_unknown',
  'same_region_ok',
  'same_region_blocked',
  'organization_ok',
  'organization_blocked',
  'organization_unknown',
  'visible_ok',
  'visible_unknown',
  'quota_ok',
  'quota_unknown',
  'cross_border_warning',
] as const

function useCheckText() {
  const t = useTranslations('sync')
  return ({ code, state, detail }: Pick<SyncCheck, 'code' | 'state' | 'detail'>) => {
    if (code === 'quota' && state === 'warning')
      return t('check.quota_warning', { left: Number(detail.left ?? 0), needed: Number(detail.needed ?? 0) })
    const key = said.find((each) => each === `${code}_${state}`)
    return key ? t(`check.${key}`) : t(`check.other.${state}`, { code })
  }
}
