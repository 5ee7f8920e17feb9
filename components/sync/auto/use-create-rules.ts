'use client'

import { useSyncExternalStore } from 'react'
import { useActor } from '@/components/context/actor'
import { inTurns } from '@/lib/concurrency'
import { concernsAll } from '@/lib/contract/problem'
import { useApiWrites } from '@/lib/query/client'
import { itemOf, type RuleBatch, type RuleItem, type RuleTarget, readBatch, unfinished } from './rule-batch'

const parallel = 4

/* Only ever filled in the browser, by what a person does; a batch belongs to one person, one connection and one tab. */
const shelf = new Map<string, RuleBatch | null>()
const listeners = new Set<() => void>()

function watch(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function stored(key: string): string | null {
  try {
    return sessionStorage.getItem(key)
  } catch {
    return null
  }
}

function load(key: string): RuleBatch | null {
  const known = shelf.get(key)
  if (known !== undefined) return known
  const read = readBatch(stored(key))
  shelf.set(key, read)
  return read
}

function save(key: string, batch: RuleBatch | null) {
  shelf.set(key, batch)
  try {
    if (batch) sessionStorage.setItem(key, JSON.stringify(batch))
    else sessionStorage.removeItem(key)
  } catch {
    // The browser stores nothing: then this page alone knows it.
  }
  for (const listener of listeners) listener()
}

const none = () => null
const warn = (event: BeforeUnloadEvent) => event.preventDefault()

/**
 * Creates a rule for each of many repositories, one call each, and keeps what became of every one until it is dismissed. Other
 * screens of the console do not end it; a reload does, which the browser warns of, and loses no result.
 */
export function useCreateRules(connection: string) {
  const key = `sync-rules:${useActor()?.email ?? ''}:${connection}`
  const batch = useSyncExternalStore(watch, () => load(key), none)
  const { send, refresh } = useApiWrites({ stale: ['autoSyncRuleList'] })

  async function start(begin: Omit<RuleBatch, 'running'>, repositories: readonly string[]) {
    const { source, target } = begin
    const items = new Map(begin.items.map((item) => [item.repository, item]))
    const show = (running: boolean) => save(key, { source, target, items: [...items.values()], running })
    const set = (...changed: RuleItem[]) => {
      for (const item of changed) items.set(item.repository, item)
      show(true)
    }
    const all = (state: RuleItem['state'], names: readonly string[]) =>
      set(...names.map((repository) => ({ repository, state })))
    window.addEventListener('beforeunload', warn)
    all('waiting', repositories)
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
    all('not_tried', left)
    show(false)
    window.removeEventListener('beforeunload', warn)
    await refresh()
  }
  return {
    batch,
    /** Not while another batch is running. */
    create: (source: string, target: RuleTarget, repositories: readonly string[]) =>
      start({ source, target, items: [] }, repositories),
    again: () =>
      batch &&
      start(
        batch,
        unfinished(batch).map(({ repository }) => repository),
      ),
    dismiss: () => save(key, null),
  }
}
