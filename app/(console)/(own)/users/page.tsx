import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { UsersForbidden } from '@/components/users/forbidden'
import { UserList } from '@/components/users/user-list'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { prefetch } from '@/lib/query/prefetch'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('users')
  return { title: t('title') }
}

export default async function UsersPage() {
  const actor = await requireActor()
  const cache = makeClient()
  const problem = await prefetch(cache, actor, 'userList', { params: {} })
  if (problem?.code === 'role_too_low') return <UsersForbidden role={actor.role} />
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <UserList />
    </HydrationBoundary>
  )
}
