import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestMember } from '../../testing/console'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'

let console_: SandboxedConsole
let operator: TestMember

beforeAll(async () => {
  console_ = await startOnSandbox()
  operator = await console_.member('operator')
})
afterAll(() => console_.close())

const policy = {
  id: 7,
  name: 'from-hongkong',
  src_registry: { id: 5 },
  dest_registry: { id: 0 },
  filters: [{ type: 'name', value: 'shop/**' }],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual' },
  enabled: true,
}
const instanceWith = (type: string, more: object = {}) =>
  console_.instance({
    namespaces: [{ name: 'shop', repositories: [{ name: 'web', tags: ['v1'] }] }],
    registries: [{ id: 5, name: 'there', type, url: 'https://there.example.com' }],
    policies: [{ ...policy, ...more }],
  })
async function start(instance: string) {
  const params = { connection: 'default', instance_id: instance, policy_id: '7' }
  const body = { scope: [{ repository: 'shop/web', tags: ['v1'] }] }
  const answer = await console_.own(operator, 'partialRunStart', { params, body })
  return { status: answer.status, json: await answer.json() }
}

test('a part of a pull from the Basic Edition would copy everything: it is refused, and nothing is made', async () => {
  const instance = await instanceWith('huawei-SWR')
  expect(await start(instance)).toMatchObject({ status: 409, json: { code: 'pull_unfiltered' } })
  expect((await console_.received(instance)).filter(({ method }) => method !== 'GET')).toEqual([])
  expect((await console_.entries({ instance })).at(-1)).toMatchObject({ outcome: 'denied', code: 'pull_unfiltered' })
})

test.each([
  ['a pull from a Harbor', 'swr-pro', {}],
  ['a push to the Basic Edition', 'huawei-SWR', { src_registry: { id: 0 }, dest_registry: { id: 5 } }],
])('%s can be run in part', async (_, type, more) => {
  expect(await start(await instanceWith(type, more))).toMatchObject({ status: 200 })
})

test('a registry that cannot be read is no reason to guess', async () => {
  const instance = await instanceWith('huawei-SWR', { src_registry: { id: 6 } })
  expect(await start(instance)).toMatchObject({ status: 404, json: { code: 'swr_not_found' } })
})
