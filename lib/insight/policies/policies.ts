import 'server-only'
import { type Kept, kept, workOf } from '../../cache'
import type { Actor } from '../../contract/actor'
import type { Registry } from '../../contract/swr/registry'
import type { Replication } from '../../contract/swr/replication'
import type { Retention } from '../../contract/swr/retention'
import type { InstanceAt } from '../../routes'
import { call } from '../../swr/client'
import { allPages, once, type Page, type Pages } from '../paginate'

const paramsOf = ({ instance }: InstanceAt) => ({ params: { instance_id: instance } })

const keeping = { fresh: 15_000, keep: 60_000 }
/** Quotas are far below. */
const most = 5_000

/** One of an instance's lists, each row once. */
const listOf = <Row extends { id?: number | undefined }>(
  { connection, instance }: InstanceAt,
  name: string,
  ask: (page: { offset: number; limit: number }) => Promise<Page<Row>>,
): Promise<Kept<Pages<Row>>> =>
  kept(`${workOf(connection, instance)}${name}`, keeping, async () => once(await allPages(ask, { most })))

/** All replication policies of an instance, oldest first: new ones come to the last page and move no other. */
export const policiesOf = (actor: Actor, at: InstanceAt): Promise<Kept<Pages<Replication>>> =>
  listOf(at, 'policies', async (page) => {
    const asked = { ...paramsOf(at), query: { ...page, order_column: 'created_at', order_type: 'asc' } } as const
    const { policies, total } = await call(actor, at.connection, 'replicationList', asked)
    return { rows: policies, total }
  })

/** All retention policies of an instance. */
export const retentionsOf = (actor: Actor, at: InstanceAt): Promise<Kept<Pages<Retention>>> =>
  listOf(at, 'retentions', async (query) => {
    const { retentions, total } = await call(actor, at.connection, 'retentionList', { ...paramsOf(at), query })
    return { rows: retentions, total }
  })

/** All registries of an instance. */
export const registriesOf = (actor: Actor, at: InstanceAt): Promise<Kept<Pages<Registry>>> =>
  listOf(at, 'registries', async (query) => {
    const { registries, total } = await call(actor, at.connection, 'registryList', { ...paramsOf(at), query })
    return { rows: registries, total }
  })
