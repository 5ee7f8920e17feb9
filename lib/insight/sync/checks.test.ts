import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SyncConsole, startSyncConsole } from '../../testing/sync-console'

const europe = 'eu-west-101'
let console_: SyncConsole

beforeAll(async () => {
  console_ = await startSyncConsole({ works: false })
})
afterAll(() => console_.close())

test('a quota that SWR does not tell is unknown, not room enough', async () => {
  const operator = await console_.member('operator')
  await console_.control('POST', '/organizations', { name: 'quoted', repositories: [{ name: 'api', tags: ['v1'] }] })
  await console_.control('POST', '/organizations', { name: 'quoted', region: europe, repositories: [] })
  const quota = async () => {
    const plan = await console_.ok(operator, 'syncPlanShow', {
      body: {
        images: [{ repository: 'quoted/api', tags: ['v1'] }],
        targets: [{ region: europe, organization: 'quoted' }],
        fresh: true,
      },
    })
    return plan.targets[0]?.checks.find(({ code }) => code === 'quota')
  }
  // SWR tells one for repositories only while the gate for it is on.
  expect(await quota()).toMatchObject({ state: 'unknown', at: expect.any(String) })
  await console_.control('PUT', '/projects', { region: europe, imageQuota: true })
  expect(await quota()).toMatchObject({ state: 'ok', detail: { needed: 1, left: expect.any(Number) } })
})
