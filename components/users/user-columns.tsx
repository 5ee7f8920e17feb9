'use client'

import { useTranslations } from 'next-intl'
import { useActor } from '@/components/context/actor'
import { Ago } from '@/components/shell/relative-time'
import type { Column } from '@/components/table/column'
import { RowMenu } from '@/components/table/row-menu'
import type { RowAction } from '@/components/ui/menu-action'
import { Status } from '@/components/ui/status'
import type { User } from '@/lib/contract/console/schemas'

/** Invited, and not come yet: without a way to sign in nobody has. */
const isInvited = ({ signsInBy }: User) => signsInBy.length === 0

/** What one account shows in the list. */
export function useUserColumns(actionsOf: (user: User) => readonly RowAction[]): Column<User>[] {
  const t = useTranslations('users')
  const c = useTranslations('common')
  const actor = useActor()
  return [
    {
      id: 'person',
      header: t('column.person'),
      width: '@table:w-[32%]',
      className: '@max-table:pr-14',
      cell: ({ name, email }) => (
        <>
          <span className="font-medium wrap-anywhere">{name}</span>
          {email === actor?.email && <span className="text-ink-3"> ({t('you')})</span>}
          <small className="mt-px block text-ink-3 text-xs wrap-anywhere">{email}</small>
        </>
      ),
    },
    {
      id: 'role',
      header: t('column.role'),
      cell: ({ role }) => (role ? c(`role.${role}`) : <span className="text-ink-3">{t('noRole')}</span>),
    },
    {
      id: 'state',
      header: t('column.state'),
      cell: (user) =>
        user.disabled ? (
          <Status kind="off">{t('state.disabled')}</Status>
        ) : isInvited(user) ? (
          <Status kind="busy">{t('state.invited')}</Status>
        ) : (
          <Status kind="ok">{t('state.active')}</Status>
        ),
    },
    {
      id: 'ways',
      header: t('column.signsInBy'),
      labelled: true,
      cell: ({ signsInBy }) => signsInBy.map((way) => t(`way.${way}`)).join(', ') || t('way.none'),
    },
    {
      id: 'lastSignIn',
      header: t('column.lastSignIn'),
      labelled: true,
      cell: ({ lastSignIn }) =>
        lastSignIn ? <Ago time={lastSignIn} /> : <span className="text-ink-3">{t('never')}</span>,
    },
    {
      id: 'created',
      header: t('column.created'),
      labelled: true,
      cell: ({ createdAt }) => <Ago time={createdAt} />,
    },
    {
      id: 'menu',
      header: t('column.menu'),
      hiddenHeader: true,
      className:
        '@max-table:absolute @max-table:top-2 @max-table:right-2 @table:w-14 @table:text-right @table:[&>button]:-my-1.5',
      cell: (user) => <RowMenu name={user.name} actions={() => actionsOf(user)} />,
    },
  ]
}
