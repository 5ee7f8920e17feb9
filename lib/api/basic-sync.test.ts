import { afterAll, beforeAll, expect, test } from 'vitest'
import { autoSyncRunPage } from '../contract/vocabulary'
import type { TestMember } from '../testing/console'
import type { SandboxedConsole } from '../testing/sandbox'
import { startSyncConsole } from '../testing/sync-console'

/* What the console asks the Basic Edition before and after a sync, through its own API. */

let console_: SandboxedConsole
let admin: TestMember
const place = { namespace: 'from', repository: 'team/api' }
const target = { remoteNamespace: 'to', remoteRegionId: 'eu-west-101' }

beforeAll(async () => {
  console_ = await startSyncConsole({ works: false })
  admin = await console_.member('admin')
  const repositories = [{ name: place.repository, tags: ['v1'] }]
  await console_.control('POST', '/organizations', { name: place.namespace, repositories, automaticSeconds: 0 })
})
afterAll(() => console_.close())

const said = async (answer: Promise<Response>) => {
  const { status } = await answer
  return { status, json: (await (await answer).json()) as unknown }
}
const show = () => said(console_.swr(admin, 'organizationShow', { params: { namespace: 'to' } }, 'europe'))

test('an organization is missing at the target, is created there, and takes an image that is listed then', async () => {
  expect(await show()).toMatchObject({ status: 404, json: { code: 'swr_not_found' } })
  const made = console_.swr(admin, 'organizationCreate', { params: {}, body: { namespace: 'to' } }, 'europe')
  expect(await said(made)).toEqual({ status: 200, json: null })
  expect(await show()).toMatchObject({ status: 200, json: { name: 'to' } })
  const [entry] = (await console_.entries({ operation: 'organizationCreate' })).slice(-1)
  expect(entry).toMatchObject({ kind: 'organization', objectName: 'to', connection: 'europe', outcome: 'done' })
  const taken = console_.swr(admin, 'organizationCreate', { params: {}, body: { namespace: 'to' } }, 'europe')
  expect(await said(taken)).toMatchObject({ json: { code: 'swr_invalid' } })

  const sent = console_.swr(admin, 'manualSync', { params: place, body: { imageTag: ['v1'], ...target } })
  expect(await said(sent)).toEqual({ status: 200, json: [] })
  const there = { params: { namespace: 'to', repository: place.repository }, query: { offset: 0, limit: 10 } }
  expect(await said(console_.swr(admin, 'basicTagList', there, 'europe'))).toMatchObject({
    json: { items: [{ Tag: 'v1' }], total: 1 },
  })
})

test('what is asked before a sync', async () => {
  const ask = (name: 'basicQuotaList' | 'basicFeatureGateShow' | 'agencyShow' | 'regionList') =>
    said(console_.swr(admin, name, { params: {} }))
  expect(await ask('basicQuotaList')).toMatchObject({ json: { quotas: [{ quota_key: 'namespace', unit: '' }] } })
  expect(await ask('basicFeatureGateShow')).toMatchObject({ json: { enable_image_sync: true } })
  expect(await ask('agencyShow')).toMatchObject({ json: { is_agency: true } })
  expect(await ask('regionList')).toMatchObject({ json: expect.arrayContaining([{ regionID: 'cn-north-208' }]) })
})

test('a rule is made, copies what is pushed, is deleted by what its body names, and leaves its runs', async () => {
  const create = (body: object) => said(console_.swr(admin, 'autoSyncCreate', { params: place, body }))
  expect(await create({ ...target, syncAuto: true })).toEqual({ status: 200, json: null })
  expect(await said(console_.swr(admin, 'autoSyncList', { params: place }))).toMatchObject({ json: [target] })
  const repositories = [{ name: place.repository, tags: ['v2', 'v3'] }]
  await console_.control('POST', '/push', { organization: place.namespace, repositories })
  const runs = { params: place, query: { filter: autoSyncRunPage({ offset: 1, limit: 1 }) } }
  expect(await said(console_.swr(admin, 'autoSyncRunList', runs))).toMatchObject({
    json: { items: [{ tag: 'v2', status: 'success' }], total: 2 },
  })
  expect(await said(console_.swr(admin, 'autoSyncDelete', { params: place, body: target }))).toMatchObject({
    status: 200,
    json: null,
  })
  const received = await console_.control<{ requests: unknown[] }>('GET', '/requests?operation=autoSyncDelete')
  expect(received.requests).toMatchObject([{ method: 'DELETE', body: target, status: 200 }])
})

test('a rule that would never be listed cannot be sent, nor a page of runs that SWR would not read', async () => {
  for (const body of [{ ...target, syncAuto: false }, target]) {
    const answer = await said(console_.swr(admin, 'autoSyncCreate', { params: place, body }))
    expect(answer).toMatchObject({ status: 422, json: { fields: { 'body.syncAuto': expect.any(String) } } })
  }
  for (const query of [{}, { filter: 'limit::10' }, { filter: 'limit::0|offset::0|order::desc' }]) {
    const answer = await said(console_.swr(admin, 'autoSyncRunList', { params: place, query }))
    expect(answer).toMatchObject({ status: 422 })
  }
  const created = await console_.control<{ requests: unknown[] }>('GET', '/requests?operation=autoSyncCreate')
  expect(created.requests).toHaveLength(1)
})
