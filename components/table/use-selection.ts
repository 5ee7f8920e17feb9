import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { PolicyRow } from '@/lib/contract/console/insight'
import type { ConsoleInput } from '@/lib/contract/console/schemas'
import type { Replication } from '@/lib/contract/swr/replication'
import { apiQuery } from '@/lib/query/client'

const largest = 100

export interface Selection {
  /** Those that are chosen, each as it was last seen. */
  readonly policies: readonly Replication[]
  /** Those of the present page that can be chosen. */
  readonly page: readonly Replication[]
  readonly has: (policy: Replication) => boolean
  readonly choose: (policies: readonly Replication[], chosen: boolean) => void
  readonly clear: () => void
  /** Every policy that fits a question, on whatever page. */
  readonly chooseAll: (input: ConsoleInput<'replicationIndex'>) => Promise<void>
}

/** Which policies are chosen. It lasts from page to page of the list, and through searches and filters. */
export function useSelection(rows: readonly PolicyRow[]): Selection {
  const cache = useQueryClient()
  const [chosen, setChosen] = useState<ReadonlyMap<number, Replication>>(new Map())
  const page = rows.flatMap(({ policy }) => (policy.id === undefined ? [] : [policy]))
  const present = new Map(page.map((policy) => [policy.id, policy]))
  const choose = (policies: readonly Replication[], wanted: boolean) =>
    setChosen((before) => {
      const next = new Map(before)
      for (const policy of policies)
        if (policy.id !== undefined) wanted ? next.set(policy.id, policy) : next.delete(policy.id)
      return next
    })
  return {
    // What is on the page may have changed since it was chosen; its row has been read again.
    policies: [...chosen.values()].map((policy) => present.get(policy.id) ?? policy),
    page,
    has: ({ id }) => id !== undefined && chosen.has(id),
    choose,
    clear: () => setChosen(new Map()),
    async chooseAll({ params, query }) {
      const all: Replication[] = []
      for (let offset = 0; ; offset += largest) {
        const asked = { params, query: { ...query, offset, limit: largest } }
        const { rows: found, total } = await cache.query({ ...apiQuery('replicationIndex', asked), staleTime: 0 })
        all.push(...found.map(({ policy }) => policy))
        if (found.length === 0 || all.length >= total) break
      }
      choose(all, true)
    },
  }
}
