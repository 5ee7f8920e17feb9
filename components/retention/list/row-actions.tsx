'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useCan } from '@/components/context/actor'
import { useCopyId } from '@/components/shell/copy-id'
import type { RowAction } from '@/components/ui/menu-action'
import type { Retention } from '@/lib/contract/swr/retention'
import { type InstanceLocation, routes } from '@/lib/routes'

const DeleteRetention = dynamic(() => import('../policy/delete-dialog').then((module) => module.DeleteRetention))

/**
 * What can be done with one policy, and the dialog that asks first. The dialog stands outside of the rows: when its policy
 * turns out to be gone, the row goes and the message stays.
 */
export function useRetentionActions(at: InstanceLocation): {
  actionsOf: (namespace: string, policy: Retention) => readonly RowAction[]
  dialog: ReactNode
} {
  const t = useTranslations('retention')
  const mayEdit = useCan('retentionUpdate')
  const mayCreate = useCan('retentionCreate')
  const mayDelete = useCan('retentionDelete')
  const copyId = useCopyId()
  const [asked, setAsked] = useState<{ namespace: string; policy: Retention } | null>(null)
  return {
    actionsOf: (namespace, policy) => {
      const { id } = policy
      if (id === undefined) return []
      return [
        { label: t('act.edit'), href: routes.retentionEdit(at, namespace, id), disabledReason: mayEdit.reason },
        { label: t('act.duplicate'), href: routes.retentionCopy(at, namespace, id), disabledReason: mayCreate.reason },
        { label: t('act.apply'), href: routes.retentionApply(at, namespace, id), disabledReason: mayCreate.reason },
        { label: t('act.history'), href: routes.retentionHistory(at, namespace, id) },
        copyId(id),
        {
          label: t('act.delete'),
          destructive: true,
          run: () => setAsked({ namespace, policy }),
          disabledReason: mayDelete.reason,
        },
      ]
    },
    dialog: asked && <DeleteRetention at={at} {...asked} onClose={() => setAsked(null)} />,
  }
}
