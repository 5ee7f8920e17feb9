'use client'

import Link from 'next/link'
import { ReasonedButton } from '@/components/shell/permission-button'
import { RowMenu } from '@/components/table/row-menu'
import { buttonClass } from '@/components/ui/button'
import type { Replication } from '@/lib/contract/swr/replication'
import type { InstanceLocation } from '@/lib/routes'
import { useReplicationActions } from '../list/row-actions'

/** The first acts of the menu are wanted most: run it, run a part of it, edit it. */
const prominent = 3

/** What can be done with the policy of this page: the menu that its row has, with the first of it as buttons. */
export function PolicyActions({ at, policy }: { at: InstanceLocation; policy: Replication }) {
  const { actionsOf, dialog } = useReplicationActions(at)
  const actions = actionsOf(policy)
  return (
    <>
      {actions.slice(0, prominent).map((action) =>
        action.href && !action.disabledReason ? (
          <Link key={action.label} href={action.href} prefetch={false} className={buttonClass()}>
            {action.label}
          </Link>
        ) : (
          <ReasonedButton key={action.label} reason={action.disabledReason} onClick={action.run}>
            {action.label}
          </ReasonedButton>
        ),
      )}
      <RowMenu name={policy.name ?? `#${policy.id}`} actions={() => actions} />
      {dialog}
    </>
  )
}
