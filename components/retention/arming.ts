import type { RetentionBody } from '@/lib/contract/swr/retention'
import { apiQuery } from '@/lib/query/client'
import type { ApiInput } from '@/lib/query/operations'
import type { RetentionLocation } from '@/lib/routes'
import { policyParams } from './runs/queries'

/** Whether an enabled schedule stays on that gets the content of a request. */
export const armingInput = (
  place: RetentionLocation,
  { algorithm, rules, trigger }: RetentionBody,
): ApiInput<'retentionArmingShow'> => ({ params: policyParams(place), body: { algorithm, rules, trigger } })

/** Soon asked again: pushes, clusters and limits count. */
export const armingQuery = (place: RetentionLocation, body: RetentionBody) => ({
  ...apiQuery('retentionArmingShow', armingInput(place, body)),
  staleTime: 5_000,
})
