import 'server-only'
import type { SyncPlan } from '../../../contract/console/sync'
import type { PlanCode, SendMode } from '../../../contract/console/sync-vocabulary'
import type { SyncRequest } from '../../../contract/v1/sync'
import { callConsole } from '../../console'
import { type PublicHandlers, type PublicRequest, publicUrl } from '../request'

/** What is named, by repository in the order of the request; a tag that is named twice is one. */
function imagesOf({ images }: SyncRequest) {
  const tags = new Map<string, Set<string>>()
  const add = (repository: string, tag: string) => tags.set(repository, (tags.get(repository) ?? new Set()).add(tag))
  for (const image of images) {
    if ('reference' in image) {
      // The contract has seen to it that the last colon stands before the tag.
      const colon = image.reference.lastIndexOf(':')
      add(image.reference.slice(0, colon), image.reference.slice(colon + 1))
    } else for (const tag of image.tags) add(image.repository, tag)
  }
  return [...tags].map(([repository, named]) => ({ repository, tags: [...named] }))
}

type Planned = Pick<PublicRequest<'syncPlanShow'>, 'actor' | 'body'> & {
  readonly params: { readonly connection: string }
}

const planOf = ({ actor, params, body }: Planned): Promise<SyncPlan> =>
  callConsole(actor, 'syncPlanShow', {
    params: { connection: params.connection },
    // Whoever asks here has often just pushed what is to be sent.
    body: { images: imagesOf(body), targets: body.targets, fresh: true },
  })

/** What a plan says, cell by cell. */
const cellsOf = ({ targets, rows }: SyncPlan) =>
  rows.flatMap(({ repository, tag, digest, size, plans, reasons }) =>
    targets.flatMap(({ region, organization }, index) => {
      const [plan, reason] = [plans[index], reasons[index] ?? null]
      return plan === undefined ? [] : [{ repository, tag, region, organization, plan, reason, digest, size }]
    }),
  )

/** How what has been planned so is sent. */
function modeOf(plan: PlanCode | undefined, { override, sendSame }: SyncRequest): SendMode {
  const send = override ? 'overwrite' : 'send'
  if (plan === 'new' || plan === 'not_visible') return send
  if (plan === 'same') return sendSame ? send : 'leave'
  return plan === 'different' && override ? send : 'leave'
}

export const syncPlanHandlers: PublicHandlers<'syncPlanShow' | 'syncJobStart'> = {
  async syncPlanShow(request) {
    const plan = await planOf(request)
    return {
      cells: cellsOf(plan).map(({ digest, size, reason, ...cell }) => ({
        ...cell,
        ...(reason !== null && { reason }),
        // Nothing is known of what is not there.
        ...(digest !== '' && { digest, size }),
      })),
      checks: plan.targets.flatMap(({ region, organization, checks }) =>
        checks.map(({ code, state, at }) => ({ region, organization, code, state, at })),
      ),
    }
  },

  async syncJobStart(request) {
    const { actor, known, params, body } = request
    const plan = await planOf(request)
    const rows = plan.rows.map(({ repository, tag, digest, size, plans, reasons }) => ({
      ...{ repository, tag, digest, size, plans, reasons },
      send: plan.targets.map((_, index) => modeOf(plans[index], body)),
    }))
    const targets = plan.targets.map(({ region, organization, connection }) => ({ region, organization, connection }))
    const { job } = await callConsole(actor, 'syncJobStart', {
      params: { connection: params.connection },
      // Who counts states must not see green alone where something named is not sent.
      body: { targets, rows, wantsAll: true },
    })
    const id = String(job.id)
    return { id, url: publicUrl.syncJob(known, params.connection, id) }
  },
}
