import { z } from 'zod'
import { cronFlaw } from '../cron'
import { part, text } from '../parse'
import { about } from '../rules'
import { type PolicyKind, policyNamePattern, scopeModes } from '../vocabulary'

/*
 * What replication and retention policies share on the wire. A body is described twice: by its shape, which also holds what
 * SWR was seen to hold, and by the rules for what people may change it to (`Schemas.rules`).
 */

export const policyName = z.string().regex(policyNamePattern)

export const scopeMode = z.enum(scopeModes)

const settings = z.strictObject({ cron: z.string().optional() })

/** Shape of a trigger in a request. */
export const triggerShape = z.strictObject({ type: z.string(), trigger_settings: settings.optional() })

/** Trigger of a request; a schedule needs a cron that SWR takes (six fields, UTC: docs/swr-api.md section 1, rule 8). */
export const trigger = <const Types extends readonly [string, ...string[]]>(types: Types, kind: PolicyKind) =>
  z
    .strictObject({ type: z.enum(types), trigger_settings: settings.optional() })
    .superRefine(({ type, trigger_settings }, { addIssue }) => {
      const flaw = type === 'scheduled' ? cronFlaw(trigger_settings?.cron ?? '', kind) : null
      if (flaw) addIssue({ code: 'custom', message: flaw, ...about(['trigger_settings', 'cron'], ['type']) })
    })

/** Trigger as read: any type, and the cron of a manual policy is usually the empty text. */
export const triggerRead = part({ type: text, trigger_settings: part({ cron: text }) })

/** Ours, not SWR's: says what was read, for `If-Match`. Empty where a row cannot be read at all. */
export const contentHash = z.string().catch('')
