import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jobs } from '../../db/job-tables'
import { insertCells } from '../../db/sync-cells'
import { insertJob } from '../../jobs/store'
import type { TestMember } from '../../testing/console'
import { databases } from '../../testing/database'
import { type SyncConsole, startSyncConsole } from '../../testing/sync-console'
import { syncJobType } from './job-type'

const data = { targets: [], repositories: 1, tags: 1, bytes: 1, throttledUntil: null, throttledBy: null }
const cell = { index: 0, target: 0, digest: '', size: 1, overwrite: false, state: 'verified', reason: null } as const

describe.each(databases())('the history of manual syncs on $name', ({ open }) => {
  let console_: SyncConsole
  let viewer: TestMember
  beforeAll(async () => {
    console_ = await startSyncConsole({ opening: open(), works: false })
    viewer = await console_.member('viewer')
  })
  afterAll(() => console_.close())

  async function enter(connection: string, repository: string, tag: string) {
    const whose = { actorId: 'a', actorName: 'ann', role: 'operator' as const }
    const { id } = await insertJob(console_.db, syncJobType, { connection, ...whose, size: 1, data })
    await insertCells(console_.db, id, 0, [{ ...cell, repository, tag }])
    return id
  }
  const found = async (search: string) => {
    const { jobs: rows, total } = await console_.ok(viewer, 'syncJobList', { query: { search } })
    expect(total).toBe(rows.length)
    return rows.map(({ id }) => id)
  }
  /** As many jobs as that, without cells. */
  const more = (count: number, connection: string) =>
    console_.db.execute(sql`
      insert into ${jobs} (kind, at, ended_at, until, holder, connection, actor_id, actor_name, role, size, data)
      select ${syncJobType.kind}, now(), now(), now(), '', ${connection}, 'a', 'ann', 'operator', 1,
        ${JSON.stringify(data)}::jsonb
      from generate_series(1, ${count})`)

  test('is searched for repositories and tags, in the thousand newest jobs of the connection', async () => {
    const api = await enter('default', 'team/api', 'v1')
    const web = await enter('default', 'team/web', 'v2_api')
    await enter('europe', 'team/api', 'v1')
    expect(await found('API')).toEqual([web, api])
    expect(await found('v2_')).toEqual([web])
    expect(await found('_')).toEqual([web])
    expect(await found('nothing')).toEqual([])
    // Those of another connection do not count.
    await more(1_000, 'europe')
    await more(998, 'default')
    expect(await found('api')).toEqual([web, api])
    await more(1, 'default')
    expect(await found('api')).toEqual([web])
  })
})
