import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Replication, ReplicationBody } from '@/lib/contract/replication'
import { type Problem, ProblemError, problemOf } from '@/lib/problem'
import { swrQuery, useSwrMutation } from '@/lib/query/client'
import type { InstanceAt } from '@/lib/routes'
import { useReplicationNow } from './use-replication-now'

/** SWR has no code for a name that is taken: it is looked up after these (NOTES section 14). */
const mayBeTaken = [400, 409]

const isGone = ({ code }: Problem) => code === 'swr_not_found' || code === 'swr_gone'

interface State {
  readonly busy: boolean
  readonly error: unknown
  /** The policy as it is, when it is not what the form was opened on; null when it is gone. */
  readonly now?: Replication | null
}

/** Creates a policy, or saves it when there is one. `error` is known only once it is clear what it concerns. */
export function useReplicationSave(at: InstanceAt, policy: Replication | undefined) {
  const cache = useQueryClient()
  const readNow = useReplicationNow(at)
  const params = { instance_id: at.instance }
  const create = useSwrMutation(at.connection, 'replicationCreate', { stale: ['replicationList'] })
  const update = useSwrMutation(at.connection, 'replicationUpdate', { stale: ['replicationList', 'replicationShow'] })
  const [state, setState] = useState<State>({ busy: false, error: null })

  const isTaken = async ({ name }: ReplicationBody) => {
    const query = { offset: 0, limit: 100, name }
    const found = await cache
      .query({ ...swrQuery(at.connection, 'replicationList', { params, query }), staleTime: 0 })
      .catch(() => undefined)
    return found?.policies.some((other) => other.name === name && other.id !== policy?.id) ?? false
  }

  const save = async (body: ReplicationBody, reason: string | undefined) => {
    const why = reason === undefined ? {} : { reason }
    if (policy === undefined) return await create.mutateAsync({ params, body, ...why })
    const target = { params: { ...params, policy_id: String(policy.id) }, ifMatch: policy.content_hash }
    return { ...(await update.mutateAsync({ ...target, body, ...why })), id: policy.id }
  }

  const explain = async (error: unknown, body: ReplicationBody): Promise<State> => {
    const problem = problemOf(error)
    const moved = problem.code === 'changed_meanwhile' || isGone(problem)
    if (policy?.id !== undefined && moved) {
      const now = await readNow(policy.id).catch(() => undefined)
      // Gone, as SWR said it, may also be something that the policy names.
      if (now !== undefined && !(now && isGone(problem))) return { busy: false, error: null, now }
    }
    const taken = mayBeTaken.includes(problem.swr?.status ?? 0) && (await isTaken(body))
    const fields = { 'body.name': 'name_taken' }
    return { busy: false, error: taken ? new ProblemError({ status: 422, code: 'invalid_request', fields }) : error }
  }

  return {
    ...state,
    forget: () => setState({ busy: false, error: null }),
    /** Busy for good after a success: what follows is another page. */
    run: async (
      body: ReplicationBody,
      reason: string | undefined,
      done: (written: Awaited<ReturnType<typeof save>>) => void,
    ) => {
      setState({ busy: true, error: null })
      try {
        done(await save(body, reason))
      } catch (error) {
        setState(await explain(error, body))
      }
    },
  }
}
