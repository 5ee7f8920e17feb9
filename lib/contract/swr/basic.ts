import { z } from 'zod'
import { type Operations, operation } from '../operation'
import { pairedQuery, wholeNumber } from '../paging'
import { flag, listOf, number, row, text } from '../parse'
import { longestTag, organizationName } from '../vocabulary'

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

export type BasicRepository = z.output<typeof repository>
export type BasicTag = z.output<typeof tag>

export const basicOperations = {
  organizationList: operation({ response: z.looseObject({ namespaces: listOf(organization, {}) }) }),
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
  regionList: operation({ response: listOf(row({ regionID: text }), {}) }),
  manualSync: operation({
    body: z.strictObject({
      imageTag: z.array(z.string().min(1)).min(1),
      override: z.boolean().optional(),
      remoteNamespace: z.string().regex(organizationName),
      remoteRegionId: z.string().min(1),
    }),
    // Ambiguous (docs/swr-api.md section 11): tags that the service names, for better or worse.
    response: listOf(z.string(), ''),
  }),
} satisfies Operations
