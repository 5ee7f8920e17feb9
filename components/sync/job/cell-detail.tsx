'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import { Properties } from '@/components/ui/properties'
import { Status } from '@/components/ui/status'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { SyncCell, SyncTarget } from '@/lib/contract/console/sync'
import { explanationOf, useReasonText } from './cell-text'
import { cellKinds } from './cells'

/** One tag at one target: what is known of it, why, and SWR's own words. */
export function CellDetail({
  cell,
  target,
  onClose,
}: {
  cell: SyncCell
  target: SyncTarget | undefined
  onClose: () => void
}) {
  const t = useTranslations('sync.job')
  const p = useTranslations('problem')
  const bytes = useBytes()
  const reason = useReasonText()(cell)
  const { swr } = cell
  const name = `${cell.repository}:${cell.tag}`
  return (
    <section aria-label={t('detail.label', { image: name })} className="rounded-lg border border-line bg-surface">
      <div className="flex items-start gap-2 border-line border-b py-2 pr-2 pl-3.5">
        <div className="min-w-0 flex-1">
          <h3 className="font-mono text-xs/6 wrap-anywhere">{name}</h3>
          <p className="text-ink-3 text-xs wrap-anywhere">{target && `${target.region} · ${target.organization}`}</p>
        </div>
        <Button look="ghost" size="icon" aria-label={t('detail.close')} onClick={onClose}>
          <X aria-hidden size={16} />
        </Button>
      </div>
      <div className="flex flex-col gap-3 px-3.5 py-3">
        <div role="status">
          <Status kind={cellKinds[cell.state]}>{t(`state.${cell.state}`)}</Status>
          <p className="mt-0.5 text-ink-2">{t(`explained.${explanationOf(cell)}`)}</p>
          {reason && <p className="mt-0.5">{reason}</p>}
        </div>
        {swr && (
          <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 text-xs">
            {(
              [
                [t('detail.status'), String(swr.status)],
                [p('details.code'), swr.code],
                [p('details.message'), swr.message],
                [p('details.request'), swr.requestId],
              ] as const
            ).map(
              ([label, value]) =>
                value && (
                  <div key={label} className="col-span-2 grid grid-cols-subgrid">
                    <dt>{label}</dt>
                    <dd className="select-all font-mono wrap-anywhere">{value}</dd>
                  </div>
                ),
            )}
          </dl>
        )}
        <Properties
          columns={4}
          entries={[
            [t('detail.digest'), <Chip key="digest">{cell.digest}</Chip>],
            [t('detail.size'), bytes(cell.size)],
            [t('detail.attempts'), t('detail.times', { count: cell.attempts })],
            [t('detail.overwrite'), t(cell.overwrite ? 'detail.yes' : 'detail.no')],
            [t('detail.changed'), <Ago key="changed" time={cell.at} />],
          ]}
        />
      </div>
    </section>
  )
}
