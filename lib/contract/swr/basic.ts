import { z } from 'zod'
import { type Operations, operation } from '../operation'
import { pairedQuery, wholeNumber } from '../paging'
import { flag, listOf, nothing, number, row, text } from '../parse'
import { autoSyncRunFilter, longestTag, organizationName } from '../vocabulary'

/** Largest page of a Basic Edition list (docs/swr-api.md section 7). Offset and limit are texts on the wire and go together. */
export const maxBasicPageSize = 1000
const page = { offset: wholeNumber(0).optional(), limit: wholeNumber(1, maxBasicPageSize).optional() }

const organization = row({ id: number, name: text, creator_name: text, auth: number })
/** `name` may hold slashes; `path.ts` writes them as `$`. */
const repository = row({
  name: text,
  namespace: text,
  num_images: number,
  size: number,
  is_public: flag,
  updated_at: text,
})
/** `Tag` has a capital letter on the wire. */
const tag = row({ id: number, Tag: text, digest: text, size: number, created: text, updated: text })

/** `namespace` organizations, `repository` repositories, `tag` tags of one repository (docs/swr-api.md section 11). */
const quota = row({ quota_key: text, quota_limit: number, used: number, unit: text })
/** Only what the console asks about; the others ride along. */
const gates = row({ enable_image_sync: flag, enable_image_quota: flag })
/** A newer page knows elements without `regionID`: those are no region to send to. */
const region = row({ regionID: text, region_name: text, registryURL: text })
const place = { remoteRegionId: text, remoteNamespace: text }
const autoSync = row({ ...place, id: number, override: flag, syncAuto: flag, createdAt: text, updatedAt: text })
/** A run for one tag. Words of `status` are in docs/swr-api.md section 11; none says why it failed. */
const autoSyncRun = row({
  ...place,
  id: number,
  tag: text,
  status: text,
  override: flag,
  createdAt: text,
  updatedAt: text,
})
const target = { remoteNamespace: z.string().regex(organizationName), remoteRegionId: z.string().min(1) }

export type BasicRepository = z.output<typeof repository>
export type BasicTag = z.output<typeof tag>
export type AutoSyncRun = z.output<typeof autoSyncRun>

export const basicOperations = {
  organizationList: operation({ response: z.looseObject({ namespaces: listOf(organization, {}) }) }),
  organizationShow: operation({ response: organization }),
  organizationCreate: operation({
    body: z.strictObject({ namespace: z.string().regex(organizationName) }),
    response: nothing,
  }),
  basicQuotaList: operation({
    // Both together name a repository, whose tags are counted then.
    query: z.union([
      z.strictObject({}),
      z.strictObject({ namespace: z.string().min(1), repository: z.string().min(1) }),
    ]),
    response: z.looseObject({ quotas: listOf(quota, {}) }),
  }),
  basicFeatureGateShow: operation({ response: gates }),
  agencyShow: operation({ response: row({ domain_id: text, is_agency: flag }) }),
  basicRepositoryList: operation({
    query: pairedQuery({ ...page, namespace: z.string().optional(), name: z.string().optional() }),
    response: z.object({ items: listOf(repository, {}), total: number }),
  }),
  basicTagList: operation({
    query: pairedQuery({
      ...page,
      order_column: z.enum(['updated_at', 'tag']).optional(),
      order_type: z.enum(['asc', 'desc']).optional(),
      // Whether a part of the name is enough is not documented (docs/swr-api.md section 7).
      tag: z.string().min(1).max(longestTag).optional(),
    }),
    response: z.object({ items: listOf(tag, {}), total: number }),
  }),
  regionList: operation({ response: listOf(region, {}) }),
  manualSync: operation({
    body: z.strictObject({
      imageTag: z.array(z.string().min(1)).min(1),
      override: z.boolean().optional(),
      ...target,
    }),
    // Ambiguous (docs/swr-api.md section 11): tags that the service names, for better or worse.
    response: listOf(z.string(), ''),
  }),
  autoSyncList: operation({ response: listOf(autoSync, {}) }),
  autoSyncCreate: operation({
    // SWR stores a rule with `syncAuto: false`, never lists it, and refuses the next one for the same target.
    body: z.strictObject({ ...target, syncAuto: z.literal(true), override: z.boolean().optional() }),
    response: nothing,
  }),
  // Loose: a rule that was made elsewhere may name what no rule of ours would let through.
  autoSyncDelete: operation({
    body: z.strictObject({ remoteNamespace: z.string().min(1), remoteRegionId: z.string().min(1) }),
    response: nothing,
  }),
  autoSyncRunList: operation({
    query: z.strictObject({ filter: z.string().regex(autoSyncRunFilter) }),
    response: z.object({ items: listOf(autoSyncRun, {}), total: number }),
  }),
} satisfies Operations
