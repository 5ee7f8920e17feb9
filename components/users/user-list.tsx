'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { parseAsString, useQueryStates } from 'nuqs'
import { useState } from 'react'
import { PageHeader } from '@/components/shell/page-header'
import { Refresh } from '@/components/table/refresh'
import { ResourceTable } from '@/components/table/resource-table'
import { SearchField } from '@/components/table/search-field'
import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { notify } from '@/components/ui/toast-store'
import type { User } from '@/lib/contract/console/schemas'
import { problemOf } from '@/lib/contract/problem'
import { apiQuery, useApiWrite } from '@/lib/query/client'
import { useUserColumns } from './user-columns'
import type { Act } from './user-dialogs'

const InviteUser = dynamic(() => import('./invite-user').then((module) => module.InviteUser))
const UserAct = dynamic(() => import('./user-dialogs').then((module) => module.UserAct))

/** Not sent to the server: it is tens of rows. */
const userAddress = { q: parseAsString.withDefault('') }

/** The accounts of the console: tens of them, in one answer. */
export function UserList() {
  const t = useTranslations('users')
  const users = useQuery(apiQuery('userList', { params: {} }))
  const p = useTranslations('problem')
  const update = useApiWrite('userUpdate', { stale: ['userList'] })
  const failed = (name: string, error: unknown) =>
    notify({ tone: 'bad', text: `${name}: ${p(`${problemOf(error).code}.title`)}` })
  // Nothing is lost by it: no question, a notice.
  const enable = ({ id, name }: User) =>
    update.mutate(
      { params: { user_id: id }, body: { disabled: false } },
      {
        onSuccess: () => notify({ tone: 'ok', text: t('enable.done', { name }) }),
        onError: (error) => failed(name, error),
      },
    )
  const unlock = useApiWrite('userUnlock', { stale: [] })
  const lift = ({ id, name }: User) =>
    unlock.mutate(
      { params: { user_id: id } },
      {
        onSuccess: () => notify({ tone: 'ok', text: t('unlock.done', { name }) }),
        onError: (error) => failed(name, error),
      },
    )
  const [{ q }, setView] = useQueryStates(userAddress)
  const found = (users.data?.users ?? []).filter(({ name, email }) =>
    `${name}\n${email}`.toLowerCase().includes(q.toLowerCase()),
  )
  const [inviting, setInviting] = useState(false)
  const [asked, setAsked] = useState<{ act: Act; user: User } | null>(null)
  const columns = useUserColumns((user) => {
    const action = (act: Act) => ({ label: t(`act.${act}`), run: () => setAsked({ act, user }) })
    return [
      action('role'),
      action('reset'),
      action('signOut'),
      ...(user.signsInBy.includes('password') ? [{ label: t('act.unlock'), run: () => lift(user) }] : []),
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
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <SearchField value={q} onSearch={(text) => setView({ q: text || null })} />
      </div>
      <ResourceTable
        label={t('title')}
        columns={columns}
        rows={found}
        rowId={({ id }) => id}
        query={users}
        empty={<Empty title={t('searchNone')} />}
      />
      {inviting && <InviteUser onClose={() => setInviting(false)} />}
      {asked && <UserAct act={asked.act} user={asked.user} onClose={() => setAsked(null)} />}
    </>
  )
}
