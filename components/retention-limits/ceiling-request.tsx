'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useActor, useCan } from '@/components/context/actor'
import { Confirm } from '@/components/shell/confirm'
import { GatedButton, ReasonedButton } from '@/components/shell/permission-button'
import { Ago, Until } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { notify } from '@/components/ui/toast-store'
import type { CeilingRequest, RetentionSettings } from '@/lib/contract/console/retention-settings'
import { useApiWrite } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { useCeilingText } from './ceiling-text'
import { NoOtherAdmin } from './no-other-admin'
import { limitsInput, staleLimits } from './queries'

/** A higher ceiling that waits for another admin: what it is, who may confirm it, and how to take it back. */
export function CeilingRequestNote({
  at,
  settings: { request, limits, otherAdmins },
  onSettled,
}: {
  at: InstanceLocation
  settings: RetentionSettings
  onSettled: (now: RetentionSettings) => void
}) {
  const t = useTranslations('retentionRuns.limits.request')
  const said = useCeilingText()
  const [asked, setAsked] = useState<'confirm' | 'withdraw' | null>(null)
  const may = useCan('retentionCeilingConfirm')
  const isOwn = useActor()?.id === request?.actorId
  if (!request) return null
  const close = () => setAsked(null)
  return (
    <div className="mb-4">
      <Note tone="warn" role="status">
        <p className="font-medium text-base">{t('title')}</p>
        <p className="mt-0.5">
          {t.rich('text', {
            name: request.actorName,
            ago: () => <Ago time={request.at} />,
            until: () => <Until time={new Date(request.until)} />,
            wanted: said(request),
            now: said(limits),
          })}
        </p>
        {request.reason && <p className="mt-0.5 wrap-anywhere">{t('reason', { reason: request.reason })}</p>}
        <div className="mt-2 flex flex-wrap gap-2">
          <ReasonedButton
            reason={may.reason ?? (isOwn ? t('anotherAdmin') : undefined)}
            onClick={() => setAsked('confirm')}
          >
            {t('confirm')}
          </ReasonedButton>
          <GatedButton operation="retentionCeilingWithdraw" onClick={() => setAsked('withdraw')}>
            {t('withdraw')}
          </GatedButton>
        </div>
      </Note>
      {isOwn && otherAdmins === 0 && <NoOtherAdmin />}
      {asked && (
        <Question
          // Another request is another question.
          key={request.id}
          at={at}
          act={asked}
          request={request}
          text={t(`${asked}Text`, { name: request.actorName, wanted: said(request), now: said(limits) })}
          onSettled={onSettled}
          onClose={close}
        />
      )}
    </div>
  )
}

const operations = { confirm: 'retentionCeilingConfirm', withdraw: 'retentionCeilingWithdraw' } as const

function Question({
  at,
  act,
  request,
  text,
  onSettled,
  onClose,
}: {
  at: InstanceLocation
  act: keyof typeof operations
  request: CeilingRequest
  text: string
  onSettled: (now: RetentionSettings) => void
  onClose: () => void
}) {
  const t = useTranslations('retentionRuns.limits.request')
  const write = useApiWrite(operations[act], { stale: staleLimits })
  return (
    <Confirm
      title={t(`${act}Title`)}
      act={{ label: t(`${act}Act`), look: act === 'confirm' ? 'danger' : 'primary' }}
      mutation={write}
      onConfirm={() =>
        // The request is gone then, and this dialog with it: only the promise still tells of it.
        void write.mutateAsync({ ...limitsInput(at), body: { request: request.id } }).then(
          (now) => {
            onSettled(now)
            notify({ tone: 'ok', text: t(`${act}Done`) })
            onClose()
          },
          // Shown by the dialog.
          () => undefined,
        )
      }
      onClose={onClose}
    >
      <p>{text}</p>
    </Confirm>
  )
}
