import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Problem, problemOf } from '@/lib/contract/problem'
import type { Retention, RetentionBody } from '@/lib/contract/swr/retention'
import type { Result } from '@/lib/contract/swr/schemas'
import { swrQuery, useSwrMutation } from '@/lib/query/client'
import type { InstanceAt } from '@/lib/routes'
import type { RetentionPlace } from './edit'

interface State {
  readonly busy: boolean
  readonly error: unknown
  /** The policy as it is, when it is not what the form was opened on; null when it is gone. */
  readonly now?: Retention | null
}

interface End {
  readonly written?: Result<'retentionUpdate'>
  readonly problem?: Problem
}

/** Saves a policy that is still what the form was opened on. */
export function useRetentionSave(at: InstanceAt, place: RetentionPlace, policy: Retention) {
  const cache = useQueryClient()
  const update = useSwrMutation(at.connection, 'retentionUpdate', { stale: ['retentionList', 'retentionShow'] })
  const [state, setState] = useState<State>({ busy: false, error: null })

  const readNow = async (): Promise<Retention | null | undefined> => {
    try {
      return await cache.query({ ...swrQuery(at.connection, 'retentionShow', { params: place }), staleTime: 0 })
    } catch (error) {
      return problemOf(error).code === 'swr_not_found' ? null : undefined
    }
  }
  const explain = async (error: unknown): Promise<State> => {
    const { code } = problemOf(error)
    const known = { busy: false, error }
    if (code !== 'changed_meanwhile' && code !== 'swr_not_found') return known
    const now = await readNow()
    const moved = code === 'changed_meanwhile' ? now !== undefined : now === null
    return moved ? { busy: false, error: null, ...(now !== undefined && { now }) } : known
  }
  return {
    ...state,
    forget: () => setState({ busy: false, error: null }),
    run: async (body: RetentionBody, reason: string | undefined): Promise<End> => {
      setState({ busy: true, error: null })
      try {
        const why = reason === undefined ? {} : { reason }
        return { written: await update.mutateAsync({ params: place, ifMatch: policy.content_hash, body, ...why }) }
      } catch (error) {
        setState(await explain(error))
        return { problem: problemOf(error) }
      }
    },
  }
}
