import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { ChangePassword } from '@/components/settings/change-password'
import { ConnectionTable } from '@/components/settings/connection-table'
import { OwnSessions } from '@/components/settings/own-sessions'
import { Preferences } from '@/components/settings/preferences'
import { TokenList } from '@/components/settings/token-list'
import { PageHeader } from '@/components/shell/page-header'
import { requireActor } from '@/lib/auth/actor'
import { identity } from '@/lib/auth/identity'
import { showUser } from '@/lib/auth/users'
import { preferenceCookies } from '@/lib/i18n/locale'
import { makeClient } from '@/lib/query/make-client'
import { prefetch } from '@/lib/query/prefetch'
import { themeOf } from '@/lib/theme'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('title') }
}

export default async function SettingsPage() {
  const [actor, known, t, c, jar] = await Promise.all([
    requireActor(),
    identity(),
    getTranslations('settings'),
    getTranslations('common'),
    cookies(),
  ])
  const cache = makeClient()
  const [{ signsInBy }] = await Promise.all([
    showUser(known.db, actor.id),
    prefetch(cache, actor, 'connectionList', { params: {} }),
    prefetch(cache, actor, 'tokenList', { params: {} }),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <PageHeader crumbs={[]} title={t('title')} lead={`${actor.email} · ${c(`role.${actor.role}`)}`} />
      <Preferences theme={themeOf(jar.get(preferenceCookies.theme)?.value)} />
      <ChangePassword here={known.settings.passwordSignIn && signsInBy.includes('password')} />
      <OwnSessions />
      <TokenList />
      <ConnectionTable />
    </HydrationBoundary>
  )
}
