import { z } from 'zod'
import {
  decisionReasons,
  decisions,
  dryRunStates,
  lockReasons,
  retentionRunStates,
} from '../console/retention-vocabulary'
import { moment } from '../freshness'
import { problemCodes } from '../problem'
import { retentionBody } from '../swr/retention'
import { created, version, waiting } from './fields'

const amount = z.object({
  images: z.number(),
  tags: z.number(),
  bytes: z.number().meta({ description: 'An upper limit: images share layers.' }),
})

const artifact = z.object({ digest: z.string(), tags: z.array(z.string()) })
/** Names are in full, `payments/team/api`. */
const repositoriesOf = <Artifact extends z.ZodType>(each: Artifact) =>
  z.array(z.object({ name: z.string(), artifacts: z.array(each) }))

/** SWR's own verdict; `unknown` where it says nothing that can be read. */
const verdict = z.enum(['keep', 'delete', 'unknown'])
const reason = z.enum(decisionReasons)

/** An id as it was answered, or as the number that it is. */
const idOf = z.union([z.number().int().min(1), z.string().regex(/^[1-9]\d{0,14}$/, 'not_an_id')])

const retentionDecide = {
  body: z
    .strictObject({
      namespace: z.string().min(1).max(64),
      rules: retentionBody.shape.rules.max(100),
      algorithm: z.string().max(64).optional(),
    })
    .meta({ description: 'Rules in the shape of SWR; nothing is saved.' }),
  response: z.object({
    now: moment.meta({ description: 'The time that was decided for.' }),
    at: moment.meta({ description: 'When the images were listed.' }),
    complete: z.boolean().meta({ description: 'False: some images could not be listed.' }),
    refused: z.boolean().meta({ description: 'True: a run with these rules fails before it deletes anything.' }),
    repositories: repositoriesOf(
      artifact.extend({
        decision: z.enum(decisions),
        rule: z.number().optional().meta({ description: 'Place of the first rule that keeps it, from 0.' }),
        because: reason.optional(),
        immutable: z.number().optional().meta({ description: 'Id of the immutable tag rule that holds it.' }),
      }),
    ),
    totals: z.object({ keep: amount, delete: amount, untouched: amount, unsure: amount }),
  }),
}

const armed = z.object({
  state: z.enum(['armed', 'locked']),
  because: z.enum(lockReasons).optional(),
  dryRun: z.string().optional().meta({ description: 'The dry run that opens it, or the newest.' }),
  until: moment.optional(),
})

const archive = z.object({ registry: z.number(), namespace: z.string(), days: z.number() })

const retentionShow = {
  response: z.object({
    id: z.number(),
    name: z.string(),
    namespace: z.string(),
    enabled: z.boolean().nullable(),
    algorithm: z.string(),
    rules: z.array(z.looseObject({})).meta({ description: 'In the shape of SWR.' }),
    trigger: z.looseObject({}).nullable(),
    content: z.string().meta({ description: 'Hash of what decides: algorithm, rules and trigger.' }),
    armed,
    aboveCeiling: z.boolean().meta({ description: 'The dry run deletes more than one person may have deleted.' }),
    archive: archive.nullable().meta({ description: 'Where copies go. Null: what is deleted cannot be brought back.' }),
    inUse: z
      .object({
        images: z.number(),
        examples: z.array(z.string()),
        clusters: z.array(z.string()),
        old: z.array(z.string()),
      })
      .meta({
        description: 'What the dry run deletes and what runs somewhere; `old`: clusters whose list has expired.',
      }),
    run: z.string().nullable().meta({ description: 'A run that has not ended.' }),
  }),
}

const dryRunShow = {
  query: z.strictObject(waiting),
  response: z.object({
    id: z.string(),
    state: z.enum(dryRunStates),
    failure: z.string().optional(),
    text: z.string().meta({ description: 'SWR’s own words of a failure.' }),
    at: moment,
    content: z.string(),
    repositories: repositoriesOf(artifact.extend({ decision: verdict })).meta({ description: 'Once it is done.' }),
    differences: z
      .array(
        artifact.extend({
          repository: z.string(),
          decision: verdict,
          ours: z.enum(decisions).meta({ description: 'What the console has worked out.' }),
          because: reason.optional(),
        }),
      )
      .meta({ description: 'Where SWR and the console decide otherwise.' }),
    totals: z.object({ keep: amount, delete: amount, unknown: amount, differences: z.number() }),
    seen: z.boolean().meta({ description: 'Somebody has read the finished result; this answer counts.' }),
    until: moment.nullable().meta({ description: 'Until when it opens the lock.' }),
    version,
  }),
}

const runStart = {
  body: z.strictObject({
    confirm: z.string().max(64).meta({ description: 'The name of the namespace.' }),
    dryRun: idOf,
    reason: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .optional()
      .meta({ description: 'For the audit log. An admin’s also accepts that images go which run somewhere.' }),
    withoutCopy: z
      .boolean()
      .default(false)
      .meta({ description: 'Has to be true where what is deleted cannot be brought back.' }),
    expect: z
      .strictObject({
        archive: archive
          .nullable()
          .optional()
          .meta({ description: 'As the policy says it; null: nothing comes back.' }),
        images: z.number().int().min(0).optional(),
        tags: z.number().int().min(0).optional().meta({ description: 'That go by the dry run.' }),
      })
      .optional()
      .meta({ description: 'What must still be so: another archive or other numbers refuse the run.' }),
  }),
  response: created,
}

const runShow = {
  query: z.strictObject(waiting),
  response: z.object({
    id: z.string(),
    state: z.enum(retentionRunStates),
    code: z.enum(problemCodes).optional().meta({ description: 'Why it was refused, such as `retention_outdated`.' }),
    failure: z.string().optional(),
    text: z.string(),
    at: moment,
    ended: moment.nullable(),
    dryRun: z.string(),
    content: z.string(),
    planned: amount,
    deleted: amount.meta({ description: 'What SWR says it has deleted.' }),
    copies: z.object({ done: z.number(), failed: z.number(), total: z.number() }),
    version,
  }),
}

export const retentionSchemas = {
  retentionDecide,
  retentionShow,
  retentionDryRunStart: { response: created },
  retentionDryRunShow: dryRunShow,
  retentionRunStart: runStart,
  retentionRunShow: runShow,
} as const
