'use client'

import { useTranslations } from 'next-intl'
import { createContext, type ReactNode, useContext } from 'react'
import { type ConsoleOperation, consoleRoutes } from '@/lib/contract/console/operations'
import { allows, type Role } from '@/lib/contract/roles'
import { type SwrOperation, swrRoutes } from '@/lib/contract/swr/operations'

/** Who is signed in, as far as screens need to know. */
export interface ShownActor {
  /** Tells whether a job is one's own: names are not unique. */
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
}

const Actor = createContext<ShownActor | null>(null)

/** Layouts know who is signed in. A session ends when its role changes, so that this cannot grow old. */
export function ActorProvider({ actor, children }: { actor: ShownActor | null; children: ReactNode }) {
  return <Actor value={actor}>{children}</Actor>
}

/** Null where nobody is: on the page for addresses that do not exist. */
export const useActor = () => useContext(Actor)

const operations: Readonly<Record<SwrOperation | ConsoleOperation, { readonly role: Role }>> = {
  ...swrRoutes,
  ...consoleRoutes,
}

export interface May {
  readonly allowed: boolean
  /** Which role it needs, where it is not allowed. */
  readonly reason?: string
}

/** Whether the person may do it, by the same table as the server, which decides. */
export function useCan(operation: SwrOperation | ConsoleOperation): May {
  const t = useTranslations('common')
  const actor = useActor()
  const needed = operations[operation]
  if (actor && allows(actor.role, needed)) return { allowed: true }
  return { allowed: false, reason: t('needsRole', { role: t(`role.${needed.role}`) }) }
}
