import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Replication, ReplicationBody } from '@/lib/contract/replication'
import { ProblemError, problemOf } from '@/lib/problem'
import { swrQuery, useSwrMutation } from '@/lib/query/client'
import type { InstanceAt } from '@/lib/routes'

/** SWR has no code for a name that is taken: it is looked up after these (NOTES section 14). */
const mayBeTaken = [400, 409]

/** Creates a policy, or saves it when there is one. `error` is known only once it is clear what it concerns. */
export function useReplicationSave(at: InstanceAt, policy: Replication | undefined) {
  const cache = useQueryClient()
  const params = { instance_id: at.instance }
  const create = useSwrMutation(at.connection, 'replicationCreate', { stale: ['replicationList'] })
  const update = useSwrMutation(at.connection, 'replicationUpdate', { stale: ['replicationList', 'replicationShow'] })
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null })

  const isTaken = async ({ name }: ReplicationBody) => {
    const query = { offset: 0, limit: 100, name }
    const found = await cache
      .query({ ...swrQuery(at.connection, 'replicationList', { params, query }), staleTime: 0 })
      .catch(() => undefined)
    return found?.policies.some((other) => other.name === name && other.id !== policy?.id) ?? false
  }

  const save = async (body: ReplicationBody): Promise<number | undefined> => {
    if (policy === undefined) return (await create.mutateAsync({ params, body })).id
    await update.mutateAsync({ params: { ...params, policy_id: String(policy.id) }, body })
    return policy.id
  }

  return {
    ...state,
    forget: () => setState({ busy: false, error: null }),
    /** Busy for good after a success: what follows is another page. */
    run: async (body: ReplicationBody, done: (id: number | undefined) => void) => {
      setState({ busy: true, error: null })
      try {
        done(await save(body))
      } catch (error) {
        const { swr } = problemOf(error)
        const taken = mayBeTaken.includes(swr?.status ?? 0) && (await isTaken(body))
        const fields = { 'body.name': 'name_taken' }
        const told = taken ? new ProblemError({ status: 422, code: 'invalid_request', fields }) : error
        setState({ busy: false, error: told })
      }
    },
  }
}
