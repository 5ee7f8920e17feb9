import { cronFlaw, normalCron } from '../../contract/cron'
import type { Replication } from '../../contract/swr/replication'
import type { FieldCode } from '../validation-codes'

interface TriggerDraft {
  trigger: string
  cron: string
  asRead: { trigger: string; cron: string }
}

export const readTrigger = (trigger: Replication['trigger']) => ({
  trigger: trigger?.type ?? '',
  cron: trigger?.trigger_settings?.cron ?? '',
})

/** Why the schedule of a draft would be refused. One that was read stays as it is, whatever rule it breaks. */
export function checkSchedule(draft: TriggerDraft, kind: 'replication' | 'retention'): FieldCode | null {
  const { trigger, cron, asRead } = draft
  if (trigger !== 'scheduled') return null
  const untouched = asRead.trigger === 'scheduled' && cron === asRead.cron && cron !== ''
  return untouched ? null : cronFlaw(cron, kind)
}

/** A trigger as it is sent; settings that were read are sent again, emptied when the kind of trigger changed. */
export function toTriggerBody<Type extends string>(type: Type, cron: string, was: Replication['trigger']) {
  const read = readTrigger(was)
  if (type === 'scheduled') return { type, trigger_settings: { cron: cron === read.cron ? cron : normalCron(cron) } }
  const settings = was?.trigger_settings
  if (!settings) return { type }
  if (type !== read.trigger) return { type, trigger_settings: { cron: '' } }
  return { type, trigger_settings: settings.cron === undefined ? {} : { cron: settings.cron } }
}
