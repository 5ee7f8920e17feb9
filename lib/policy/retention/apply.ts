import type { Retention, RetentionBody } from '../../contract/swr/retention'
import { contentOf } from './content'
import { toRequest } from './request'
import { isManual } from './runs-by-itself'

/** How a namespace stands to a policy whose rules it is to have. */
export type Likeness = 'none' | 'same' | 'differs'

export function likenessOf(source: Retention, policy: Retention | null): Likeness {
  if (policy === null) return 'none'
  return contentOf(policy) === contentOf(source) ? 'same' : 'differs'
}

/**
 * The request that gives a namespace the rules and the trigger of a policy. A new policy is called like it and runs by no
 * schedule yet; one that is there keeps its name, and whether it is enabled.
 */
export function appliedBody(source: Retention, policy: Retention | null): RetentionBody {
  const { algorithm, rules, trigger, name, enabled } = toRequest(source)
  const content = { algorithm, rules, trigger }
  if (policy !== null) return { ...toRequest(policy), ...content }
  return { ...content, name, enabled: isManual(source) && enabled }
}
