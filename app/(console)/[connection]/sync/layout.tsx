import { Shell } from '@/components/shell/shell'
import { requireActor } from '@/lib/auth/actor'
import { connections } from '@/lib/swr/connection'

/** Navigation of the Basic Edition, which has no instances. */
export default async function SyncLayout({ params, children }: LayoutProps<'/[connection]/sync'>) {
  const [actor, { connection: id }] = await Promise.all([requireActor(), params])
  const connection = connections().find((each) => each.id === id)
  return (
    <Shell actor={actor} {...(connection && { place: { connection } })}>
      {children}
    </Shell>
  )
}
