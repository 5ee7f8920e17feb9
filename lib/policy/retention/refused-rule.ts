import type { Problem } from '../../contract/problem'

/**
 * The rule at which SWR's refusal of several is said, by its place; null where it is about something else. SWR may name one;
 * where it only says that there are too many, it is the last.
 */
export function refusedRule({ swr }: Pick<Problem, 'swr'>, count: number): number | null {
  if (count < 2 || swr?.status !== 400) return null
  const named = /\brules[./[](\d+)/.exec(swr.message ?? '')?.[1]
  const place = named === undefined ? count - 1 : Number(named)
  return place < count ? place : count - 1
}
