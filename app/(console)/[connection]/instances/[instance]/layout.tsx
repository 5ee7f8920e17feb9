import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import { Shell } from '@/components/shell/shell'
import { requireActor } from '@/lib/auth/actor'
import { requestedInstance } from '@/lib/query/instance'
import { makeClient } from '@/lib/query/make-client'
import { prefetchRemembered } from '@/lib/query/prefetch'
import { connections } from '@/lib/swr/connection'

/** Navigation of an instance. Its name and counts are a courtesy: without them the screens work all the same. */
export default async function InstanceLayout({ params, children }: LayoutProps<'/[connection]/instances/[instance]'>) {
  const [actor, { connection: id, instance }] = await Promise.all([requireActor(), params])
  const connection = connections().find((each) => each.id === id)
  if (!connection) return <Shell actor={actor}>{children}</Shell>
  const cache = makeClient()
  const [name] = await Promise.all([
    requestedInstance(id, instance).then(
      (shown) => shown.name,
      () => undefined,
    ),
    prefetchRemembered(cache, actor, 'instanceStatistics', { params: { connection: id, instance_id: instance } }),
  ])
  return (
    <HydrationBoundary state={dehydrate(cache)}>
      <Shell actor={actor} place={{ connection, instance: { id: instance, name: name ?? instance } }}>
        {children}
      </Shell>
    </HydrationBoundary>
  )
}
