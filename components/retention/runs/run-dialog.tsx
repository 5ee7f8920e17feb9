'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useActor } from '@/components/context/actor'
import { useInUseConsent } from '@/components/deletion/in-use-consent'
import { useAcceptance } from '@/components/deletion/use-acceptance'
import { ReasonField } from '@/components/form/reason-field'
import { useTypedName } from '@/components/form/typed-name'
import { DialogProblem } from '@/components/shell/dialog-problem'
import { ReasonedButton } from '@/components/shell/permission-button'
import { Ago } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import type { DryRun, RetentionLock } from '@/lib/contract/console/retention-runs'
import { changedTerms } from '@/lib/contract/console/retention-vocabulary'
import { apiQuery, useApiWrite } from '@/lib/query/client'
import { type RetentionLocation, routes } from '@/lib/routes'
import { CeilingNote } from './ceiling-note'
import { CopyNote } from './copy-note'
import { DoomedImages } from './doomed-images'
import { Totals } from './images/totals'
import { RunInUseNote } from './in-use-note'
import { useLockReason } from './lock'
import { lockInput, policyParams, staleRuns } from './queries'

/** All that is shown in the dialog, apart from times. */
const saidBy = ({ state, because, run, dryRun, terms }: RetentionLock) =>
  JSON.stringify([state, because, run, dryRun?.id, terms])

/**
 * Before images are deleted for good: what goes, what stays, whether it comes back, who has to agree; the namespace typed. Asked
 * of the server when the dialog opens, and held from then on: nothing changes under the pointer. The request repeats it; when it
 * is not so any more the server refuses, and what is so now is shown and agreed to anew.
 */
export function RunDialog({ place, onClose }: { place: RetentionLocation; onClose: () => void }) {
  const t = useTranslations('retentionRuns.ask')
  const c = useTranslations('common')
  const [shown, setShown] = useState<RetentionLock>()
  const [isChanged, setChanged] = useState(false)
  const start = useApiWrite('retentionRunStart', { stale: staleRuns })
  const { data, error, isFetching, isFetchedAfterMount, refetch } = useQuery({
    ...apiQuery('retentionLockShow', lockInput(place)),
    refetchOnMount: 'always',
  })
  if (data && isFetchedAfterMount && !error && !shown) setShown(data)
  const lookAgain = async () => {
    const { data: now } = await refetch()
    if (!now || !shown || saidBy(now) === saidBy(shown)) return
    setShown(now)
    setChanged(true)
  }
  const dryRun = shown?.dryRun
  const count = dryRun?.totals.delete.images ?? 0
  return (
    <Dialog title={dryRun ? t('title', { count, namespace: place.namespace }) : t('reading')} onClose={onClose} wide>
      {dryRun ? (
        <RunQuestion
          place={place}
          lock={shown}
          dryRun={dryRun}
          isChanged={isChanged}
          start={start}
          onRefused={() => void lookAgain()}
          onClose={onClose}
        />
      ) : (
        <>
          {error && !isFetching ? (
            <DialogProblem error={error} />
          ) : shown ? (
            <p>{t('noDryRun')}</p>
          ) : (
            <Skeleton className="w-64" />
          )}
          <DialogFoot>
            <Button onClick={onClose}>{c('cancel')}</Button>
          </DialogFoot>
        </>
      )}
    </Dialog>
  )
}

function RunQuestion({
  place,
  lock,
  dryRun,
  isChanged,
  start,
  onRefused,
  onClose,
}: {
  place: RetentionLocation
  lock: RetentionLock
  /** The one that opened the lock. */
  dryRun: DryRun
  /** It says otherwise than when the dialog was opened. */
  isChanged: boolean
  start: ReturnType<typeof useApiWrite<'retentionRunStart'>>
  onRefused: () => void
  onClose: () => void
}) {
  const t = useTranslations('retentionRuns.ask')
  const l = useTranslations('retentionRuns.lock')
  const c = useTranslations('common')
  const router = useRouter()
  const isAdmin = useActor()?.role === 'admin'
  const [reason, setReason] = useState('')
  // What was accepted was accepted of one archive: of no other.
  const [withoutCopy, setWithoutCopy] = useAcceptance(JSON.stringify(lock.terms.archive))
  const { namespace } = place
  const typed = useTypedName(namespace, { label: t('typed', { namespace }), differs: t('differs') })
  const locked = useLockReason(lock)
  const count = dryRun.totals.delete.images
  const isInUse = lock.inUse.images > 0 || lock.inUse.old.length > 0
  const consent = useInUseConsent({ isInUse, subject: lock.terms.inUse, isAdmin, reason })
  const blocked = locked
    ? l(`because.${locked}`)
    : (consent.missing ?? (lock.archive === null && !withoutCopy ? t('copyOpen') : undefined))
  // Images without a tag are known to the server alone.
  const isUncopied = start.error?.problem.fields?.['body.withoutCopy'] !== undefined
  const isRefusedForTerms = start.error?.problem.code === 'retention_terms_changed'
  const confirm = () => {
    if (start.isPending || !typed.check()) return
    start.mutate(
      {
        params: policyParams(place),
        body: {
          confirm: namespace,
          dryRun: dryRun.id,
          agreed: lock.terms,
          acceptInUse: consent.accepted,
          withoutCopy,
        },
        ...(reason.trim() && { reason: reason.trim() }),
      },
      { onSuccess: ({ run }) => router.push(routes.retentionRun(place, run.id)), onError: onRefused },
    )
  }
  return (
    <>
      {isChanged && (
        <Note tone="warn" role="alert" className="mb-3">
          {t('changed')}
          {isRefusedForTerms && <ChangedTerms fields={start.error?.problem.fields} />}
        </Note>
      )}
      <p>{t.rich('text', { namespace: () => <Chip>{namespace}</Chip> })}</p>
      <p className="mt-1 mb-3 text-ink-2">
        {t.rich('basis', {
          id: String(dryRun.id),
          ago: () => <Ago time={dryRun.endedAt ?? dryRun.at} />,
          link: (text) => (
            <Link href={routes.retentionDryRun(place, dryRun.id)} prefetch={false} className="underline">
              {text}
            </Link>
          ),
        })}
      </p>
      <Totals totals={dryRun.totals} repositories={dryRun.repositories} />
      <DoomedImages place={place} dryRun={dryRun} />
      {dryRun.totals.differences > 0 && (
        <Note tone="warn" className="mt-3">
          {t('differences', { count: dryRun.totals.differences })}
        </Note>
      )}
      {isInUse && <RunInUseNote place={place} lock={lock} consent={consent} />}
      <CopyNote lock={lock} checked={withoutCopy} isRefused={isUncopied} onChange={setWithoutCopy} />
      {lock.aboveCeiling && <CeilingNote lock={lock} />}
      {typed.field}
      <ReasonField value={reason} onChange={setReason} />
      <DialogFoot
        notice={
          start.error && !isUncopied && !(isRefusedForTerms && isChanged) ? <DialogProblem error={start.error} /> : null
        }
      >
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
    </>
  )
}

/** What the server says is not any more as it was shown. */
function ChangedTerms({ fields = {} }: { fields: Readonly<Record<string, string>> | undefined }) {
  const t = useTranslations('retentionRuns.ask')
  const known = changedTerms.filter((code) => Object.values(fields).includes(code))
  return (
    <ul className="mt-1 list-disc pl-5">
      {known.map((code) => (
        <li key={code}>{t(`terms.${code}`)}</li>
      ))}
    </ul>
  )
}
