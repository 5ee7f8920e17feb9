import 'server-only'
import type { Db } from '../../db/schema'
import type { SyncCellRow } from '../../db/sync-cells'
import { config } from '../../env/config'
import { currentRole } from '../../jobs/actor-role'
import type { Job } from '../../jobs/job'
import type { SyncJobData } from './job-type'

/** The connection that lists a target; null where none does. */
export type Lister = (cell: Pick<SyncCellRow, 'target'>) => string | null

/**
 * Which connections list the targets now: those that still stand for their region, and that whoever started the job may still
 * use. Of who is gone altogether nobody reads by them any more, and what was sent is to be known.
 */
export async function listerOf(db: Db, { actorId, connection: source, data }: Job<SyncJobData>): Promise<Lister> {
  const isGone = (await currentRole(db, actorId, source)) === null
  const listers = await Promise.all(
    data.targets.map(async ({ connection, region }) => {
      const known = config().connections.find(({ id }) => id === connection)
      if (known?.region !== region) return null
      return isGone || (await currentRole(db, actorId, known.id)) !== null ? known.id : null
    }),
  )
  return ({ target }) => listers[target] ?? null
}
