import type { RetentionArming } from '../../contract/console/retention-runs'
import type { Retention, RetentionBody } from '../../contract/swr/retention'
import { contentOf } from './content'
import { toRequest } from './request'
import { isManual } from './runs-by-itself'

/**
 * What saving does beside what the form says. `switched_off`: an enabled policy that runs by itself gets another content, and
 * is disabled in the same request, unless the server says that just this content is armed (`settled`). `stays_off`: a schedule is
 * switched on by the policy's switch, after a dry run of what is saved.
 */
export type SavingEffect = 'none' | 'switched_off' | 'stays_off'

export function effectOfSaving(body: RetentionBody, was: Retention | undefined): SavingEffect {
  if (isManual(body) || !body.enabled) return 'none'
  if (was?.enabled !== true) return 'stays_off'
  return contentOf(body) === contentOf(toRequest(was)) ? 'none' : 'switched_off'
}

/** A request as it will be sent, with the dry run by which a schedule stays on in spite of other content. */
export interface SettledBody {
  readonly body: RetentionBody
  readonly dryRun?: string
}

/** The request for what `effectOfSaving` calls `switched_off`, by what the server says of it; null: nobody knows, so it is disabled. */
export const settled = (body: RetentionBody, arming: RetentionArming | null): SettledBody =>
  arming?.because === null && arming.dryRun
    ? { body, dryRun: String(arming.dryRun.id) }
    : { body: { ...body, enabled: false } }

/** A request that switches no schedule on. */
export const withoutArming = (body: RetentionBody, was: Retention | undefined): RetentionBody =>
  effectOfSaving(body, was) === 'stays_off' ? { ...body, enabled: false } : body
