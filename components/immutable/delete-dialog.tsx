'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Confirm } from '@/components/shell/confirm'
import { notify } from '@/components/ui/toast-store'
import type { ImmutableRule } from '@/lib/contract/swr/immutable-rule'
import type { InstanceLocation } from '@/lib/routes'
import { useRuleWrites } from './queries'
import { ScheduleNote } from './schedule-note'
import { SelectorText } from './selector-text'

/** A rule can be made again; what it held until then may be gone before. */
export function DeleteRule({
  at,
  rule,
  namespace,
  onClose,
}: {
  at: InstanceLocation
  rule: ImmutableRule
  namespace: string
  onClose: () => void
}) {
  const t = useTranslations('immutable')
  const writes = useRuleWrites(at)
  const [state, setState] = useState<{ isPending: boolean; error: unknown }>({ isPending: false, error: null })
  const remove = async () => {
    setState({ isPending: true, error: null })
    try {
      await writes.remove(rule, namespace)
      notify({ tone: 'ok', text: t('deleted', { namespace }) })
      onClose()
    } catch (error) {
      setState({ isPending: false, error })
    }
  }
  return (
    <Confirm
      title={t('deleteTitle', { namespace })}
      act={{ label: t('deleteAct'), look: 'danger' }}
      mutation={state}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <p className="mb-2">
        <SelectorText side="tags" rule={rule} />
      </p>
      <p className="mb-2">{t('deleteText')}</p>
      <ScheduleNote at={at} rule={rule} namespace={namespace} change="remove" />
    </Confirm>
  )
}
