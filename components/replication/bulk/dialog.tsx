'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ReasonField } from '@/components/form/reason-field'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import type { Replication } from '@/lib/contract/swr/replication'
import type { InstanceLocation } from '@/lib/routes'
import type { BulkAct } from './job'
import { useBulk } from './send'

/** Of which it has to be said beforehand that nothing will be done with them. */
const passedOver = ({ enabled }: Replication, act: BulkAct) =>
  act === 'enable' ? enabled === true : act !== 'delete' && enabled !== true

/** Asks once before an act on many policies, and names them. */
export function BulkDialog({
  at,
  act,
  policies,
  onStart,
  onClose,
}: {
  at: InstanceLocation
  act: BulkAct
  policies: readonly Replication[]
  onStart: () => void
  onClose: () => void
}) {
  const t = useTranslations('replication')
  const c = useTranslations('common')
  const start = useBulk(at)
  const [reason, setReason] = useState('')
  const count = policies.length
  const without = act === 'delete' ? 0 : policies.filter((policy) => passedOver(policy, act)).length
  const overriding = act === 'run' ? policies.filter(({ enabled, override }) => enabled && override).length : 0
  const confirm = () => {
    void start(act, policies, reason.trim())
    onClose()
    onStart()
  }
  return (
    <Dialog title={t('bulk.title', { act, count })} onClose={onClose}>
      <p>{t(`bulk.text.${act}`)}</p>
      {act !== 'delete' && without > 0 && (
        <Note tone="info" className="mt-2">
          {t(`bulk.note.${act}`, { count: without })}
        </Note>
      )}
      {overriding > 0 && (
        <Note tone="warn" className="mt-2">
          {t('bulk.override', { count: overriding })}
        </Note>
      )}
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls has to be reached by keyboard
        tabIndex={0}
        aria-label={t('bulk.names')}
        className="mt-3 max-h-52 overflow-auto rounded-md border border-line px-3 py-1.5"
      >
        {policies.map(({ id, name }) => (
          <li key={id} className="py-0.5 wrap-anywhere">
            {name ?? `#${id}`}
          </li>
        ))}
      </ul>
      <ReasonField value={reason} onChange={setReason} />
      <DialogFoot>
        <Button data-first-focus onClick={onClose}>
          {c('cancel')}
        </Button>
        <Button look={act === 'delete' ? 'danger' : 'primary'} onClick={confirm}>
          {t('bulk.button', { act, count })}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
