'use client'

import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import { Status, type StatusKind } from '@/components/ui/status'
import type { SyncCheck } from '@/lib/contract/console/sync'
import type { CheckState } from '@/lib/contract/console/sync-vocabulary'

const kinds = {
  ok: 'ok',
  warning: 'warn',
  blocked: 'bad',
  unknown: 'off',
} as const satisfies Record<CheckState, StatusKind>

/** What stands in the way stands first. */
const order: readonly CheckState[] = ['blocked', 'warning', 'unknown']

/** What was looked at before sending to a target, and how long ago; what is well is folded away. */
export function Checks({ checks }: { checks: readonly SyncCheck[] }) {
  const t = useTranslations('sync.check')
  const open = order.flatMap((state) => checks.filter((check) => check.state === state))
  const passed = checks.filter(({ state }) => state === 'ok')
  return (
    <div className="mt-2 border-line border-t pt-2 text-sm">
      <ul aria-label={t('label')} className="flex flex-col gap-1 empty:hidden">
        {open.map((check) => (
          <Check key={check.code} check={check} />
        ))}
      </ul>
      {passed.length > 0 && (
        <details className="mt-1 first:mt-0">
          <summary className="w-fit text-ink-2">{t('passed', { count: passed.length })}</summary>
          <ul className="mt-1 flex flex-col gap-1">
            {passed.map((check) => (
              <Check key={check.code} check={check} />
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function Check({ check }: { check: SyncCheck }) {
  const text = useCheckText()
  return (
    <li className="flex items-baseline gap-x-3">
      <span className="min-w-0 flex-1 [&>span]:whitespace-normal">
        <Status kind={kinds[check.state]}>{text(check)}</Status>
      </span>
      {check.at !== null && (
        <span className="text-ink-3 text-xs">
          <Ago time={check.at} style="narrow" />
        </span>
      )}
    </li>
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
