import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConsoleOutput } from '../../contract/console/schemas'
import type { TestMember } from '../../testing/console'
import { longestStall } from '../../testing/longest-stall'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'

const maxStallMs = 250

let console_: SandboxedConsole
let viewer: TestMember

beforeAll(async () => {
  console_ = await startOnSandbox()
  viewer = await console_.member('viewer')
})
afterAll(() => console_.close())

const policy = (id: number, cron: string) => ({
  id,
  name: `p${id}`,
  src_registry: { id: 0 },
  dest_registry: { id: 3 },
  filters: [{ type: 'name', value: 'library/**' }],
  repo_scope_mode: 'regular',
  trigger: { type: 'scheduled', trigger_settings: { cron } },
  enabled: true,
})

test.each(['0 5 4 29 2 *', '0 30 3 1 1 *', '0 */10 * * * *'])(
  '237 policies with the schedule %s are listed at once, and let others be served',
  async (cron) => {
    const instance_id = await console_.instance({
      registries: [{ id: 3, name: 'harbor' }],
      policies: Array.from({ length: 237 }, (_, index) => policy(index + 1, cron)),
    })
    const list = async (): Promise<ConsoleOutput<'replicationIndex'>> => {
      const params = { connection: 'default', instance_id }
      return (await console_.own(viewer, 'replicationIndex', { params, query: {} })).json()
    }
    // Now everything is read, and what is left is the console's own work.
    expect((await list()).all).toBe(237)
    const lists = async () => {
      for (let time = 0; time < 5; time++) expect((await list()).rows[0]?.next).toEqual(expect.any(String))
    }
    const before = process.cpuUsage()
    await lists()
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 1000 / 5).toBeLessThan(500)
    expect(await longestStall(lists, maxStallMs)).toBeLessThan(maxStallMs)
  },
)
