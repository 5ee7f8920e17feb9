import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestMember } from '../../testing/console'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'

let console_: SandboxedConsole
let admin: TestMember

beforeAll(async () => {
  console_ = await startOnSandbox()
  admin = await console_.member('admin')
})
afterAll(() => console_.close())

const scheduled = (cron: string) => ({ type: 'scheduled', trigger_settings: { cron } })
const body = (cron: string, more: object = {}) => ({
  name: 'nightly',
  dest_registry: { id: 3 },
  filters: [{ type: 'name', value: '**' }],
  repo_scope_mode: 'regular',
  trigger: scheduled(cron),
  enabled: true,
  ...more,
})
const instance = (cron: string) =>
  console_.instance({
    registries: [{ id: 3, name: 'remote', type: 'swr-pro' }],
    policies: [{ ...body(cron), id: 20, src_registry: { id: 0 } }],
  })
const writes = async (place: string) =>
  (await console_.received(place)).map(({ method }) => method).filter((method) => method !== 'GET')

const refused = { status: 422, code: 'invalid_request' }
const at = 'body.trigger.trigger_settings.cron'

test.each([
  ['0 2 * * *', 'cron_fields'],
  ['@daily', 'cron_fields'],
  ['0 0 0 * * 7', 'cron_syntax'],
  ['30 0 2 * * *', 'cron_seconds'],
  ['0 * 2 * * *', 'cron_minutes'],
  ['0 0 3 30 2 *', 'cron_never'],
])('a new policy with the schedule %s is refused at its field, before SWR is asked', async (cron, code) => {
  const place = await instance('0 0 2 * * *')
  const asked = { params: { instance_id: place }, body: body(cron, { name: 'another' }) }
  const answer = await console_.swr(admin, 'replicationCreate', asked)
  expect(await answer.json()).toEqual({ ...refused, fields: { [at]: code } })
  expect(await writes(place)).toEqual([])
})

async function update(place: string, sent: object) {
  const params = { instance_id: place, policy_id: '20' }
  const read = await (await console_.swr(admin, 'replicationShow', { params })).json()
  return console_.swr(admin, 'replicationUpdate', { params, body: sent, ifMatch: read.content_hash })
}

test('a schedule that was read stays, whatever rule it breaks, while other fields change', async () => {
  const place = await instance('@daily')
  // Whether SWR takes it is for SWR to say.
  expect((await update(place, body('@daily', { description: 'new', enabled: false }))).status).not.toBe(422)
  expect(await writes(place)).toEqual(['PUT'])
})

test('a schedule that is changed has to keep the rule', async () => {
  const place = await instance('@daily')
  expect(await (await update(place, body('@weekly'))).json()).toEqual({ ...refused, fields: { [at]: 'cron_fields' } })
  expect(await writes(place)).toEqual([])
  expect((await update(place, body('0 0 2 * * *'))).status).toBe(200)
})
