'use client'

import { useEffect, useRef, useState } from 'react'
import { inTurns } from '@/lib/concurrency'
import { concernsAll, isUnclear, type Problem, problemOf } from '@/lib/contract/problem'
import { useApiWrites } from '@/lib/query/client'

export interface RuleTarget {
  readonly region: string
  readonly organization: string
  readonly overwrite: boolean
}

export interface RuleItem {
  readonly repository: string
  /** `unclear`: it was sent, and nobody knows whether it took place. */
  readonly state: 'waiting' | 'sending' | 'done' | 'duplicate' | 'refused' | 'unclear' | 'not_tried'
  readonly problem?: Problem
}

export interface RuleBatch {
  readonly source: string
  readonly target: RuleTarget
  readonly items: readonly RuleItem[]
  readonly running: boolean
}

const parallel = 4

/** SWR has no code of its own for it (docs/swr-api.md section 16). */
export const isDuplicate = ({ swr }: Problem) => swr?.message?.toLowerCase().includes('duplicate sync repo') ?? false

export function itemOf(repository: string, error: unknown): RuleItem {
  const problem = problemOf(error)
  const state = isDuplicate(problem) ? 'duplicate' : isUnclear(problem) ? 'unclear' : 'refused'
  return { repository, state, problem }
}

/** Those that have the rule now. */
export const inPlace = ({ items }: RuleBatch) => items.filter(({ state }) => state === 'done' || state === 'duplicate')

/** What may be sent once more. A rule that may be there is refused as a duplicate, so that nothing happens twice. */
export const unfinished = ({ items }: RuleBatch) =>
  items.filter(({ state }) => state === 'refused' || state === 'unclear' || state === 'not_tried')

/** Creates a rule for each of many repositories, one call each, and keeps what became of every one. */
export function useCreateRules(connection: string) {
  const [batch, setBatch] = useState<RuleBatch | null>(null)
  const { send, refresh } = useApiWrites({ stale: ['autoSyncRuleList'] })
  const items = useRef(new Map<string, RuleItem>())
  const isRunning = batch?.running ?? false
  useEffect(() => {
    if (!isRunning) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isRunning])

  async function start(source: string, target: RuleTarget, repositories: readonly string[]) {
    const show = (running: boolean) => setBatch({ source, target, items: [...items.current.values()], running })
    const set = (item: RuleItem) => {
      items.current.set(item.repository, item)
      show(true)
    }
    for (const repository of repositories) items.current.set(repository, { repository, state: 'waiting' })
    show(true)
    const left = await inTurns(repositories, parallel, async (repository) => {
      set({ repository, state: 'sending' })
      try {
        await send('autoSyncCreate', {
          params: { connection, namespace: source, repository },
          body: {
            remoteRegionId: target.region,
            remoteNamespace: target.organization,
            syncAuto: true,
            override: target.overwrite,
          },
        })
        set({ repository, state: 'done' })
      } catch (error) {
        const item = itemOf(repository, error)
        set(item)
        return item.problem === undefined || !concernsAll(item.problem)
      }
      return true
    })
    for (const repository of left) items.current.set(repository, { repository, state: 'not_tried' })
    show(false)
    await refresh()
  }
  return {
    batch,
    create: (source: string, target: RuleTarget, repositories: readonly string[]) => {
      items.current = new Map()
      return start(source, target, repositories)
    },
    again: () =>
      batch &&
      start(
        batch.source,
        batch.target,
        unfinished(batch).map(({ repository }) => repository),
      ),
    dismiss: () => setBatch(null),
  }
}
