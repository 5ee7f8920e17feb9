'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { InUseFacts } from '@/components/deletion/in-use-consent'
import { useTypedName } from '@/components/form/typed-name'
import { DialogProblem } from '@/components/shell/dialog-problem'
import { ProblemPanel } from '@/components/shell/error-panel'
import { ReasonedButton } from '@/components/shell/permission-button'
import { Ago } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import { useBytes } from '@/components/ui/use-format-bytes'
import type { RetentionRun } from '@/lib/contract/console/retention-runs'
import { apiQuery, useApiWrite } from '@/lib/query/client'
import { type RetentionLocation, routes } from '@/lib/routes'
import { DoomedImages } from '../doomed-images'
import { dryRunInput, runInput, staleRuns } from '../queries'

/** The second admin sees what the first one saw and agreed to, and types the namespace too. */
export function ConfirmRun({
  place,
  run,
  onClose,
}: {
  place: RetentionLocation
  run: RetentionRun
  onClose: () => void
}) {
  const t = useTranslations('retentionRuns.run')
  const a = useTranslations('retentionRuns.ask')
  const c = useTranslations('common')
  const bytes = useBytes()
  const confirm = useApiWrite('retentionRunConfirm', { stale: staleRuns })
  const { data, error, isFetching, refetch } = useQuery(apiQuery('retentionDryRunShow', dryRunInput(place, run.dryRun)))
  const { namespace } = place
  const typed = useTypedName(namespace, { label: a('typed', { namespace }), differs: a('differs') })
  const { images, tags, bytes: size } = run.planned
  const blocked = data ? undefined : t(error && !isFetching ? 'unread' : 'reading')
  const act = () => {
    if (confirm.isPending || blocked !== undefined || !typed.check()) return
    confirm.mutate({ ...runInput(place, run.id), body: { confirm: namespace } }, { onSuccess: onClose })
  }
  return (
    <Dialog title={t('confirmTitle', { count: images, namespace })} onClose={onClose} wide>
      <p>{t('confirmText', { name: run.actorName, images, tags, size: bytes(size) })}</p>
      {error && !data && !isFetching ? (
        <ProblemPanel error={error} retry={() => refetch()} />
      ) : data ? (
        <>
          <p className="mt-2 text-ink-2">
            {a.rich('basis', {
              id: String(run.dryRun),
              ago: () => <Ago time={data.dryRun.endedAt ?? data.dryRun.at} />,
              link: (text) => (
                <Link href={routes.retentionDryRun(place, run.dryRun)} prefetch={false} className="underline">
                  {text}
                </Link>
              ),
            })}
          </p>
          <DoomedImages place={place} dryRun={data.dryRun} />
        </>
      ) : (
        <Skeleton className="mt-3 w-64" />
      )}
      <Agreed run={run} />
      {run.reason && <p className="mt-3 text-ink-2 wrap-anywhere">{t('reason', { reason: run.reason })}</p>}
      {typed.field}
      <DialogFoot notice={confirm.error ? <DialogProblem error={confirm.error} /> : null}>
        <Button onClick={onClose}>{c('cancel')}</Button>
        <ReasonedButton
          look="danger"
          reason={blocked}
          aria-busy={confirm.isPending}
          aria-disabled={confirm.isPending || blocked !== undefined}
          onClick={act}
        >
          {t('confirmAct', { count: images })}
        </ReasonedButton>
      </DialogFoot>
    </Dialog>
  )
}

/** What the first admin has accepted besides the numbers: who confirms accepts it as well. */
function Agreed({ run }: { run: RetentionRun }) {
  const t = useTranslations('retentionRuns.run')
  const a = useTranslations('retentionRuns.ask')
  const u = useTranslations('retentionRuns.inUse')
  const { archive, actorName: name } = run
  const { differences, withoutCopy, uncopied, inUse } = run.agreed
  const { images, clusters, examples, old } = inUse
  return (
    <>
      {differences > 0 && (
        <Note tone="warn" className="mt-3">
          {a('differences', { count: differences })}
        </Note>
      )}
      {(images > 0 || old.length > 0) && (
        <Note tone="bad" className="mt-3">
          <InUseFacts
            headline={images > 0 ? u('images', { count: images, clusters: clusters.join(', ') }) : undefined}
            examples={examples}
            expired={old.length > 0 ? u('old', { clusters: old.join(', '), count: old.length }) : undefined}
          />
          <p className="mt-1">{t('confirmInUse', { name })}</p>
        </Note>
      )}
      <Note tone={archive && !withoutCopy ? 'info' : 'bad'} className="mt-3">
        {archive ? (
          <>
            <p>{t('confirmCopies', { registry: archive.name, namespace: archive.namespace })}</p>
            {withoutCopy && <p className="mt-1 font-medium">{t('confirmUncopied', { count: uncopied })}</p>}
          </>
        ) : (
          t('confirmGone')
        )}
      </Note>
    </>
  )
}
