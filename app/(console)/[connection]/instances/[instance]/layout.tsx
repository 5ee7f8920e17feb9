import { Shell } from '@/components/shell/shell'
import { requireActor } from '@/lib/auth/actor'
import { call } from '@/lib/swr/client'
import { connections } from '@/lib/swr/connection'

/** Navigation of an instance. Its name and counts are a courtesy: without them the screens work all the same. */
export default async function InstanceLayout({ params, children }: LayoutProps<'/[connection]/instances/[instance]'>) {
  const [actor, { connection: id, instance }] = await Promise.all([requireActor(), params])
  const connection = connections().find((each) => each.id === id)
  if (!connection) return <Shell actor={actor}>{children}</Shell>
  const at = { params: { instance_id: instance } }
  const [shown, statistics] = await Promise.allSettled([
    call(actor, id, 'instanceShow', at),
    call(actor, id, 'instanceStatistics', at),
  ])
  const name = shown.status === 'fulfilled' ? shown.value.name : undefined
  const counts = statistics.status === 'fulfilled' ? statistics.value : undefined
  return (
    <Shell
      actor={actor}
      place={{
        connection,
        instance: {
          id: instance,
          name: name ?? instance,
          counts: {
            replication: counts?.replica_policy_count,
            retention: counts?.retention_policy_count,
            registries: counts?.replica_registry_count,
          },
        },
      }}
    >
      {children}
    </Shell>
  )
}
