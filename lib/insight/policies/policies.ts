import 'server-only'
import { type Cached, cached, cacheKeyPrefix } from '../../cache'
import type { Actor } from '../../contract/actor'
import type { Registry } from '../../contract/swr/registry'
import type { Replication } from '../../contract/swr/replication'
import type { Retention } from '../../contract/swr/retention'
import type { InstanceLocation } from '../../routes'
import { requestSwr } from '../../swr/client'
import { dedupe, fetchAllPages, type Page, type Pages } from '../paginate'

const paramsOf = ({ instance }: InstanceLocation) => ({ params: { instance_id: instance } })

/** A list that says its age is better than none while SWR is asked. */
export const keepListMs = 15 * 60_000
const keeping = { freshMs: 15_000, keepMs: keepListMs }
/** How old what is worked out from a list may be, where nothing says so. */
const giveMs = 60_000
/** Quotas are far below. */
const maxRows = 5_000

/** One of an instance's lists, each row once. */
const listOf = <Row extends { id?: number | undefined }>(
  { connection, instance }: InstanceLocation,
  name: string,
  ask: (page: { offset: number; limit: number }) => Promise<Page<Row>>,
  oldestMs = giveMs,
): Promise<Cached<Pages<Row>>> =>
  cached(`${cacheKeyPrefix(connection, instance)}${name}`, { ...keeping, giveMs: oldestMs }, async () =>
    dedupe(await fetchAllPages(ask, { maxRows })),
  )

/**
 * All replication policies of an instance, oldest first: new ones come to the last page and move no other. At most `oldestMs`
 * old.
 */
export const fetchPolicies = (
  actor: Actor,
  at: InstanceLocation,
  oldestMs?: number,
): Promise<Cached<Pages<Replication>>> =>
  listOf(
    at,
    'policies',
    async (page) => {
      const asked = { ...paramsOf(at), query: { ...page, order_column: 'created_at', order_type: 'asc' } } as const
      const { policies, total } = await requestSwr(actor, at.connection, 'replicationList', asked)
      return { rows: policies, total }
    },
    oldestMs,
  )

/** All retention policies of an instance. */
export const fetchRetentions = (actor: Actor, at: InstanceLocation): Promise<Cached<Pages<Retention>>> =>
  listOf(at, 'retentions', async (query) => {
    const { retentions, total } = await requestSwr(actor, at.connection, 'retentionList', { ...paramsOf(at), query })
    return { rows: retentions, total }
  })

/** All registries of an instance. */
export const fetchRegistries = (actor: Actor, at: InstanceLocation): Promise<Cached<Pages<Registry>>> =>
  listOf(at, 'registries', async (query) => {
    const { registries, total } = await requestSwr(actor, at.connection, 'registryList', { ...paramsOf(at), query })
    return { rows: registries, total }
  })
