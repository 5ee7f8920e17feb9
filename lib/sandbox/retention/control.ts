import { z } from 'zod'
import { defaultSizeBytes, signaturesOf } from '../builders'
import { type Act, json, missing } from '../control-act'
import { collectGarbage } from '../garbage-collection'
import { instanceRepositories } from '../repositories-to-make'
import { advance } from '../runs/advance'
import { heldText } from '../runs/copy-faults'
import { digestOf } from '../seed/random'
import { putImage } from '../stock'
import { microTime, never } from '../time'
import { isHeldTag } from './immutable'

/*
 * The control port's part for retention and the images of an instance.
 *
 * POST /instances takes in its content, beside the rest: immutableRules, retentionExecutions, retentionTasks,
 * retentionSubtasks, garbageCollections (rows, verbatim), gates, retentionMood. A tag may say how many `signatures` its image
 * has, and a repository what it holds `untagged: [{digest?, size?, pushed?, pulled?, signatures?}]`.
 *
 *   POST /images                    {instance, namespace, repositories: as with POST /instances}: pushes images at any time,
 *                                   in the middle of a run as well; a tag without digest is a new image each time, and a tag
 *                                   leaves the image that had it; 412 and nothing when an immutable tag rule holds one of them
 *   PUT  /retention                 {instance, immutableMatching?: 'old' | 'new', subtasks?: 'deleted' | 'all',
 *                                   patternErrors?: 'told' | 'lost', listedAfter?: seconds, standstill?: boolean,
 *                                   gates?: {gate: boolean}}: what is not given stays; `listedAfter` is how late an execution
 *                                   shows in its list, and during a `standstill` nothing moves in any
 *   POST /garbage-collections       {instance, dryRun?: false} → 201, the run: the bytes of what was deleted are free
 */

const mood = {
  immutableMatching: z.enum(['old', 'new']).optional(),
  subtasks: z.enum(['deleted', 'all']).optional(),
  patternErrors: z.enum(['told', 'lost']).optional(),
  listedAfter: z.number().min(0).optional(),
  standstill: z.boolean().optional(),
}
const rows = z.array(z.unknown()).default([])
const rowsById = z.record(z.string().regex(/^\d+$/), z.array(z.unknown())).default({})
const gates = z.record(z.string(), z.boolean()).default({})

/** What an instance may be made with. */
export const retentionContent = {
  immutableRules: rows,
  retentionExecutions: rows,
  retentionTasks: rowsById,
  retentionSubtasks: rowsById,
  garbageCollections: rows,
  gates,
  retentionMood: z.strictObject(mood).default({}),
}

const pushedImages = z.strictObject({ instance: z.string(), namespace: z.string(), repositories: instanceRepositories })
const changedMood = z.strictObject({ instance: z.string(), gates, ...mood })
const collection = z.strictObject({ instance: z.string(), dryRun: z.boolean().default(false) })

export const retentionActs: Readonly<Record<string, Act>> = {
  'POST /images'(world, body) {
    const { instance: id, namespace: name, repositories } = pushedImages.parse(body)
    const instance = world.instances.get(id)
    const namespace = instance?.namespaces.find((each) => each.name === name)
    if (!instance || !namespace) return missing(instance ? 'namespace' : 'instance')
    // What a run has done until now it did without them.
    advance(world, instance)
    const now = microTime(world.clock())
    const nextId = () => {
      instance.issued.content += 1
      return instance.issued.content
    }
    const held = repositories
      .flatMap(({ name: repository, tags }) =>
        tags.map((tag) => ({ repository, tag: tag.name, digest: 'digest' in tag ? tag.digest : undefined })),
      )
      .find((pushed) => isHeldTag(instance, namespace, pushed))
    if (held) return json(412, { error: heldText({ target: `${name}/${held.repository}`, tag: held.tag }) })
    for (const { name: repository, tags, untagged } of repositories)
      for (const image of [...tags, ...untagged.map((each) => ({ ...each, name: '' }))]) {
        const usual = { digest: undefined, size: defaultSizeBytes, pushed: now, pulled: never, signatures: 0 }
        const { name: tag, size, pushed, pulled, signatures, ...given } = { ...usual, ...image }
        const digest = given.digest ?? digestOf(`${name}/${repository}:${tag} pushed as ${nextId()}`)
        const accessories = signaturesOf(digest, signatures, nextId, pushed)
        const incoming = { digest, type: 'IMAGE', size, accessories } as const
        putImage(instance, { namespace, repository }, incoming, { tag, now: pushed, pulled })
      }
    return json(200, {})
  },

  'PUT /retention'(world, body) {
    const { instance: id, gates: changed, ...given } = changedMood.parse(body)
    const instance = world.instances.get(id)
    if (!instance) return missing('instance')
    advance(world, instance)
    instance.retentionMood = { ...instance.retentionMood, ...given }
    instance.gates = { ...instance.gates, ...changed }
    return json(200, { ...instance.retentionMood, gates: instance.gates })
  },

  'POST /garbage-collections'(world, body) {
    const { instance: id, dryRun } = collection.parse(body)
    const instance = world.instances.get(id)
    if (!instance) return missing('instance')
    advance(world, instance)
    return json(201, collectGarbage(world, instance, dryRun))
  },
}
