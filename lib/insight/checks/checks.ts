import 'server-only'
import { setImmediate as others } from 'node:timers/promises'
import { cached, cacheKeyPrefix } from '../../cache'
import type { Findings } from '../../contract/console/checks'
import type { Replication, ReplicationBody } from '../../contract/swr/replication'
import { checks } from '../../policy/checks/checks'
import { findingId } from '../../policy/checks/finding-id'
import type { InstanceLocation } from '../../routes'
import type { ConsoleHandlers, ConsoleRequest } from '../handler'
import { withMutes } from './mutes'
import { type CheckSources, fetchCheckSources } from './sources'

/** Milliseconds after which others are served, and after which what was found so far has to do. */
const sliceMs = 15
const maxWorkMs = 10_000

async function checked({ subject, look }: CheckSources, only?: number): Promise<Findings> {
  const until = performance.now() + maxWorkMs
  const steps = checks(subject, only)
  let next = performance.now() + sliceMs
  let step = steps.next()
  while (!step.done && performance.now() < until) {
    if (performance.now() >= next) {
      await others()
      next = performance.now() + sliceMs
    }
    step = steps.next()
  }
  const unread = step.done ? look.unread : [...look.unread, 'time' as const]
  return {
    ...look,
    complete: unread.length === 0,
    unread,
    findings: step.value.findings.map((finding) => ({ ...finding, id: findingId(finding), muted: null })),
    more: step.value.more,
  }
}

const placeOf = ({ params }: Pick<ConsoleRequest<'checkList'>, 'params'>): InstanceLocation => ({
  connection: params.connection,
  instance: params.instance_id,
})

/** While the images are being listed there is more to be seen every moment. */
const keeping = { freshMs: ({ refreshing }: Findings) => (refreshing ? 1_000 : 15_000), keepMs: 60_000 }

export const checkList: ConsoleHandlers<'checkList'>['checkList'] = async (request) => {
  const place = placeOf(request)
  const key = `${cacheKeyPrefix(place.connection, place.instance)}checks`
  const { value, refreshing } = await cached(key, keeping, async () =>
    checked(await fetchCheckSources(request.actor, place)),
  )
  return withMutes(request.known.db, place, { ...value, refreshing: value.refreshing || refreshing })
}

/** The policy as it would be read after saving, and enabled: what it would do then is what is asked. */
const saved = (
  id: number,
  { src_registry: source, dest_registry: destination, ...body }: ReplicationBody,
): Replication => ({
  ...body,
  enabled: true,
  id,
  src_registry: source ?? { id: 0 },
  dest_registry: destination ?? { id: 0 },
  content_hash: '',
})

export const checkDraft: ConsoleHandlers<'checkDraft'>['checkDraft'] = async (request) => {
  const { id, policy } = request.body
  const draft = saved(id, policy)
  const sources = await fetchCheckSources(request.actor, placeOf(request), (policies) => [
    ...policies.filter((each) => each.id !== id),
    draft,
  ])
  return checked(sources, id)
}
