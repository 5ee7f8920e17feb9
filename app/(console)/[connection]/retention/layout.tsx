import { cookies } from 'next/headers'
import { lastPlace } from '@/components/shell/last-instance'
import { Shell } from '@/components/shell/shell'
import { requireActor } from '@/lib/auth/actor'
import { preferenceCookies } from '@/lib/i18n/locale'
import { connections } from '@/lib/swr/connection'

/** The Basic Edition has no instances; the navigation still leads to the one that was used last. */
export default async function BasicRetentionLayout({ params, children }: LayoutProps<'/[connection]/retention'>) {
  const [actor, { connection }, jar] = await Promise.all([requireActor(), params, cookies()])
  return (
    <Shell actor={actor} place={lastPlace(jar.get(preferenceCookies.instance)?.value, connections(), connection)}>
      {children}
    </Shell>
  )
}
