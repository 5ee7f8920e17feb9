import { createServer, type IncomingMessage, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../auth/actor'
import { parseEnv } from '../env'
import { call } from './call'
import { log } from './log'

/** An SWR that answers what the sandbox, being well behaved, never does. */
let odd: Server
let answer: (request: IncomingMessage) => { status: number; body: string }
const admin: Actor = { id: 'a', name: 'A', role: 'admin' }
const params = { instance_id: 'i', policy_id: '1' }

beforeAll(async () => {
  log.level = 'silent'
  odd = createServer((request, response) => {
    const { status, body } = answer(request)
    response.writeHead(status, { 'x-request-id': String(request.headers.authorization) }).end(body)
  })
  await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve))
  const address = odd.address()
  const source = {
    SWR_REGION: 'cn-north-4',
    SWR_PROJECT_ID: 'project',
    SWR_ENDPOINT: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    CLOUD_SDK_AK: 'ACCESSKEYOFTHEODDSWR',
    CLOUD_SDK_SK: 'SecretKeyOfTheOddSwr0001',
  }
  Reflect.set(
    globalThis,
    Symbol.for('console.config'),
    parseEnv(source, () => ''),
  )
})
afterAll(() => {
  odd.closeAllConnections()
  odd.close()
})

test.each([200, 401])('a signature that SWR repeats with %i stays here', async (status) => {
  let sent = ''
  answer = ({ headers }) => {
    sent = /Signature=(\w{64})/.exec(headers.authorization ?? '')?.[1] ?? ''
    return { status, body: JSON.stringify({ error_msg: headers.authorization, instances: [{ name: sent }] }) }
  }
  const given = await call(admin, 'default', 'instanceList', { params: {} }).catch(({ problem }) => problem)
  expect(sent).toHaveLength(64)
  expect(JSON.stringify(given)).toContain('Signature=•••')
  expect(JSON.stringify(given)).not.toContain(sent)
})

test.each(['', ' ', '{}', '[]', 'null', '{"id":1}'])('a delete that answers %j took place', async (body) => {
  answer = () => ({ status: 200, body })
  await expect(call(admin, 'default', 'replicationDelete', { params })).resolves.toBeNull()
})

test('but a page of something in between is no answer', async () => {
  answer = () => ({ status: 200, body: '<html>Please sign in</html>' })
  const asked = call(admin, 'default', 'replicationDelete', { params })
  await expect(asked).rejects.toMatchObject({ problem: { code: 'swr_unreadable' } })
})

test('the credential of a registry inside a policy stays here', async () => {
  const credential = { type: 'basic', access_key: 'cn-north-4@SOMEBODYSKEY', access_secret: 'hidden' }
  const policy = { id: 1, dest_registry: { id: 3, name: 'dr', more: 1, credential } }
  answer = () => ({ status: 200, body: JSON.stringify({ policies: [policy] }) })
  const { policies } = await call(admin, 'default', 'replicationList', { params })
  const shown = { id: 3, name: 'dr', more: 1, credential: { type: 'basic', access_key: 'cn-north-4@•••' } }
  expect(policies[0]?.dest_registry).toEqual(shown)
})
