'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import type { RowAction } from '@/components/table/row-menu'
import type { Replication } from '@/lib/contract/replication'
import { type InstanceAt, routes } from '@/lib/routes'

const DeleteReplication = dynamic(() => import('./delete-replication').then((module) => module.DeleteReplication))
const RunReplication = dynamic(() => import('./run-replication').then((module) => module.RunReplication))

/** What can be done with one policy, and the dialog that asks first; dialogs are loaded when they are opened. */
export function useReplicationActions(at: InstanceAt): {
  actionsOf: (policy: Replication) => readonly RowAction[]
  dialog: (policy: Replication) => ReactNode
} {
  const t = useTranslations('replication')
  const [asked, setAsked] = useState<{ act: 'run' | 'delete'; id: number | undefined } | null>(null)
  const close = () => setAsked(null)
  return {
    actionsOf: (policy) =>
      policy.id === undefined
        ? []
        : [
            {
              label: t('act.run'),
              run: () => setAsked({ act: 'run', id: policy.id }),
              disabledReason: policy.enabled === false ? t('act.runDisabled') : undefined,
            },
            { label: t('act.edit'), href: routes.replicationEdit(at, policy.id) },
            { label: t('act.delete'), destructive: true, run: () => setAsked({ act: 'delete', id: policy.id }) },
          ],
    dialog: (policy) =>
      asked?.id === policy.id &&
      (asked?.act === 'run' ? (
        <RunReplication at={at} policy={policy} onClose={close} />
      ) : (
        asked?.act === 'delete' && <DeleteReplication at={at} policy={policy} onClose={close} />
      )),
  }
}
