'use client'

import { useTranslations } from 'next-intl'
import { FindingItem } from '@/components/findings/item'
import { ProblemPanel } from '@/components/shell/error-panel'
import { GatedButton } from '@/components/shell/permission-button'
import { Ago } from '@/components/shell/relative-time'
import { notify } from '@/components/ui/toast-store'
import type { ListedFinding } from '@/lib/contract/console/checks'
import { useApiWrite } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'

/** What was accepted, by whom and why; nothing where nothing was. */
export function MutedFindings({ at, findings }: { at: InstanceLocation; findings: readonly ListedFinding[] }) {
  const t = useTranslations('checks.mute')
  if (findings.length === 0) return null
  return (
    <details className="mt-6 rounded-lg border border-line bg-surface">
      <summary className="cursor-pointer px-4 py-3 font-medium">{t('heading', { count: findings.length })}</summary>
      <ul>
        {findings.map((finding) => (
          <li
            key={finding.id}
            className="flex flex-wrap items-start justify-between gap-2 border-line border-t px-4 py-3"
          >
            <div className="min-w-0 flex-1">
              <FindingItem at={at} finding={finding} linked />
              {finding.muted && (
                <p className="mt-1.5 text-ink-2 text-sm wrap-anywhere">
                  {t.rich('by', {
                    name: finding.muted.actorName,
                    reason: finding.muted.reason,
                    ago: () => <Ago time={finding.muted?.at} />,
                  })}
                </p>
              )}
            </div>
            <UnmuteButton at={at} finding={finding} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function UnmuteButton({ at, finding }: { at: InstanceLocation; finding: ListedFinding }) {
  const t = useTranslations('checks.mute')
  const unmute = useApiWrite('findingUnmute', { stale: ['checkList'] })
  const press = () =>
    unmute.mutate(
      { params: { connection: at.connection, instance_id: at.instance }, body: { finding: finding.id } },
      { onSuccess: () => notify({ tone: 'ok', text: t('undone') }) },
    )
  return (
    <div>
      <GatedButton
        operation="findingUnmute"
        look="ghost"
        aria-busy={unmute.isPending}
        aria-disabled={unmute.isPending}
        onClick={() => unmute.isPending || press()}
      >
        {t('undo')}
      </GatedButton>
      {unmute.error && <ProblemPanel error={unmute.error} />}
    </div>
  )
}
