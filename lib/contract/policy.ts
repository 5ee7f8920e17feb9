import { z } from 'zod'
import { part, text } from './reading'

/** What replication and retention policies share on the wire. */

/** Policy names: 1–256 of letters, digits, "_" and "-" (NOTES section 12). */
export const policyName = z.string().regex(/^[A-Za-z0-9_-]{1,256}$/)

/** `regular` = patterns were typed, `selection` = repositories were picked from a list; the server only remembers it. */
export const scopeMode = z.enum(['regular', 'selection'])

const settings = z.strictObject({ cron: z.string().optional() })

/** Trigger of a request; a schedule needs its cron (six fields, UTC: NOTES section 1, rule 8). */
export const trigger = <const Types extends readonly [string, ...string[]]>(types: Types) =>
  z
    .strictObject({ type: z.enum(types), trigger_settings: settings.optional() })
    .refine((value) => value.type !== 'scheduled' || Boolean(value.trigger_settings?.cron), {
      path: ['trigger_settings', 'cron'],
      error: 'required',
    })

/** Trigger as read: any type, and the cron of a manual policy is usually the empty text. */
export const triggerRead = part({ type: text, trigger_settings: part({ cron: text }) })
