'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { Sheet } from '@/components/ui/sheet'
import type { ImmutableRule } from '@/lib/contract/swr/immutable-rule'
import type { InstanceLocation } from '@/lib/routes'
import { RuleForm } from './form'

/** One rule beside the list, or a new one. */
export function RulePanel({
  at,
  rule,
  namespace,
  onClose,
}: {
  at: InstanceLocation
  rule: ImmutableRule | undefined
  namespace: string | undefined
  onClose: () => void
}) {
  const t = useTranslations('immutable')
  const c = useTranslations('common')
  // The form knows whether something would be lost.
  const requestClose = useRef(onClose)
  return (
    <Sheet
      title={rule ? t('form.edit', { namespace: namespace ?? '' }) : t('form.new')}
      closeLabel={c('close')}
      onClose={() => requestClose.current()}
    >
      <RuleForm at={at} rule={rule} namespace={namespace} requestClose={requestClose} onClose={onClose} />
    </Sheet>
  )
}
