'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { PageHeader } from '@/components/shell/page-header'
import { Refresh } from '@/components/table/refresh'
import { ResourceTable } from '@/components/table/resource-table'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/toast-store'
import type { User } from '@/lib/contract/console/schemas'
import { problemOf } from '@/lib/contract/problem'
import { ownQuery, useOwnMutation } from '@/lib/query/own'
import { useUserColumns } from './user-columns'
import type { Act } from './user-dialogs'

const InviteUser = dynamic(() => import('./invite-user').then((module) => module.InviteUser))
const UserAct = dynamic(() => import('./user-dialogs').then((module) => module.UserAct))

/** The accounts of the console: tens of them, in one answer. */
export function UserList() {
  const t = useTranslations('users')
  const users = useQuery(ownQuery('userList', { params: {} }))
  const p = useTranslations('problem')
  const update = useOwnMutation('userUpdate', { stale: ['userList'] })
  // Nothing is lost by it: no question, a notice.
  const enable = ({ id, name }: User) =>
    update.mutate(
      { params: { user_id: id }, body: { disabled: false } },
      {
        onSuccess: () => notify({ tone: 'ok', text: t('enable.done', { name }) }),
        onError: (error) => notify({ tone: 'bad', text: `${name}: ${p(`${problemOf(error).code}.title`)}` }),
      },
    )
  const [inviting, setInviting] = useState(false)
  const [asked, setAsked] = useState<{ act: Act; user: User } | null>(null)
  const columns = useUserColumns((user) => {
    const action = (act: Act) => ({ label: t(`act.${act}`), run: () => setAsked({ act, user }) })
    return [
      action('role'),
      action('reset'),
      action('signOut'),
      user.disabled ? { label: t('act.enable'), run: () => enable(user) } : { ...action('disable'), destructive: true },
    ]
  })
  return (
    <>
      <PageHeader
        crumbs={[]}
        title={t('title')}
        lead={t('lead')}
        actions={
          <>
            <Refresh at={users.dataUpdatedAt} busy={users.isFetching} onRefresh={() => users.refetch()} />
            <Button look="primary" onClick={() => setInviting(true)}>
              {t('invite')}
            </Button>
          </>
        }
      />
      <ResourceTable
        label={t('title')}
        columns={columns}
        rows={users.data?.users ?? []}
        rowId={({ id }) => id}
        query={users}
        empty={null}
      />
      {inviting && <InviteUser onClose={() => setInviting(false)} />}
      {asked && <UserAct act={asked.act} user={asked.user} onClose={() => setAsked(null)} />}
    </>
  )
}
