import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Role, roles } from '../../contract/roles'
import { type PublicOperation, type PublicRoute, publicRoutes } from '../../contract/v1/operations'
import type { TestMember } from '../../testing/console'
import { askPublic, disagreements, makeToken, provisioned, startPublicApi } from '../../testing/public-api'
import type { SandboxedConsole } from '../../testing/sandbox'
import { apiHandler } from '../handler'

/** Nothing that is asked here is there, and no write is complete: what a role lets through is stopped right behind it. */
const params: Readonly<Record<string, string>> = {
  connection: 'default',
  instance_id: 'nowhere',
  policy_id: '1',
  run_id: '1-1',
  sync_job_id: '999',
  cluster: 'nowhere',
  namespace_name: 'nowhere',
  dry_run_id: '999',
  retention_run_id: '999',
}
const least: Record<PublicOperation, Role> = {
  apiShow: 'viewer',
  openapiShow: 'viewer',
  connectionList: 'viewer',
  policyList: 'viewer',
  runStart: 'operator',
  runShow: 'viewer',
  syncPlanShow: 'viewer',
  syncJobStart: 'operator',
  syncJobList: 'viewer',
  syncJobShow: 'viewer',
  syncJobRetry: 'operator',
  syncJobPause: 'operator',
  syncJobResume: 'operator',
  syncJobCancel: 'operator',
  retentionDecide: 'viewer',
  retentionShow: 'viewer',
  retentionDryRunStart: 'operator',
  retentionDryRunShow: 'viewer',
  retentionRunStart: 'operator',
  retentionRunShow: 'viewer',
  inUseList: 'viewer',
  inUsePut: 'operator',
  inUseDelete: 'operator',
}
let console_: SandboxedConsole
const members = new Map<Role, TestMember>()
const tokens = new Map<Role, string>()

beforeAll(async () => {
  console_ = await startPublicApi()
  for (const role of roles) {
    const member = await console_.member(role)
    members.set(role, member)
    tokens.set(role, (await makeToken(console_, member)).secret)
  }
})
afterAll(() => console_.close())

const operations = (Object.entries(publicRoutes) as [PublicOperation, PublicRoute][]).map(([name, route]) => ({
  name,
  route,
  path: route.path.replaceAll(/\{(\w+)\}/g, (_, param: string) => params[param] ?? ''),
}))
// An empty list is a body, and none that anything takes.
const hasBody = ({ method }: PublicRoute) => method === 'POST' || method === 'PUT'
const sent = (route: PublicRoute) => (hasBody(route) ? { body: { nobody: 'knows this' } } : {})

describe.each(operations)('$name', ({ name, route, path }) => {
  test('says nothing to who has no token, whatever cookies come along', async () => {
    const { cookie = '' } = members.get('admin') ?? {}
    const withCookie: Record<string, string>[] = [{}, { cookie }, { cookie, origin: 'http://127.0.0.1:3000' }]
    for (const headers of withCookie) {
      const answer = await askPublic(null, route.method, path, { ...sent(route), headers })
      expect([answer.status, answer.json.code]).toEqual([401, 'token_invalid'])
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /)
      expect(disagreements(name, answer)).toBeNull()
    }
  })

  test.each(roles.flatMap((role) => [`${role} by a token of a person`, `${role} by a provisioned token`]))(
    '%s',
    async (who) => {
      const role = roles.find((each) => who.startsWith(each)) ?? 'viewer'
      const token = who.endsWith('person') ? tokens.get(role) : provisioned(role)
      const answer = await askPublic(token ?? '', route.method, path, sent(route))
      const may = roles.indexOf(role) >= roles.indexOf(least[name])
      expect(disagreements(name, answer)).toBeNull()
      if (!may) expect([answer.status, answer.json.code]).toEqual([403, 'role_too_low'])
      else if (hasBody(route)) expect([answer.status, answer.json.code]).toEqual([422, 'invalid_request'])
      else expect([200, 404]).toContain(answer.status)
      if (route.risk === 'read') return
      const person = who.endsWith('person') ? `pipeline (${members.get(role)?.email})` : `ci-${role}`
      const [entry] = (await console_.entries({ person })).slice(-1)
      expect(entry).toMatchObject({ outcome: 'denied', role, code: answer.json.code })
      expect(entry?.actorId).toBe(who.endsWith('person') ? members.get(role)?.id : `token/ci-${role}`)
    },
  )

  test('is for its own method alone', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const other = operations.some((each) => each.path === path && each.route.method === method)
      if (other) continue
      const answer = await askPublic(tokens.get('admin') ?? '', method, path)
      expect([answer.status, answer.json.code]).toEqual([404, 'not_in_contract'])
    }
  })
})

test('none of this wrote anything to SWR', async () => {
  const requests = await console_.received()
  expect(requests.length).toBeGreaterThan(3)
  expect(requests.filter(({ method }) => method !== 'GET')).toEqual([])
})

test('a token opens nothing else', async () => {
  const headers = { host: '127.0.0.1:3000', authorization: `Bearer ${tokens.get('admin')}` }
  for (const [table, path] of [
    ['console', '/api/console/users'],
    ['swr', '/api/swr/default/v2/-/instances'],
  ] as const) {
    const answer = await apiHandler(table)(new Request(`http://127.0.0.1:3000${path}`, { headers }))
    expect([answer.status, await answer.json()]).toEqual([401, { status: 401, code: 'not_signed_in' }])
  }
})
