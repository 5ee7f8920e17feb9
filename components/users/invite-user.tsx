'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { PlainField, textOf } from '@/components/form/native-field'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { notify } from '@/components/ui/toast-store'
import type { Role } from '@/lib/contract/roles'
import { useApiWrite } from '@/lib/query/client'
import { OneTimeLink } from './one-time-link'
import { RoleChoice } from './role-choice'

/** Makes an account and shows the link by which its owner sets a password. */
export function InviteUser({ onClose }: { onClose: () => void }) {
  const t = useTranslations('users')
  const c = useTranslations('common')
  const [role, setRole] = useState<Role>('viewer')
  const invite = useApiWrite('userInvite', { stale: ['userList'] })
  const { link, user } = invite.data ?? {}
  if (link && user) return <OneTimeLink title={t('link.invite', { name: user.name })} link={link} onClose={onClose} />
  return (
    <Dialog title={t('inviteTitle')} onClose={onClose}>
      <form
        className="flex flex-col gap-3.5"
        onSubmit={(event) => {
          event.preventDefault()
          if (invite.isPending) return
          const form = event.currentTarget
          const [email, name] = [textOf(form, 'email').trim(), textOf(form, 'name').trim()]
          invite.mutate(
            { params: {}, body: { email, name, role } },
            {
              onSuccess: (made) => {
                if (made.link) return
                notify({ tone: 'ok', text: t('link.none', { name: made.user.name }) })
                onClose()
              },
            },
          )
        }}
      >
        <PlainField name="email" type="email" label={t('email')} autoComplete="off" maxLength={254} />
        <PlainField name="name" label={t('name')} autoComplete="off" maxLength={120} />
        <RoleChoice value={role} onChange={setRole} />
        {invite.error && <ProblemPanel error={invite.error} />}
        <DialogFoot>
          <Button onClick={onClose}>{c('cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            aria-busy={invite.isPending}
            // Truly disabled it would lose the focus of whoever pressed it.
            aria-disabled={invite.isPending}
          >
            {t('make')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
