'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { useActor } from '@/components/context/actor'
import { ReasonField } from '@/components/form/reason-field'
import { useTypedName } from '@/components/form/typed-name'
import { DialogProblem } from '@/components/shell/dialog-problem'
import { ReasonedButton } from '@/components/shell/permission-button'
import { Ago } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { Checkbox } from '@/components/ui/input'
import type { DryRun, RetentionLock } from '@/lib/contract/console/retention-runs'
import { useApiWrite } from '@/lib/query/client'
import { type RetentionLocation, routes } from '@/lib/routes'
import { Totals } from './images/totals'
import { InUseNote } from './in-use-note'
import { policyParams, staleRuns } from './queries'

/** Before images are deleted for good: what goes, what stays, whether it comes back, who has to agree; the namespace typed. */
export function RunDialog({
  place,
  lock,
  dryRun,
  onClose,
}: {
  place: RetentionLocation
  lock: RetentionLock
  /** The one that opened the lock. */
  dryRun: DryRun
  onClose: () => void
}) {
  const t = useTranslations('retentionRuns.ask')
  const c = useTranslations('common')
  const router = useRouter()
  const isAdmin = useActor()?.role === 'admin'
  const [withoutCopy, setWithoutCopy] = useState(false)
  const [acceptInUse, setAcceptInUse] = useState(false)
  const [reason, setReason] = useState('')
  const start = useApiWrite('retentionRunStart', { stale: staleRuns })
  const { namespace } = place
  const typed = useTypedName(namespace, { label: t('typed', { namespace }), differs: t('differs') })
  const count = dryRun.totals.delete.images
  const isInUse = lock.inUse.images > 0 || lock.inUse.old.length > 0
  const blocked =
    isInUse && !acceptInUse
      ? t(isAdmin ? 'inUseOpen' : 'inUseAdmin')
      : isInUse && reason.trim() === ''
        ? t('reasonNeeded')
        : lock.archive === null && !withoutCopy
          ? t('copyOpen')
          : undefined
  // Images without a tag are known to the server alone.
  const isUncopied = start.error?.problem.fields?.['body.withoutCopy'] !== undefined
  const confirm = () => {
    if (start.isPending || !typed.check()) return
    start.mutate(
      {
        params: policyParams(place),
        body: { confirm: namespace, dryRun: dryRun.id, acceptInUse, withoutCopy },
        ...(reason.trim() && { reason: reason.trim() }),
      },
      { onSuccess: ({ run }) => router.push(routes.retentionRun(place, run.id)) },
    )
  }
  return (
    <Dialog title={t('title', { count, namespace })} onClose={onClose} wide>
      <p>{t.rich('text', { namespace: () => <Chip>{namespace}</Chip> })}</p>
      <p className="mt-1 mb-3 text-ink-2">
        {t.rich('basis', { id: String(dryRun.id), ago: () => <Ago time={dryRun.endedAt ?? dryRun.at} /> })}
      </p>
      <Totals totals={dryRun.totals} repositories={dryRun.repositories} />
      {dryRun.totals.differences > 0 && (
        <Note tone="warn" className="mt-3">
          {t('differences', { count: dryRun.totals.differences })}
        </Note>
      )}
      {isInUse && (
        <InUseNote lock={lock} isAdmin={isAdmin} accepted={acceptInUse} onAccept={setAcceptInUse} place={place} />
      )}
      <CopyNote lock={lock} checked={withoutCopy} isRefused={isUncopied} onChange={setWithoutCopy} />
      {lock.aboveCeiling && (
        <Note tone="warn" className="mt-3">
          <p className="font-medium text-base">{t('ceiling')}</p>
          <p className="mt-0.5">{t('ceilingText')}</p>
        </Note>
      )}
      {typed.field}
      <ReasonField value={reason} onChange={setReason} />
      <DialogFoot notice={start.error && !isUncopied ? <DialogProblem error={start.error} /> : null}>
        <Button onClick={onClose}>{c('cancel')}</Button>
        <ReasonedButton
          look="danger"
          reason={blocked}
          aria-busy={start.isPending}
          aria-disabled={start.isPending || blocked !== undefined}
          onClick={confirm}
        >
          {t(lock.aboveCeiling ? 'request' : 'act', { count })}
        </ReasonedButton>
      </DialogFoot>
    </Dialog>
  )
}

/** Where copies are kept; without an archive, that nothing can be brought back, which has to be known. */
function CopyNote({
  lock: { archive },
  checked,
  isRefused,
  onChange,
}: {
  lock: RetentionLock
  checked: boolean
  /** Some images cannot be copied. */
  isRefused: boolean
  onChange: (checked: boolean) => void
}) {
  const t = useTranslations('retentionRuns.ask')
  const f = useTranslations('field')
  const id = useId()
  return (
    <Note tone={archive ? 'info' : 'bad'} className="mt-3">
      <p className="font-medium text-base">{t(archive ? 'copy' : 'noCopy')}</p>
      <p className="mt-0.5">
        {archive
          ? t.rich('copyText', {
              days: archive.days,
              registry: archive.name,
              place: () => <Chip>{archive.namespace}</Chip>,
            })
          : t('noCopyText')}
      </p>
      <label htmlFor={id} className="mt-2 flex items-start gap-2 text-ink">
        <Checkbox id={id} checked={checked} onChange={({ target }) => onChange(target.checked)} className="mt-0.5" />
        {t(archive ? 'uncopied' : 'withoutCopy')}
      </label>
      {isRefused && (
        <p role="alert" className="mt-1 text-bad">
          {f('without_copy')}
        </p>
      )}
    </Note>
  )
}
