import { useState } from 'react'
import { type Problem, problemOf } from '@/lib/contract/problem'
import type { Replication } from '@/lib/contract/swr/replication'
import { type Copy, copyBody } from '@/lib/policy/replication/duplicate'
import { useApiWrite } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'

export type Result =
  | { readonly state: 'waiting' | 'sending' }
  | { readonly state: 'made'; readonly id: number | undefined }
  | { readonly state: 'failed'; readonly problem: Problem }

export interface Sent extends Copy {
  readonly result: Result
}

/** Creates copies one after the other. What failed stays, to be sent again; nothing that was made is made twice. */
export function useDuplicateSending(at: InstanceLocation, policy: Replication) {
  const create = useApiWrite('replicationCreate', { stale: ['replicationList'] })
  const basis = policy.id === undefined ? {} : { basis: String(policy.id) }
  const [sent, setSent] = useState<readonly Sent[]>([])
  const [busy, setBusy] = useState(false)

  const send = async (copies: readonly Copy[]) => {
    setBusy(true)
    const asked = new Set(copies.map(({ registry }) => registry))
    const set = (registry: number, result: Result) =>
      setSent((earlier) => earlier.map((each) => (each.registry === registry ? { ...each, result } : each)))
    setSent((earlier) => [
      ...earlier.filter(({ registry }) => !asked.has(registry)),
      ...copies.map((copy) => ({ ...copy, result: { state: 'waiting' } as const })),
    ])
    for (const copy of copies) {
      const body = copyBody(policy, copy)
      set(copy.registry, { state: 'sending' })
      try {
        const { id } = await create.mutateAsync({
          params: { connection: at.connection, instance_id: at.instance },
          body,
          ...basis,
        })
        set(copy.registry, { state: 'made', id })
      } catch (error) {
        set(copy.registry, { state: 'failed', problem: problemOf(error) })
      }
    }
    setBusy(false)
  }
  return { sent, busy, send }
}
