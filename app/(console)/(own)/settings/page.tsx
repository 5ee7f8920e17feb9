import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { getTranslations } from 'next-intl/server'
import { ConnectionTable } from '@/components/settings/connection-table'
import { Preferences } from '@/components/settings/preferences'
import { PageHeader } from '@/components/shell/page-header'
import { requireActor } from '@/lib/auth/actor'
import { connections } from '@/lib/gateway/connection'
import { preferenceCookies } from '@/lib/i18n/locale'
import { themeOf } from '@/lib/theme'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('title') }
}

export default async function SettingsPage() {
  await requireActor()
  const [t, jar] = await Promise.all([getTranslations('settings'), cookies()])
  return (
    <>
      <PageHeader crumbs={[]} title={t('title')} />
      <Preferences theme={themeOf(jar.get(preferenceCookies.theme)?.value)} />
      <ConnectionTable connections={connections()} />
    </>
  )
}
