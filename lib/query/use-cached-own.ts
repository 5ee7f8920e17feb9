'use client'

import { notifyManager, useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import type { ConsoleInput, ConsoleOutput } from '../contract/console/schemas'
import type { OwnReadName } from './key'
import { ownQuery } from './own'

/**
 * What this tab knows of an answer already; asks for nothing. An observer would not do: it makes an empty query, and then what
 * the server sends for the page of that answer waits until after the first HTML.
 */
export function useCachedOwn<Name extends OwnReadName>(
  name: Name,
  input: ConsoleInput<Name>,
): ConsoleOutput<Name> | undefined {
  const client = useQueryClient()
  const { queryKey } = ownQuery(name, input)
  return useSyncExternalStore(
    useCallback((changed) => client.getQueryCache().subscribe(notifyManager.batchCalls(changed)), [client]),
    () => client.getQueryData(queryKey),
    () => undefined,
  )
}
