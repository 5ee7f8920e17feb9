'use client'

import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCan } from '@/components/context/actor'
import { ReasonedButton } from '@/components/shell/permission-button'
import { RowMenu } from '@/components/table/row-menu'
import { buttonClass } from '@/components/ui/button'
import type { Replication } from '@/lib/contract/swr/replication'
import type { InstanceAt } from '@/lib/routes'
import { useReplicationActions } from '../list/row-actions'

const ShowAsCode = dynamic(() => import('./code-dialog').then((module) => module.ShowAsCode))
const DuplicateReplication = dynamic(() => import('../duplicate/dialog').then((module) => module.DuplicateReplication))

/** What can be done with the policy of this page: what its row offers as buttons, the rest in a menu. */
export function PolicyActions({ at, policy }: { at: InstanceAt; policy: Replication }) {
  const t = useTranslations('policyPage')
  const { actionsOf, dialog } = useReplicationActions(at)
  const mayCreate = useCan('replicationCreate')
  const [asked, setAsked] = useState<'several' | 'code' | null>(null)
  const close = () => setAsked(null)
  return (
    <>
      {actionsOf(policy).map((action) =>
        action.href && !action.disabledReason ? (
          <Link key={action.label} href={action.href} prefetch={false} className={buttonClass()}>
            {action.label}
          </Link>
        ) : (
          <ReasonedButton
            key={action.label}
            look={action.destructive ? 'danger' : 'plain'}
            reason={action.disabledReason}
            onClick={action.run}
          >
            {action.label}
          </ReasonedButton>
        ),
      )}
      <RowMenu
        name={policy.name ?? `#${policy.id}`}
        actions={[
          { label: t('act.several'), run: () => setAsked('several'), disabledReason: mayCreate.reason },
          { label: t('act.code'), run: () => setAsked('code') },
        ]}
      />
      {dialog}
      {asked === 'several' && <DuplicateReplication at={at} policy={policy} onClose={close} />}
      {asked === 'code' && <ShowAsCode at={at} policy={policy} onClose={close} />}
    </>
  )
}
