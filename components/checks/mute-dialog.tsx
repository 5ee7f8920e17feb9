'use client'

import { useTranslations } from 'next-intl'
import { useId, useRef, useState } from 'react'
import { FindingItem } from '@/components/findings/item'
import { Confirm } from '@/components/shell/confirm'
import { Input } from '@/components/ui/input'
import { notify } from '@/components/ui/toast-store'
import type { ListedFinding } from '@/lib/contract/console/checks'
import { useApiWrite } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'

export function MuteDialog({
  at,
  finding,
  onClose,
}: {
  at: InstanceLocation
  finding: ListedFinding
  onClose: () => void
}) {
  const t = useTranslations('checks.mute')
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [reason, setReason] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  const mute = useApiWrite('findingMute', { stale: ['checkList'] })
  const confirm = () => {
    if (reason.trim() === '') {
      setIsMissing(true)
      field.current?.focus()
      return
    }
    mute.mutate(
      { params: { connection: at.connection, instance_id: at.instance }, body: { finding: finding.id, reason } },
      {
        onSuccess: () => {
          notify({ tone: 'ok', text: t('done') })
          onClose()
        },
      },
    )
  }
  return (
    <Confirm
      title={t('title')}
      act={{ label: t('confirm'), look: 'primary' }}
      mutation={mute}
      onConfirm={confirm}
      onClose={onClose}
    >
      <FindingItem at={at} finding={finding} linked={false} />
      <p className="mt-3 text-ink-2">{t('text')}</p>
      <label htmlFor={id} className="mt-4 mb-1 block w-fit font-medium">
        {t('reason')}
      </label>
      <Input
        ref={field}
        id={id}
        value={reason}
        maxLength={500}
        required
        aria-invalid={isMissing}
        aria-describedby={isMissing ? `${id}-error` : undefined}
        onChange={(event) => {
          setReason(event.target.value)
          setIsMissing(false)
        }}
      />
      {isMissing && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-bad text-sm">
          {t('reasonMissing')}
        </p>
      )}
    </Confirm>
  )
}
