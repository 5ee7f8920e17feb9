import { parseAsInteger, parseAsNumberLiteral } from 'nuqs/server'
import { pageSizes, pageWindow } from '@/components/table/search-params'
import type { ApiInput } from '@/lib/query/operations'
import type { RetentionLocation } from '@/lib/routes'
import { policyParams } from './queries'

/** Which page of a policy's executions is shown. */
export const historyAddress = {
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(pageSizes).withDefault(10),
}

export const historyInput = (
  place: RetentionLocation,
  view: { page: number; size: number },
): ApiInput<'retentionHistoryList'> => ({ params: policyParams(place), query: pageWindow(view) })
