import { cookies } from 'next/headers'
import { lastPlace } from '@/components/shell/last-instance'
import { Shell } from '@/components/shell/shell'
import { requireActor } from '@/lib/auth/actor'
import { preferenceCookies } from '@/lib/i18n/locale'
import { connections } from '@/lib/swr/connection'

export default async function OwnLayout({ children }: LayoutProps<'/'>) {
  const [actor, jar] = await Promise.all([requireActor(), cookies()])
  return (
    <Shell actor={actor} place={lastPlace(jar.get(preferenceCookies.instance)?.value, connections())}>
      {children}
    </Shell>
  )
}
