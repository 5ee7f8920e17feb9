'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { type Control, useWatch } from 'react-hook-form'
import { useCan } from '@/components/context/actor'
import { mainForm } from '@/components/form/form-shell'
import { GatedButton } from '@/components/shell/permission-button'
import type { SyncDraft, SyncValues } from '@/lib/policy/sync'

/** What the form says so far, in one look, and the way on. */
export function SyncSummary({
  control,
  running,
}: {
  control: Control<SyncDraft, unknown, SyncValues>
  running: boolean
}) {
  const t = useTranslations('sync')
  const f = useTranslations('form')
  const { organization, repository, tags, region, target, override } = useWatch({ control })
  const { reason } = useCan('manualSync')
  const open = <span className="text-ink-3">{t('summary.open')}</span>
  return (
    <section aria-labelledby="summary" className="rounded-lg border border-line bg-surface">
      <h2 id="summary" className="border-line border-b px-3.5 py-2.5">
        {t('summary.title')}
      </h2>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1.5 px-3.5 py-3">
        <Line label={t('summary.what')}>
          {repository ? (
            <>
              <span className="block">{t('summary.tags', { count: tags?.length ?? 0 })}</span>
              <span className="block font-mono text-ink-2 text-xs wrap-anywhere">{`${organization}/${repository}`}</span>
            </>
          ) : (
            open
          )}
        </Line>
        <Line label={t('summary.where')}>
          {region?.trim() && target?.trim()
            ? t('summary.place', { organization: target.trim(), region: region.trim() })
            : open}
        </Line>
        <Line label={t('summary.conflict')}>{t(override ? 'summary.overwrite' : 'summary.keep')}</Line>
      </dl>
      <div className="px-3.5 pb-3.5">
        <GatedButton
          operation="manualSync"
          type="submit"
          form={mainForm}
          look="primary"
          disabled={running}
          className="w-full sm:w-40 xl:w-full"
        >
          {f('review')}
        </GatedButton>
        {reason && <p className="mt-2 text-ink-3 text-sm">{reason}</p>}
        {running && <p className="mt-2 text-ink-3 text-sm">{t('summary.waiting')}</p>}
      </div>
    </section>
  )
}

const Line = ({ label, children }: { label: string; children: ReactNode }) => (
  <>
    <dt className="text-ink-3">{label}</dt>
    <dd className="min-w-0 wrap-anywhere">{children}</dd>
  </>
)
