'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useActor } from '@/components/context/actor'
import { Confirm } from '@/components/shell/confirm'
import { Note } from '@/components/ui/alert'
import { notify } from '@/components/ui/toast-store'
import type { User } from '@/lib/contract/console/schemas'
import type { Role } from '@/lib/contract/roles'
import { useApiWrite } from '@/lib/query/client'
import { OneTimeLink } from './one-time-link'
import { RoleChoice } from './role-choice'

export type Act = 'role' | 'reset' | 'signOut' | 'disable'

interface Asked {
  readonly user: User
  readonly onClose: () => void
}

/** One act on an account, in its own dialog: what it does, then the refusal or the outcome in the same place. */
export function UserAct({ act, ...asked }: Asked & { act: Act }) {
  if (act === 'role') return <ChangeRole {...asked} />
  if (act === 'reset') return <ResetLink {...asked} />
  if (act === 'signOut') return <SignOut {...asked} />
  return <Disable {...asked} />
}

/** One's own sessions end too. */
function Self({ user }: { user: User }) {
  const t = useTranslations('users')
  return (
    useActor()?.email === user.email && (
      <Note tone="warn" className="mt-3">
        {t('self')}
      </Note>
    )
  )
}

function ChangeRole({ user, onClose }: Asked) {
  const t = useTranslations('users')
  const c = useTranslations('common')
  const [role, setRole] = useState<Role>(user.role ?? 'viewer')
  const update = useApiWrite('userUpdate', { stale: ['userList'] })
  const { name } = user
  const done = () => {
    notify({ tone: 'ok', text: t('roleDialog.done', { name, role: c(`role.${role}`) }) })
    onClose()
  }
  return (
    <Confirm
      title={t('roleDialog.title', { name })}
      act={{ label: t('roleDialog.save'), look: 'primary' }}
      mutation={update}
      onConfirm={() => update.mutate({ params: { user_id: user.id }, body: { role } }, { onSuccess: done })}
      onClose={onClose}
    >
      <RoleChoice value={role} onChange={setRole} />
      <p className="mt-3">{t('roleDialog.text')}</p>
      {user.signsInBy.includes('sso') && <p className="mt-1">{t('roleDialog.sso')}</p>}
      <Self user={user} />
    </Confirm>
  )
}

function ResetLink({ user, onClose }: Asked) {
  const t = useTranslations('users')
  const reset = useApiWrite('userResetLink', { stale: [] })
  const { name } = user
  if (reset.data) return <OneTimeLink title={t('link.reset', { name })} link={reset.data.link} onClose={onClose} />
  return (
    <Confirm
      title={t('reset.title', { name })}
      act={{ label: t('reset.make'), look: 'primary' }}
      mutation={reset}
      onConfirm={() => reset.mutate({ params: { user_id: user.id } })}
      onClose={onClose}
    >
      <p>{t('reset.text')}</p>
    </Confirm>
  )
}

function SignOut({ user, onClose }: Asked) {
  const t = useTranslations('users')
  const signOut = useApiWrite('userSignOut', { stale: [] })
  const { name } = user
  const done = () => {
    notify({ tone: 'ok', text: t('signOut.done', { name }) })
    onClose()
  }
  return (
    <Confirm
      title={t('signOut.title', { name })}
      act={{ label: t('act.signOut'), look: 'danger' }}
      mutation={signOut}
      onConfirm={() => signOut.mutate({ params: { user_id: user.id } }, { onSuccess: done })}
      onClose={onClose}
    >
      <p>{t('signOut.text')}</p>
      <Self user={user} />
    </Confirm>
  )
}

function Disable({ user, onClose }: Asked) {
  const t = useTranslations('users')
  const update = useApiWrite('userUpdate', { stale: ['userList'] })
  const { name } = user
  const done = () => {
    notify({ tone: 'ok', text: t('disable.done', { name }) })
    onClose()
  }
  return (
    <Confirm
      title={t('disable.title', { name })}
      act={{ label: t('act.disable'), look: 'danger' }}
      mutation={update}
      onConfirm={() => update.mutate({ params: { user_id: user.id }, body: { disabled: true } }, { onSuccess: done })}
      onClose={onClose}
    >
      <p>{t('disable.text')}</p>
      <Self user={user} />
    </Confirm>
  )
}
