import { z } from 'zod'
import { moment } from '../freshness'
import { problemCodes } from '../problem'
import { mostCopiesDeleted } from '../vocabulary'
import { pageOf } from './paging'

/* What guards deletion: limits of an instance, its archive, and what runs in clusters. */

const archive = z.strictObject({
  /** A target registry of the instance, by its id. */
  registry: z.number().int().min(1),
  namespace: z.string().min(1).max(64),
  /** Days for which copies are meant to stay. */
  days: z.number().int().min(1).max(3650),
})

export const retentionLimits = z.strictObject({
  /** Hours for which a dry run opens the lock. */
  dryRunHours: z.number().min(0.1).max(720),
  /** Share of the tags to be deleted, 0 to 1, by which the outcome may change between dry run and run. */
  outdatedShare: z.number().min(0).max(1),
  /** What one person may have deleted by one run: tags, and their share of the namespace, 0 to 1. Null: no limit. */
  ceilingTags: z.number().int().min(0).max(1_000_000).nullable(),
  ceilingShare: z.number().min(0).max(1).nullable(),
  /** Hours for which the list of what runs in a cluster is believed. */
  inUseHours: z.number().min(0.1).max(8760),
  archive: archive.nullable(),
})
export type RetentionLimits = z.output<typeof retentionLimits>

export const defaultRetentionLimits: RetentionLimits = {
  dryRunHours: 24,
  outdatedShare: 0.05,
  ceilingTags: null,
  ceilingShare: null,
  inUseHours: 24,
  archive: null,
}

const { ceilingTags, ceilingShare } = retentionLimits.shape

/** A higher ceiling that an admin asks for. Until another one has confirmed it, that of the limits counts. */
const ceilingRequest = z.object({
  id: z.number(),
  ceilingTags,
  ceilingShare,
  actorId: z.string(),
  actorName: z.string(),
  reason: z.string().nullable(),
  at: moment,
  until: moment,
})
export type CeilingRequest = z.output<typeof ceilingRequest>

export const retentionSettingsShow = {
  response: z.object({
    limits: retentionLimits,
    changed: z.object({ name: z.string(), at: moment }).nullable(),
    request: ceilingRequest.nullable(),
    /** Of the limits and what is asked for: a change names the one that it was made on. */
    content_hash: z.string(),
    /** Admins besides the one who asks: without one nobody can confirm. */
    otherAdmins: z.number(),
  }),
}
export type RetentionSettings = z.output<typeof retentionSettingsShow.response>
export const retentionSettingsUpdate = { body: retentionLimits, response: retentionSettingsShow.response }

const byRequest = {
  body: z.strictObject({ request: z.number().int().min(1) }),
  response: retentionSettingsShow.response,
}
export const retentionCeilingConfirm = byRequest
export const retentionCeilingWithdraw = byRequest

/** Names are null where no connection of the console leads there. */
export const archiveNamespaceList = { response: z.object({ names: z.array(z.string()).nullable() }) }

const copy = z.object({
  run: z.number(),
  index: z.number(),
  repository: z.string(),
  digest: z.string(),
  tags: z.array(z.string()),
  size: z.number(),
  at: moment,
  /** When its time is over: it is never deleted by itself. */
  until: moment,
  /** In the archive, in full; empty where it cannot be listed. */
  place: z.string(),
  /** The archive is an instance of one of the console's connections: the copy can be deleted from here. */
  deletable: z.boolean(),
})
export const archiveCopyList = {
  query: z.strictObject({ ...pageOf(200), overdue: z.enum(['true', 'false']).optional() }),
  response: z.object({ copies: z.array(copy), total: z.number(), overdue: z.number() }),
}
export const archiveCopyDelete = {
  body: z.strictObject({
    copies: z
      .array(z.strictObject({ run: z.number().int(), index: z.number().int() }))
      .min(1)
      .max(mostCopiesDeleted),
  }),
  response: z.object({
    deleted: z.number(),
    failed: z.array(
      z.object({
        run: z.number(),
        index: z.number(),
        code: z.enum(problemCodes),
        /** What SWR said, with its code and the id of the request; empty where the console refused. */
        text: z.string(),
      }),
    ),
  }),
}

const cluster = z.object({
  cluster: z.string(),
  /** References that were read, each once. */
  images: z.number(),
  at: moment,
  /** When it is no longer believed. */
  expires: moment,
  actorName: z.string(),
})
export const inUseList = { response: z.object({ clusters: z.array(cluster) }) }
export const inUseDelete = { response: z.object({}) }

/** `kubectl get pods -A -o json` or a list of references, as text: what it is, it says itself. */
export const inUsePut = {
  body: z.strictObject({ text: z.string().max(32 * 1024 * 1024), hours: z.number().min(0.1).max(8760).optional() }),
  response: cluster.extend({
    /** Lines or containers that name no image that can be read. */
    unreadable: z.number(),
  }),
}
