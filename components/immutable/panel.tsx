'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { useCan } from '@/components/context/actor'
import { Sheet } from '@/components/ui/sheet'
import type { ImmutableRule } from '@/lib/contract/swr/immutable-rule'
import type { InstanceLocation } from '@/lib/routes'
import { RuleDetails } from './details'
import { RuleForm } from './form'

/** One rule beside the list, or a new one: its form, or what it says where it can't be changed. */
export function RulePanel({
  at,
  rule,
  namespace,
  onEdit,
  onClose,
}: {
  at: InstanceLocation
  rule: ImmutableRule | undefined
  namespace: string | undefined
  /** Goes to another rule: a namespace that is chosen for a new one may have one. */
  onEdit: (id: number) => void
  onClose: () => void
}) {
  const t = useTranslations('immutable')
  const c = useTranslations('common')
  const may = useCan(rule ? 'immutableRuleUpdate' : 'immutableRuleCreate')
  // The form knows whether something would be lost.
  const requestClose = useRef(onClose)
  const reason = may.reason ?? (rule && namespace === undefined ? t('unnamedText') : undefined)
  const title = !rule
    ? t('form.new')
    : namespace === undefined
      ? t('unnamed', { id: String(rule.id) })
      : t('form.edit', { namespace })
  return (
    <Sheet title={title} closeLabel={c('close')} onClose={() => requestClose.current()}>
      {reason === undefined ? (
        <RuleForm
          at={at}
          rule={rule}
          namespace={namespace}
          requestClose={requestClose}
          onEdit={onEdit}
          onClose={onClose}
        />
      ) : (
        <RuleDetails rule={rule} namespace={namespace} reason={reason} onClose={onClose} />
      )}
    </Sheet>
  )
}
