import { parseAsInteger, parseAsNumberLiteral } from 'nuqs/server'
import { pageSizes, pageWindow } from '@/components/table/search-params'
import type { SwrInput } from '@/lib/contract/swr/schemas'
import { latestRuns } from '@/lib/query/queries'

/** Which page of a policy's runs is shown; the first one is what other screens ask for, too. */
export const runsAddress = {
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(pageSizes).withDefault(10),
}

export const runsInput = (
  instance: string,
  policy: string,
  view: { page: number; size: number },
): SwrInput<'executionList'> => latestRuns(instance, policy, pageWindow(view))
