'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useTypedName } from '@/components/form/typed-name'
import { ProblemPanel } from '@/components/shell/error-panel'
import { ReasonedButton } from '@/components/shell/permission-button'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import { notify } from '@/components/ui/toast-store'
import type { BasicRequest } from '@/lib/contract/console/basic-retention'
import { apiQuery, useApiWrite } from '@/lib/query/client'
import { DoomedTags } from './doomed-tags'
import { type BasicPlace, decideInput, staleRule } from './queries'
import { RuleText } from './rule-text'
import { SaveProblem } from './save-problem'
import { DecidedWarnings } from './verdicts'

/** The second admin sees what the first one saw, as it is now, and types the name of the repository too. */
export function ConfirmRule({
  place,
  request,
  onClose,
}: {
  place: BasicPlace
  request: BasicRequest
  onClose: () => void
}) {
  const t = useTranslations('basicRetention')
  const c = useTranslations('common')
  const { connection, organization, repository } = place
  const name = `${organization}/${repository}`
  const typed = useTypedName(name, { label: t('ask.typed', { name }), differs: t('ask.differs') })
  const decided = useQuery({ ...apiQuery('basicRetentionDecide', decideInput(place, request.rule)), staleTime: 0 })
  const confirm = useApiWrite('basicRetentionConfirm', { stale: staleRule })
  const decisions = decided.isFetching ? undefined : decided.data
  const act = () => {
    if (confirm.isPending || !typed.check()) return
    // What was saved opens the form anew: by then this dialog is gone, and only the promise still tells of it.
    const body = { organization, repository, request: request.id, confirm: name }
    confirm.mutateAsync({ params: { connection }, body }).then(
      () => {
        notify({ tone: 'ok', text: t('saved', { name }) })
        onClose()
      },
      // Shown by the dialog.
      () => undefined,
    )
  }
  return (
    <Dialog title={t('request.confirmTitle', { name })} onClose={onClose} wide>
      <p>
        {t.rich('request.confirmText', { name: request.actorName, rule: () => <RuleText rule={request.rule} /> })}{' '}
        {t('ask.text')}
      </p>
      {decided.error && !decided.isFetching ? (
        <ProblemPanel error={decided.error} retry={() => decided.refetch()} />
      ) : decisions ? (
        <>
          <DoomedTags decisions={decisions} />
          <DecidedWarnings decisions={decisions} />
        </>
      ) : (
        <Skeleton className="w-64" />
      )}
      {request.reason && <p className="mt-2 wrap-anywhere">{t('request.reason', { reason: request.reason })}</p>}
      {typed.field}
      <DialogFoot notice={confirm.error ? <SaveProblem error={confirm.error} /> : null}>
        <Button onClick={onClose}>{c('cancel')}</Button>
        <ReasonedButton
          look="danger"
          reason={decisions ? undefined : t(decided.error ? 'undecided' : 'deciding')}
          aria-busy={confirm.isPending}
          aria-disabled={confirm.isPending || decisions === undefined}
          onClick={act}
        >
          {t('request.confirmAct', { count: request.deleted })}
        </ReasonedButton>
      </DialogFoot>
    </Dialog>
  )
}
