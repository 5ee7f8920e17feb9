import type { Retention, RetentionBody } from '../../contract/swr/retention'
import { contentOf } from './content'
import { toRequest } from './request'

/**
 * What saving does beside what the form says. `switched_off`: an enabled policy that runs by a schedule gets another content,
 * and is disabled in the same request, unless a fresh dry run of just this content has been looked at. `stays_off`: a schedule
 * is switched on by the policy's switch, after a dry run of what is saved.
 */
export type SavingEffect = 'none' | 'switched_off' | 'stays_off'

export function effectOfSaving(body: RetentionBody, was: Retention | undefined): SavingEffect {
  if (body.trigger?.type !== 'scheduled' || !body.enabled) return 'none'
  if (was?.enabled !== true) return 'stays_off'
  return contentOf(body) === contentOf(toRequest(was)) ? 'none' : 'switched_off'
}

/** A request that switches no schedule on. */
export const withoutArming = (body: RetentionBody, was: Retention | undefined): RetentionBody =>
  effectOfSaving(body, was) === 'stays_off' ? { ...body, enabled: false } : body
