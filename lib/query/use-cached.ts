'use client'

import { notifyManager, useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import { apiQuery } from './client'
import type { ApiInput, ApiOutput, ReadOperation } from './operations'

/**
 * What this tab knows of an answer already; asks for nothing. An observer would not do: it makes an empty query, and then what
 * the server sends for the page of that answer waits until after the first HTML.
 */
export function useCached<Name extends ReadOperation>(
  operation: Name,
  input: ApiInput<Name>,
): ApiOutput<Name> | undefined {
  const client = useQueryClient()
  const { queryKey } = apiQuery(operation, input)
  return useSyncExternalStore(
    useCallback((changed) => client.getQueryCache().subscribe(notifyManager.batchCalls(changed)), [client]),
    () => client.getQueryData(queryKey),
    () => undefined,
  )
}
