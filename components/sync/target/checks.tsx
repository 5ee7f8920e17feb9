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
  const sorted = [...checks].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
  return (
    <ul aria-label={t('label')} className="mt-2 flex flex-col gap-1 border-line border-t pt-2 text-sm">
      {sorted.map(({ code, state, at, detail }) => (
        <li key={code} className="flex flex-wrap items-baseline gap-x-3">
          <span className="min-w-0 flex-1 [&>span]:whitespace-normal">
            <Status kind={kinds[state]}>{t(`${code}.${state}`, detailOf(detail))}</Status>
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

/** Numbers that the texts of a quota name; zero where the server leaves them out. */
const detailOf = ({ used, limit }: SyncCheck['detail']) => ({ used: Number(used ?? 0), limit: Number(limit ?? 0) })
