'use client'

import Link from 'next/link'
import { ReasonedButton } from '@/components/shell/permission-button'
import { RowMenu } from '@/components/table/row-menu'
import { buttonClass } from '@/components/ui/button'
import type { Retention } from '@/lib/contract/swr/retention'
import type { InstanceLocation } from '@/lib/routes'
import { useRetentionActions } from '../list/row-actions'

/** What can be done with the policy of this page: the menu that its row has, with the first of it as a button. */
export function RetentionPolicyActions({
  at,
  namespace,
  policy,
}: {
  at: InstanceLocation
  namespace: string
  policy: Retention
}) {
  const { actionsOf, dialog } = useRetentionActions(at)
  const actions = actionsOf(namespace, policy)
  const [edit] = actions
  return (
    <>
      {edit &&
        (edit.href && !edit.disabledReason ? (
          <Link href={edit.href} prefetch={false} className={buttonClass()}>
            {edit.label}
          </Link>
        ) : (
          <ReasonedButton reason={edit.disabledReason}>{edit.label}</ReasonedButton>
        ))}
      <RowMenu name={policy.name ?? `#${policy.id}`} actions={() => actions} />
      {dialog}
    </>
  )
}
