import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Retention } from '../../contract/swr/retention'
import { withNamespaceLease } from '../../swr/writes/arming'
import type { TestMember } from '../../testing/console'
import { dailyTags, heldPolicy, heldRule, namespace } from '../../testing/held-retention'
import { inHours } from '../../testing/in-hours'
import { type RetentionConsole, startRetentionConsole } from '../../testing/retention-console'
import { atNext } from '../../testing/swr-hooks'

/* Which schedules are switched off before a rule holds less, and what is said when not all goes well. */

vi.mock('../../swr/client', async (original) => (await import('../../testing/swr-hooks')).hooked(original))
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let console_: RetentionConsole
let admin: TestMember

beforeAll(async () => {
  console_ = await startRetentionConsole()
  admin = await console_.member('admin')
})
afterAll(() => console_.close())

const trigger = { type: 'scheduled', trigger_settings: { cron: inHours(12) } }
const schedule = (id: number, name: string) => heldPolicy({ id, name, trigger, enabled: true })
const make = (retentions: readonly object[] = [schedule(7, 'clean-up')]) =>
  console_.make({
    repositories: [{ name: 'api', tags: dailyTags(6) }],
    content: { immutableRules: [heldRule(9, 'v1')], retentions },
  })

async function rules() {
  const answer = await console_.swr(admin, 'immutableRuleList', { params: { instance_id: console_.instanceId } })
  return (await answer.json()).immutable_rules
}

async function remove() {
  const [{ content_hash: ifMatch }] = await rules()
  const params = { instance_id: console_.instanceId, namespace_name: namespace, immutable_rule_id: '9' }
  const answer = await console_.swr(admin, 'immutableRuleDelete', { params, ifMatch })
  return { status: answer.status, json: await answer.json() }
}

/** Names of the policies that are on. */
async function areOn() {
  const answer = await console_.swr(admin, 'retentionList', { params: { instance_id: console_.instanceId } })
  const { retentions }: { retentions: Retention[] } = await answer.json()
  return retentions.filter(({ enabled }) => enabled).map(({ name }) => name)
}

/** The next list of policies says this of where they are. */
const listedWith = (place: Pick<Retention, 'namespace_id' | 'namespace_name'>) =>
  atNext('retentionList', async (answer) => {
    const { retentions, total } = (await answer()) as { retentions: Retention[]; total?: number }
    const without = ({ namespace_id: _, namespace_name: _name, ...rest }: Retention) => ({ ...rest, ...place })
    return { total, retentions: retentions.map(without) }
  })

test.each([
  ['is known by the number of its namespace alone', { namespace_id: 1 }, []],
  ['is of another number', { namespace_id: 2 }, ['clean-up']],
])('a schedule that %s', async (_, place, on) => {
  await make()
  listedWith(place)
  expect(await remove()).toMatchObject({ status: 200 })
  expect(await areOn()).toEqual(on)
})

test('where SWR does not say of which namespace a schedule is, the rule stays', async () => {
  await make()
  listedWith({})
  expect(await remove()).toMatchObject({ status: 502, json: { code: 'swr_unreadable' } })
  expect([await rules(), await areOn()]).toMatchObject([[{ id: 9 }], ['clean-up']])
})

test('schedules that were switched off before another one could not be are named', async () => {
  await make([schedule(8, 'nightly'), schedule(7, 'fault-400')])
  expect(await remove()).toMatchObject({ json: { code: 'swr_invalid', switchedOff: ['nightly'] } })
  expect([await rules(), await areOn()]).toMatchObject([[{ id: 9 }], ['fault-400']])
})

test('so are those that were switched off before the rule itself was refused', async () => {
  await make()
  atNext('retentionShow', async (answer) => {
    await console_.outside('DELETE', `namespaces/${namespace}/immutabletagrules/9`)
    return await answer()
  })
  const { status, json } = await remove()
  expect([status >= 400, json.switchedOff]).toEqual([true, ['clean-up']])
  expect(await areOn()).toEqual([])
})

test('whoever waits too long for somebody who arms the namespace is told so', async () => {
  await make()
  const place = { connection: 'default', instance: console_.instanceId, namespace }
  await withNamespaceLease(console_.db, place, async () => {
    expect(await remove()).toMatchObject({ status: 409, json: { code: 'busy_here' } })
  })
  expect([await rules(), await areOn()]).toMatchObject([[{ id: 9 }], ['clean-up']])
})

test('a failure that came before anything was switched off names none', async () => {
  await make([schedule(8, 'fault-400')])
  const { json } = await remove()
  expect(json).toMatchObject({ code: 'swr_invalid' })
  expect(json).not.toHaveProperty('switchedOff')
})
