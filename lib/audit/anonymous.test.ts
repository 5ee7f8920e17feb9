import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiHandler } from '../api/handler'
import { authProblem } from '../auth/errors'
import { identity } from '../auth/identity'
import { clientAddressHeader } from '../net/client-address'
import { startTestConsole, type TestConsole, type TestMember } from '../testing/console'
import { databases } from '../testing/database'
import { demoAt } from '../testing/sandbox'
import { anonymous, auditAnonymous, maxEntriesPerMinute } from './anonymous'
import { listEntries } from './search'
import { maxDenials } from './with-audit'

const origin = 'http://127.0.0.1:3000'
const json = { origin, host: '127.0.0.1:3000', 'content-type': 'application/json' }
const policies = (instance: string) => `/api/swr/default/v2/-/instances/${instance}/replication/policies`

describe.each(databases())('what is refused before anybody is known, on $name', ({ open }) => {
  let console_: TestConsole
  let admin: TestMember
  beforeAll(async () => {
    console_ = await startTestConsole(open(), demoAt('http://127.0.0.1:9'))
    admin = await console_.member('admin')
  })
  afterAll(() => console_.close())

  const send = async (method: string, path: string, headers: Record<string, string>, body?: string) => {
    const table = path.startsWith('/api/swr/') ? 'swr' : 'console'
    const answer = await apiHandler(table)(new Request(origin + path, { method, headers, ...(body && { body }) }))
    const { code } = await answer.json()
    return `${answer.status} ${code}`
  }
  const of = (instance: string) => console_.entries({ instance })

  test('a write without a session is entered as nobody’s, a read is not', async () => {
    expect(await send('DELETE', `${policies('signed-out')}/7`, json)).toBe('401 not_signed_in')
    expect(
      await send('DELETE', `${policies('signed-out')}/8`, {
        ...json,
        cookie: admin.cookie.replace('session_token=', '$&x'),
      }),
    ).toMatch(/^401/)
    expect(await send('GET', `${policies('signed-out')}/7`, json)).toBe('401 not_signed_in')
    expect(await send('DELETE', `${policies('signed-out')}/7/nothing`, json)).toBe('401 not_signed_in')
    const entry = { actorId: null, actorName: '', role: null, operation: 'replicationDelete', outcome: 'denied' }
    expect(await of('signed-out')).toMatchObject([
      { ...entry, connection: 'default', kind: 'replication', objectId: '7', status: 401, code: 'not_signed_in' },
      { ...entry, objectId: '8' },
    ])
    expect(await send('POST', '/api/console/users', json, '{}')).toBe('401 not_signed_in')
    expect(await console_.entries({ operation: 'userInvite' })).toMatchObject([{ actorName: '', kind: 'account' }])
  })

  test('a write of another site, or of a form, is entered under who was signed in', async () => {
    const mine = { ...json, cookie: admin.cookie }
    const foreign = { ...mine, origin: 'https://elsewhere.example.com' }
    const form = { ...mine, 'content-type': 'text/plain' }
    expect(await send('DELETE', `${policies('foreign')}/7`, foreign)).toBe('403 foreign_origin')
    expect(await send('POST', policies('foreign'), form, '{}')).toBe('415 not_json')
    expect(await send('POST', policies('foreign'), mine, '{')).toBe('400 not_json')
    expect(await send('DELETE', `${policies('foreign')}/7`, { ...json, host: 'rebound.example.com' })).toMatch(/^421/)
    const entry = { actorName: admin.email, role: 'admin', outcome: 'denied' }
    expect(await of('foreign')).toMatchObject([
      { ...entry, operation: 'replicationDelete', objectId: '7', code: 'foreign_origin' },
      { ...entry, operation: 'replicationCreate', status: 415, code: 'not_json' },
      { ...entry, operation: 'replicationCreate', status: 400, code: 'not_json' },
      { actorName: '', operation: 'replicationDelete', code: 'foreign_host' },
    ])
  })

  test('nobody can fill the log: after some entries one says that more were left out', async () => {
    const known = await identity()
    const from = (address: string) => new Headers({ [clientAddressHeader]: address })
    const attempt = async (address: string, operation: string, time: Date, always = false) =>
      auditAnonymous(known, from(address), { actor: anonymous, operation }, authProblem(401, 'not_signed_in'), {
        always,
        at: time,
      })
    const start = new Date('2030-01-01T00:00:00Z')
    const count = async (operation: string) =>
      (await listEntries(console_.db, { operation }, { offset: 0, limit: 1 })).total

    for (let n = 0; n < maxEntriesPerMinute.address + 30; n++) await attempt('10.0.0.1', 'flood', start)
    expect([await count('flood'), await count('entriesLeftOut')]).toEqual([maxEntriesPerMinute.address, 1])
    expect((await console_.entries({ operation: 'entriesLeftOut' })).at(0)).toMatchObject({
      actorName: '',
      kind: 'address',
      objectName: '10.0.0.1',
      outcome: 'denied',
    })
    await attempt('10.0.0.2', 'neighbour', start)
    await attempt('10.0.0.1', 'limited otherwise', start, true)
    expect([await count('neighbour'), await count('limited otherwise')]).toEqual([1, 1])
    await attempt('10.0.0.1', 'flood', new Date(start.getTime() + 60_000))
    expect(await count('flood')).toBe(maxEntriesPerMinute.address + 1)

    // What is entered always does not use up the place of the entry that says so.
    const next = new Date(start.getTime() + 600_000)
    for (let n = 0; n < maxEntriesPerMinute.address; n++) await attempt('10.0.0.3', 'to the brim', next)
    await attempt('10.0.0.3', 'limited otherwise', next, true)
    for (let n = 0; n < 2; n++) await attempt('10.0.0.3', 'to the brim', next)
    expect([await count('to the brim'), await count('entriesLeftOut')]).toEqual([maxEntriesPerMinute.address, 2])

    // Addresses can be made up: there is a limit for all of them.
    const later = new Date(start.getTime() + 3_600_000)
    for (let n = 0; n < maxEntriesPerMinute.all + 40; n++) await attempt(`10.1.${n}.1`, 'from everywhere', later)
    expect([await count('from everywhere'), await count('entriesLeftOut')]).toEqual([maxEntriesPerMinute.all, 3])
    const [last] = await console_.entries({ operation: 'entriesLeftOut' }).then((entries) => entries.slice(-1))
    expect(last?.objectName).toBeNull()
  }, 60_000)

  test('nor can who is signed in, with what they may not do', async () => {
    const [one, other] = [await console_.member('viewer'), await console_.member('viewer')]
    for (let n = 0; n < maxDenials + 20; n++) await console_.own(one, 'userInvite', { params: {}, body: {} })
    const by = async (email: string, operation: string) => (await console_.entries({ person: email, operation })).length
    expect([await by(one.email, 'userInvite'), await by(one.email, 'entriesLeftOut')]).toEqual([maxDenials, 1])
    await console_.own(other, 'userInvite', { params: {}, body: {} })
    expect(await by(other.email, 'userInvite')).toBe(1)
  }, 60_000)
})
