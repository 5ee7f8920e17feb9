import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addFinishedEntry } from '../audit/store'
import { countAttempt, maxAttempts } from '../auth/throttle'
import { type ConsoleOperation, type ConsoleRoute, consoleRoutes } from '../contract/console/operations'
import type { AuditEntry, ConsoleOutput } from '../contract/console/schemas'
import { matcher } from '../contract/path'
import { saveRevision } from '../db/revisions'
import { audit } from '../db/schema'
import { startTestConsole, type TestConsole, type TestMember } from '../testing/console'
import { databases } from '../testing/database'
import { demoAt } from '../testing/sandbox'
import { exportAudit } from './audit-export'

const ways = Object.entries(consoleRoutes) as [ConsoleOperation, ConsoleRoute][]
test.each(ways)('no path fits two operations: %s', (name, { method, path }) => {
  expect(matcher(consoleRoutes)(method, path.replaceAll(/\{(\w+)\}/g, 'x'))?.name).toBe(name)
})

describe.each(databases())("the console's own on $name", ({ open }) => {
  let console_: TestConsole
  let [admin, viewer]: TestMember[] = []

  beforeAll(async () => {
    console_ = await startTestConsole(open(), demoAt('http://127.0.0.1:9'))
    admin = await console_.member('admin')
    viewer = await console_.member('viewer')
  })
  afterAll(() => console_.close())

  async function ask<Name extends ConsoleOperation>(name: Name, asked: object = {}, who = admin) {
    const answer = await console_.own(who ?? null, name, { params: {}, ...asked })
    const json: ConsoleOutput<Name> & { code?: string } = await answer.json()
    return { status: answer.status, json }
  }
  const last = async (operation: ConsoleOperation) => (await console_.entries({ operation })).at(-1)
  let made = 0
  const newcomer = () => ({ email: `new-${++made}@example.com`, name: 'New', role: 'viewer' as const })

  test('an invitation is in the log, its link is not', async () => {
    const body = newcomer()
    const { status, json } = await ask('userInvite', { body, reason: 'joins the team' })
    expect([status, json.user.email]).toEqual([200, body.email])
    expect(json.link?.url).toMatch(/#[\w-]{43}$/)
    const reset = await ask('userResetLink', { params: { user_id: json.user.id } })
    expect(await last('userInvite')).toMatchObject({
      outcome: 'done',
      actorName: admin?.email,
      kind: 'account',
      objectId: json.user.id,
      objectName: body.email,
      after: body,
      reason: 'joins the team',
    })
    expect(await last('userResetLink')).toMatchObject({ outcome: 'done', objectName: body.email })
    const stored = JSON.stringify(await console_.db.select().from(audit))
    for (const { url } of [json.link ?? { url: '' }, reset.json.link]) {
      expect(url).not.toBe('')
      expect(stored).not.toContain(new URL(url).hash.slice(1))
    }
    expect((await ask('userList')).json.users).toContainEqual(json.user)
  })

  test('a change of an account is, before and after', async () => {
    const { json } = await ask('userInvite', { body: newcomer() })
    const params = { user_id: json.user.id }
    const changed = await ask('userUpdate', { params, body: { role: 'operator', disabled: true } })
    expect(changed.json.user).toMatchObject({ role: 'operator', disabled: true })
    expect(await last('userUpdate')).toMatchObject({
      outcome: 'done',
      before: { role: 'viewer', disabled: false },
      after: { role: 'operator', disabled: true },
    })
    expect((await ask('userSignOut', { params })).status).toBe(200)
    expect(await last('userSignOut')).toMatchObject({ outcome: 'done', objectId: json.user.id })
  })

  test('and so is what was refused', async () => {
    const body = newcomer()
    await ask('userInvite', { body })
    const refusals = [
      ask('userInvite', { body }),
      ask('userInvite', { body: { ...body, role: 'owner' } }),
      ask('userUpdate', { params: { user_id: 'nobody' }, body: { role: 'admin' } }),
      ask('userUpdate', { params: { user_id: admin?.id }, body: { disabled: true } }),
      ask('userUpdate', { params: { user_id: viewer?.id }, body: { role: 'admin' } }, viewer),
    ]
    expect((await Promise.all(refusals)).map(({ status, json }) => `${status} ${json.code}`)).toEqual([
      '409 email_taken',
      '422 invalid_request',
      '404 unknown_account',
      '409 last_admin',
      '403 role_too_low',
    ])
    const entries = (await console_.entries({ outcome: 'denied' })).map(({ code }) => code)
    expect(entries.sort()).toEqual(['email_taken', 'invalid_request', 'last_admin', 'role_too_low', 'unknown_account'])
  })

  test('an account that is disabled is out at once', async () => {
    const gone = await console_.member('operator')
    expect((await ask('auditList', {}, gone)).status).toBe(200)
    await ask('userUpdate', { params: { user_id: gone.id }, body: { disabled: true } })
    expect((await ask('auditList', {}, gone)).status).toBe(401)
  })

  const writer = { id: 'w', email: 'writer@example.com', role: 'admin' } as const
  const plain = <Value>(value: Value) => value

  test('the log is filtered and paged', async () => {
    for (let at = 0; at < 5; at++)
      await addFinishedEntry(
        console_.db,
        plain,
        { actor: writer, operation: 'replicationUpdate', outcome: 'done' },
        new Date(2020, 1, at + 1),
      )
    const query = {
      person: 'writer',
      offset: 2,
      limit: 2,
      from: '2020-01-01T00:00:00Z',
      to: '2020-12-01T00:00:00.000Z',
    }
    const { json } = await ask('auditList', { query }, viewer)
    expect(json.total).toBe(5)
    expect(json.entries.map(({ at }) => new Date(at).getDate())).toEqual([3, 2])
    for (const odd of [{ outcome: 'nice' }, { from: 'yesterday' }, { limit: 101 }, { more: 1 }])
      expect((await ask('auditList', { query: odd })).status).toBe(422)
  })

  test('versions belong to their policy and say who made them', async () => {
    const place = { connection: 'default', instance: 'i', kind: 'retention', objectId: '7' } as const
    const entry = await last('userInvite')
    const version = { name: 'keep', hash: 'h', content: { name: 'keep' } }
    await saveRevision(console_.db, place, version, { source: 'console', auditId: entry?.id })
    await saveRevision(console_.db, place, version, { source: 'console', deleted: true })
    const params = { connection: 'default', instance_id: 'i', kind: 'retention', object_id: '7' }
    const { json } = await ask('revisionList', { params }, viewer)
    expect(json.total).toBe(2)
    expect(json.revisions).toMatchObject([
      { deleted: true, actorName: null },
      { deleted: false, actorName: admin?.email, content: { name: 'keep' }, source: 'console' },
    ])
    expect((await ask('deletedList', { params }, viewer)).json.revisions).toMatchObject([{ objectId: '7' }])
    expect((await ask('deletedList', { params: { ...params, kind: 'registry' } }, viewer)).status).toBe(422)
    expect((await ask('revisionList', { params: { ...params, object_id: '8' } }, viewer)).json.total).toBe(0)
  })

  describe('the export', () => {
    const take = (search: string, cookie = viewer?.cookie ?? '') =>
      exportAudit(
        new Request(`http://127.0.0.1:3000/api/console/audit/export?${search}`, {
          headers: { host: '127.0.0.1:3000', cookie },
        }),
      )

    beforeAll(async () => {
      const odd = {
        actor: { ...writer, email: 'spread@example.com' },
        operation: 'retentionUpdate',
        outcome: 'done',
      } as const
      const objectName = '=HYPERLINK("http://evil.example","x")'
      await addFinishedEntry(console_.db, plain, { ...odd, objectName, reason: 'a "b",\r\n保留', before: { a: [1] } })
      for (let at = 0; at < 600; at++)
        await addFinishedEntry(console_.db, plain, { ...odd, objectName: '@sum', reason: '-1+1' })
    })

    test('is CSV that no spreadsheet runs', async () => {
      const answer = await take('format=csv&person=spread')
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-log-[\dT-]+Z\.csv"$/)
      const bytes = new Uint8Array(await answer.arrayBuffer())
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
      const text = new TextDecoder().decode(bytes)
      expect(text.startsWith('"id","at","closedAt","actorId","actorName",')).toBe(true)
      expect(text.match(/"'@sum"/g)).toHaveLength(600)
      expect(text).toContain(`"'-1+1"`)
      expect(text).toContain(`"'=HYPERLINK(""http://evil.example"",""x"")"`)
      expect(text).toContain('"a ""b"",\r\n保留","a[1]: 1","{""a"":[1]}",""\r\n')
      expect(text).not.toMatch(/(^|,)"?[=+@-]/m)
    })

    test('is one JSON for each line, as the list has it', async () => {
      const lines = (await (await take('format=jsonl&person=spread')).text()).trimEnd().split('\n')
      expect(lines).toHaveLength(601)
      const entries: AuditEntry[] = lines.map((line) => JSON.parse(line))
      const { json } = await ask('auditList', { query: { person: 'spread', offset: 600, limit: 1 } })
      expect(entries.at(-1)).toEqual(json.entries[0])
      expect(await (await take('format=jsonl&person=nobody-at-all')).text()).toBe('')
    })

    test('is refused like everything else', async () => {
      expect((await take('format=csv', '')).status).toBe(401)
      expect((await take('format=xml')).status).toBe(422)
      expect((await take('format=csv&outcome=nice')).status).toBe(422)
    })
  })

  test('an admin opens the sign-in of an account that was tried too often', async () => {
    const { json } = await ask('userInvite', { body: newcomer() })
    const { id, email } = json.user
    const tried = { address: '198.51.100.1', device: null }
    const attempt = () => countAttempt(console_.db, email, tried)
    for (let each = 0; each < maxAttempts.each; each++) await attempt()
    await expect(attempt()).rejects.toThrow('too_many_attempts')
    expect((await ask('userUnlock', { params: { user_id: id } }, viewer)).status).toBe(403)
    await expect(attempt()).rejects.toThrow('too_many_attempts')
    expect((await ask('userUnlock', { params: { user_id: id } })).status).toBe(200)
    await attempt()
    expect(await last('userUnlock')).toMatchObject({ outcome: 'done', objectId: id, objectName: email })
  })

  test('the list tells when somebody signed in last', async () => {
    const { json } = await ask('userInvite', { body: newcomer() })
    expect(json.user.lastSignIn).toBeNull()
    const { users } = (await ask('userList')).json
    expect(users.find(({ email }) => email === admin?.email)?.lastSignIn).toMatch(/Z$/)
  })

  test('moments and ids that the database does not know are refused', async () => {
    const refused = { status: 422, json: { code: 'invalid_request' } }
    expect(await ask('auditList', { query: { from: '0000-01-01T00:00:00Z' } })).toMatchObject(refused)
    expect((await ask('auditList', { query: { from: '0001-01-01T00:00:00Z' } })).status).toBe(200)
    const params = { connection: 'default', instance_id: 'i', policy_id: '9999999999999999999' }
    expect(await ask('partialRunList', { params })).toMatchObject(refused)
    expect(await ask('partialRunStart', { params, body: { executionId: 1 } })).toMatchObject(refused)
    expect((await ask('partialRunList', { params: { ...params, policy_id: '9007199254740991' } })).status).toBe(200)
  })
})
