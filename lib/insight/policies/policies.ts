import 'server-only'
import { type Cached, type CachePolicy, cached, cacheKeyPrefix } from '../../cache'
import type { Actor } from '../../contract/actor'
import type { Registry } from '../../contract/swr/registry'
import type { Replication } from '../../contract/swr/replication'
import type { Retention } from '../../contract/swr/retention'
import type { InstanceLocation } from '../../routes'
import { requestSwr } from '../../swr/client'
import type { Page, Pages } from '../paginate'
import type { ChangingRow } from './changes'
import { type KeptList, readList, refreshList } from './kept-list'

const paramsOf = ({ instance }: InstanceLocation) => ({ params: { instance_id: instance } })

/** A list that says its age is better than none while SWR is asked. */
export const keepListMs = 15 * 60_000
/** How old what is worked out from a list may be, where nothing says so. */
const giveMs = 60_000
/** A list that took many requests is good for longer: so many milliseconds for each, which is 150 a minute. */
const freshMsPerCall = 400

interface PageQuery {
  readonly offset: number
  readonly limit: number
}

const keyOf = ({ connection, instance }: InstanceLocation, name: string) =>
  `${cacheKeyPrefix(connection, instance)}${name}`

const keeping = <Row>(oldestMs: number): CachePolicy<KeptList<Row>> => ({
  freshMs: ({ calls }) => Math.max(15_000, calls * freshMsPerCall),
  keepMs: keepListMs,
  giveMs: oldestMs,
  rows: ({ rows }) => rows.length,
})

/** One of an instance's lists that SWR cannot sort by time of change. */
const listOf = <Row extends ChangingRow>(
  at: InstanceLocation,
  name: string,
  ask: (page: PageQuery) => Promise<Page<Row>>,
): Promise<Cached<KeptList<Row>>> =>
  cached<KeptList<Row>>(keyOf(at, name), keeping(giveMs), (before) => readList(ask, before))

/**
 * All replication policies of an instance, oldest first: new ones come to the last page and move no other. At most `oldestMs`
 * old; what SWR's times of change do not tell of may be five minutes older (docs/decisions/0029-changes-on-top.md).
 */
export const fetchPolicies = (
  actor: Actor,
  at: InstanceLocation,
  oldestMs = giveMs,
): Promise<Cached<Pages<Replication>>> =>
  cached<KeptList<Replication>>(keyOf(at, 'policies'), keeping(oldestMs), (before, written) => {
    const by =
      (order_column: 'created_at' | 'updated_at', order_type: 'asc' | 'desc') =>
      async ({ offset, limit }: PageQuery) => {
        const query = { offset, limit, order_column, order_type }
        const input = { ...paramsOf(at), query }
        const { policies, total } = await requestSwr(actor, at.connection, 'replicationList', input)
        return { rows: policies, total }
      }
    return refreshList({ byCreation: by('created_at', 'asc'), byChange: by('updated_at', 'desc') }, before, written)
  })

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
