'use client'

import { CircleUser } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { lazy, Suspense, useState } from 'react'
import { notify } from '@/components/ui/toast-store'
import { tooltip } from '@/components/ui/tooltip'
import { problemOf } from '@/lib/contract/problem'
import { routes } from '@/lib/routes'
import { useActor } from '../context/actor'
import { leaveSession } from './leave-session'

const OpenMenu = lazy(() => import('../ui/open-menu').then((module) => ({ default: module.OpenMenu })))

/** Who is signed in, and the ways out. The menu library is loaded when it is opened. */
export function AccountMenu() {
  const t = useTranslations('account.menu')
  const c = useTranslations('common')
  const p = useTranslations('problem')
  const actor = useActor()
  const [wanted, setWanted] = useState<'pointer' | 'keyboard' | null>(null)
  if (!actor) return null
  const leave = (where: 'here' | 'everywhere') => () =>
    leaveSession(where).catch((error) => notify({ tone: 'bad', text: p(`${problemOf(error).code}.title`) }))
  const text = c('actor', { name: actor.name, role: c(`role.${actor.role}`) })
  const trigger = (
    <button
      type="button"
      aria-haspopup="menu"
      {...tooltip(t('label', { name: actor.email }))}
      className="mt-0.5 flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left text-ink-2 hover:text-ink"
      onClick={({ detail }) => setWanted(detail === 0 ? 'keyboard' : 'pointer')}
    >
      <CircleUser aria-hidden size={16} strokeWidth={1.5} className="shrink-0" />
      <span className="min-w-0 truncate">{text}</span>
    </button>
  )
  return wanted ? (
    <Suspense fallback={trigger}>
      <OpenMenu
        trigger={trigger}
        byKeyboard={wanted === 'keyboard'}
        actions={[
          { label: t('settings'), href: routes.settings() },
          { label: t('signOut'), run: leave('here') },
          { label: t('everywhere'), run: leave('everywhere') },
        ]}
      />
    </Suspense>
  ) : (
    trigger
  )
}
