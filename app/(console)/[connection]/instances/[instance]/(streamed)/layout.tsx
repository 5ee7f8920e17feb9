import { problemOf } from '@/lib/contract/problem'
import { requestedInstance } from '@/lib/query/instance'
import { orNotFound } from '@/lib/query/or-not-found'

/** Pages that take long. The status is sent with their skeleton, so whether the instance exists is settled before that. */
export default async function StreamedLayout({ params, children }: LayoutProps<'/[connection]/instances/[instance]'>) {
  const { connection, instance } = await params
  await orNotFound(requestedInstance(connection, instance).then(() => null, problemOf))
  return children
}
