import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import { Shell } from '@/components/shell/shell'
import { requireActor } from '@/lib/auth/actor'
import { makeClient } from '@/lib/query/make-client'
import { prefetch } from '@/lib/query/prefetch'
import { requestSwr } from '@/lib/swr/client'
import { connections } from '@/lib/swr/connection'

/** Navigation of an instance. Its name and counts are a courtesy: without them the screens work all the same. */
export default async function InstanceLayout({ params, children }: LayoutProps<'/[connection]/instances/[instance]'>) {
  const [actor, { connection: id, instance }] = await Promise.all([requireActor(), params])
  const connection = connections().find((each) => each.id === id)
  if (!connection) return <Shell actor={actor}>{children}</Shell>
  const cache = makeClient()
  const at = { params: { instance_id: instance } }
  const [name] = await Promise.all([
    requestSwr(actor, id, 'instanceShow', at).then(
      (shown) => shown.name,
      () => undefined,
    ),
    prefetch(cache, actor, id, 'instanceStatistics', at),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <Shell actor={actor} place={{ connection, instance: { id: instance, name: name ?? instance } }}>
        {children}
      </Shell>
    </HydrationBoundary>
  )
}
