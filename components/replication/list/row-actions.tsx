'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useCan } from '@/components/context/actor'
import { useCopyId } from '@/components/shell/copy-id'
import type { RowAction } from '@/components/ui/menu-action'
import type { Replication } from '@/lib/contract/swr/replication'
import { isTemporaryPolicyName } from '@/lib/policy/replication/partial'
import { pullsAll } from '@/lib/policy/replication/pull'
import { apiQuery } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/queries'
import { type InstanceLocation, routes } from '@/lib/routes'

const DeleteReplication = dynamic(() => import('../policy/delete-dialog').then((module) => module.DeleteReplication))
const DuplicateReplication = dynamic(() => import('../duplicate/dialog').then((module) => module.DuplicateReplication))
const ShowAsCode = dynamic(() => import('../policy/code-dialog').then((module) => module.ShowAsCode))
const PartialRunDialog = dynamic(() => import('../../partial-run/dialog').then((module) => module.PartialRunDialog))
const RunReplication = dynamic(() => import('../run/run-dialog').then((module) => module.RunReplication))

/**
 * What can be done with one policy, and the dialog that asks first; dialogs are loaded when they are opened. The dialog
 * stands outside of the rows: when its policy turns out to be gone, the row goes and the message stays.
 */
export function useReplicationActions(at: InstanceLocation): {
  actionsOf: (policy: Replication) => readonly RowAction[]
  dialog: ReactNode
} {
  const t = useTranslations('replication')
  const p = useTranslations('policyPage')
  const s = useTranslations('partialRun')
  const pr = useTranslations('problem')
  const registries = useQuery(apiQuery('registryList', allRegistries(at))).data?.registries ?? []
  const [asked, setAsked] = useState<{
    act: 'run' | 'part' | 'several' | 'code' | 'delete'
    policy: Replication
  } | null>(null)
  const mayRun = useCan('executionStart')
  const mayRunPart = useCan('partialRunStart')
  const mayEdit = useCan('replicationUpdate')
  const mayCreate = useCan('replicationCreate')
  const mayDelete = useCan('replicationDelete')
  const copyId = useCopyId()
  const close = () => setAsked(null)
  // The console removes them by itself: nobody is to build on one.
  const shortLived = ({ name }: Replication) => (isTemporaryPolicyName(name) ? s('notYours') : undefined)
  const unfiltered = (policy: Replication) => (pullsAll(policy, registries) ? pr('pull_unfiltered.title') : undefined)
  const disabled = ({ enabled }: Replication) => (enabled === false ? t('act.runDisabled') : undefined)
  return {
    actionsOf: (policy) =>
      policy.id === undefined
        ? []
        : [
            {
              label: t('act.run'),
              run: () => setAsked({ act: 'run', policy }),
              disabledReason: mayRun.reason ?? shortLived(policy) ?? disabled(policy),
            },
            {
              label: s('act'),
              run: () => setAsked({ act: 'part', policy }),
              disabledReason: mayRunPart.reason ?? shortLived(policy) ?? unfiltered(policy) ?? disabled(policy),
            },
            {
              label: t('act.edit'),
              href: routes.replicationEdit(at, policy.id),
              disabledReason: mayEdit.reason ?? shortLived(policy),
            },
            {
              label: p('act.duplicate'),
              href: routes.replicationCopy(at, policy.id),
              disabledReason: mayCreate.reason ?? shortLived(policy),
            },
            {
              label: p('act.several'),
              run: () => setAsked({ act: 'several', policy }),
              disabledReason: mayCreate.reason ?? shortLived(policy),
            },
            { label: p('act.code'), run: () => setAsked({ act: 'code', policy }) },
            copyId(policy.id),
            {
              label: t('act.delete'),
              destructive: true,
              run: () => setAsked({ act: 'delete', policy }),
              disabledReason: mayDelete.reason,
            },
          ],
    dialog:
      asked &&
      (asked.act === 'run' ? (
        <RunReplication at={at} policy={asked.policy} onClose={close} />
      ) : asked.act === 'part' ? (
        <PartialRunDialog at={at} policy={asked.policy} onClose={close} />
      ) : asked.act === 'several' ? (
        <DuplicateReplication at={at} policy={asked.policy} onClose={close} />
      ) : asked.act === 'code' ? (
        <ShowAsCode at={at} policy={asked.policy} onClose={close} />
      ) : (
        <DeleteReplication at={at} policy={asked.policy} onClose={close} />
      )),
  }
}
