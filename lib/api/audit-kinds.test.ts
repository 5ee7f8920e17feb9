import { afterAll, beforeAll, expect, test } from 'vitest'
import { auditKinds } from '../contract/audit-kinds'
import { type ConsoleOperation, type ConsoleRoute, consoleRoutes } from '../contract/console/operations'
import type { ParamName } from '../contract/path'
import { type SwrOperation, swrRoutes } from '../contract/swr/operations'
import type { SwrRoute } from '../contract/swr/route'
import { audit } from '../db/schema'
import { messages } from '../i18n/messages'
import { startedEvent } from '../swr/audit-event'
import type { TestMember } from '../testing/console'
import { type SandboxedConsole, startOnSandbox } from '../testing/sandbox'
import { consoleAuditEvent } from './console-audit-event'

let console_: SandboxedConsole
let admin: TestMember
beforeAll(async () => {
  console_ = await startOnSandbox()
  admin = await console_.member('admin')
})
afterAll(() => console_.close())

const actor = { id: '1', email: 'admin', role: 'admin' } as const

/** A path's parameters, each with a value of its own. */
const paramsOf = (path: string) => {
  const names = Array.from(path.matchAll(/\{([a-z_]+)\}/g), ([, name = '']) => name).filter(
    (name) => name !== 'project_id',
  )
  return Object.fromEntries(
    names.map((name, index) => [name, name === 'connection' ? 'default' : String(index + 11)]),
  ) as Partial<Record<ParamName, string>> & Record<string, string>
}
const writes = <Name extends string>(table: Readonly<Record<Name, SwrRoute | ConsoleRoute>>) =>
  (Object.keys(table) as Name[]).filter((name) => table[name].risk !== 'read').map((name) => ({ name, ...table[name] }))

/** What a path names apart from where the object is. */
const places = ['connection', 'instance_id', 'namespace_name']

test.each(writes<SwrOperation>(swrRoutes))('$name is entered with the id that its path says', ({ name, path }) => {
  const params = paramsOf(path)
  const { kind, objectId } = startedEvent(actor, 'default', name, { params })
  expect(auditKinds).toContain(kind)
  const own = Object.keys(params).filter((param) => !places.includes(param))
  const isPlace = own.includes('repository') && !own.includes('retention_id')
  if (isPlace) expect([kind, objectId]).toEqual(kind === 'repository' ? [kind, '11/12'] : [kind, undefined])
  else expect(objectId).toBe(params[own.at(-1) ?? ''])
})

test.each(writes<ConsoleOperation>(consoleRoutes))('$name is entered with the id of its path', ({ name, path }) => {
  const params = paramsOf(path)
  const { kind, objectId, connection, instance } = consoleAuditEvent(actor, name, { params })
  expect(auditKinds).toContain(kind)
  expect([connection, instance]).toEqual([params.connection, params.instance_id])
  // Runs, dry runs and copies are entered with their policy.
  const own = Object.keys(params).filter((param) => !places.includes(param))
  if (own.length > 0) expect(objectId).toBe(params.policy_id ?? params[own[0] ?? ''])
})

test('what no other kind has taken is none of replication', () => {
  const entered = (kind: string) => [
    ...writes<SwrOperation>(swrRoutes).filter(
      ({ name, path }) => startedEvent(actor, 'default', name, { params: paramsOf(path) }).kind === kind,
    ),
    ...writes<ConsoleOperation>(consoleRoutes).filter(
      ({ name, path }) => consoleAuditEvent(actor, name, { params: paramsOf(path) }).kind === kind,
    ),
  ]
  for (const { path } of entered('replication')) expect(path).toContain('/replication/')
  for (const { path } of entered('account')) expect(path).toContain('/users')
})

test('a read is entered nowhere', () => {
  expect(() => startedEvent(actor, 'default', 'replicationList', { params: {} })).toThrow(TypeError)
  expect(() => consoleAuditEvent(actor, 'userList', { params: {} })).toThrow(TypeError)
})

test.each(Object.entries(messages))('%s has a word for each kind', (_, texts) => {
  expect(Object.keys(texts.audit.kind).sort()).toEqual([...auditKinds].sort())
})

test('entries that say a kind of before are read as they are', async () => {
  const row = {
    at: new Date(),
    until: new Date(),
    actorName: 'before',
    outcome: 'done',
    operation: 'immutableRuleDelete',
  }
  const of = ['replication', 'a_kind_of_before', null]
  await console_.db.insert(audit).values(of.map((kind) => ({ ...row, kind })))
  expect(await console_.entries({ person: 'before' })).toMatchObject(of.map((kind) => ({ kind })))
  expect(await console_.entries({ kind: 'a_kind_of_before' })).toHaveLength(1)
})

test('an immutable rule is made, changed and deleted under its own kind and id, and found by it', async () => {
  const place = { instance_id: await console_.instance({ namespaces: [{ name: 'team', repositories: [] }] }) }
  const selector = (decoration: string, pattern: string) => ({ kind: 'doublestar', decoration, pattern })
  const body = (pattern: string) => ({
    ...{ priority: 0, disabled: false, action: 'immutable', template: 'immutable_template' },
    tag_selectors: [selector('matches', pattern)],
    scope_selectors: { repository: [selector('repoMatches', '**')] },
  })
  const params = { ...place, namespace_name: 'team' }
  const { id } = await (await console_.swr(admin, 'immutableRuleCreate', { params, body: body('v*') })).json()
  const rule = { ...params, immutable_rule_id: String(id) }
  const seen = async (): Promise<string> =>
    (await (await console_.swr(admin, 'immutableRuleList', { params: place })).json()).immutable_rules[0].content_hash
  await console_.swr(admin, 'immutableRuleUpdate', { params: rule, body: body('x*'), ifMatch: await seen() })
  await console_.swr(admin, 'immutableRuleDelete', { params: rule, ifMatch: await seen() })
  const said = { objectId: String(id), objectName: 'team', outcome: 'done' }
  expect(await console_.entries({ kind: 'immutable_rule', instance: place.instance_id })).toMatchObject([
    { operation: 'immutableRuleCreate', ...said },
    { operation: 'immutableRuleUpdate', ...said },
    { operation: 'immutableRuleDelete', ...said },
  ])
})
