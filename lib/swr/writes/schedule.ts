import 'server-only'
import { cronFlaw } from '../../contract/cron'
import { ProblemError } from '../../contract/problem'
import { type PolicyKind, policyKinds } from '../../contract/vocabulary'
import { oneOf } from '../../policy/enum'

/** What of a policy says when it runs, as sent and as read. */
interface Timed {
  readonly trigger?: { readonly type?: unknown; readonly trigger_settings?: { readonly cron?: unknown } | undefined }
}

const cronOf = (body: Timed | undefined) =>
  body?.trigger?.type === 'scheduled' ? String(body.trigger.trigger_settings?.cron ?? '') : undefined

/**
 * Refuses a schedule that SWR would refuse, at its field. One that was read and is sent back as it was passes, whatever rule
 * it breaks: it can be kept while other fields change.
 */
export function requireSchedule(kind: string, sent: Timed | undefined, was?: object) {
  const policy: PolicyKind | undefined = oneOf(policyKinds, kind)
  const cron = cronOf(sent)
  if (policy === undefined || cron === undefined || cron === cronOf(was)) return
  const flaw = cronFlaw(cron, policy)
  if (flaw === null) return
  const fields = { 'body.trigger.trigger_settings.cron': flaw }
  throw new ProblemError({ status: 422, code: 'invalid_request', fields })
}
