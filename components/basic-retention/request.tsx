'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useActor, useCan } from '@/components/context/actor'
import { useNow } from '@/components/context/clock'
import { NoOtherAdmin } from '@/components/retention-limits/no-other-admin'
import { Confirm } from '@/components/shell/confirm'
import { GatedButton, ReasonedButton } from '@/components/shell/permission-button'
import { Ago, Until } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { notify } from '@/components/ui/toast-store'
import type { BasicRequest } from '@/lib/contract/console/basic-retention'
import { useApiWrite } from '@/lib/query/client'
import { type BasicPlace, staleRule } from './queries'
import { RuleText } from './rule-text'

const ConfirmRule = dynamic(() => import('./confirm-rule').then((module) => module.ConfirmRule), { ssr: false })

/** For how long one that came to nothing is told of. */
const toldMs = 24 * 3_600_000

/** A rule that waits for a second admin, or why it was not saved. */
export function RuleRequest({
  place,
  request,
  otherAdmins,
}: {
  place: BasicPlace
  request: BasicRequest
  otherAdmins: number
}) {
  const t = useTranslations('basicRetention')
  const now = useNow()
  const [asked, setAsked] = useState<'confirm' | 'withdraw' | null>(null)
  const may = useCan('basicRetentionConfirm')
  const isOwn = useActor()?.id === request.actorId
  const { state, actorName, deleted, rule, at, until, settled, reason } = request
  const close = () => setAsked(null)
  if (state === 'outdated' || state === 'expired') {
    const isOld = now.getTime() - new Date(settled?.at ?? until).getTime() > toldMs
    return isOld ? null : (
      <Note tone="info" role="status" className="mb-4">
        {t(`request.${state}`, { name: actorName })}
      </Note>
    )
  }
  if (state !== 'waiting') return null
  return (
    <div className="mb-4">
      <Note tone="warn" role="status">
        <p className="font-medium text-base">{t('request.title')}</p>
        <p className="mt-0.5">
          {t.rich('request.text', {
            name: actorName,
            count: deleted,
            rule: () => <RuleText rule={rule} />,
            ago: () => <Ago time={at} />,
            until: () => <Until time={new Date(until)} />,
          })}
        </p>
        {reason && <p className="mt-0.5 wrap-anywhere">{t('request.reason', { reason })}</p>}
        <div className="mt-2 flex flex-wrap gap-2">
          <ReasonedButton
            look="danger"
            reason={may.reason ?? (isOwn ? t('request.anotherAdmin') : undefined)}
            onClick={() => setAsked('confirm')}
          >
            {t('request.confirm')}
          </ReasonedButton>
          <GatedButton operation="basicRetentionWithdraw" onClick={() => setAsked('withdraw')}>
            {t('request.withdraw')}
          </GatedButton>
        </div>
      </Note>
      {isOwn && otherAdmins === 0 && <NoOtherAdmin />}
      {asked === 'confirm' && <ConfirmRule place={place} request={request} onClose={close} />}
      {asked === 'withdraw' && <WithdrawRule place={place} request={request} onClose={close} />}
    </div>
  )
}

function WithdrawRule({
  place: { connection, organization, repository },
  request,
  onClose,
}: {
  place: BasicPlace
  request: BasicRequest
  onClose: () => void
}) {
  const t = useTranslations('basicRetention')
  const withdraw = useApiWrite('basicRetentionWithdraw', { stale: staleRule })
  return (
    <Confirm
      title={t('request.withdrawTitle')}
      act={{ label: t('request.withdrawAct'), look: 'primary' }}
      mutation={withdraw}
      onConfirm={() =>
        // The request is gone then, and this dialog with it: only the promise still tells of it.
        void withdraw
          .mutateAsync({ params: { connection }, body: { organization, repository, request: request.id } })
          .then(
            () => {
              notify({ tone: 'ok', text: t('request.withdrawn') })
              onClose()
            },
            // Shown by the dialog.
            () => undefined,
          )
      }
      onClose={onClose}
    >
      <p>{t('request.withdrawText')}</p>
    </Confirm>
  )
}
