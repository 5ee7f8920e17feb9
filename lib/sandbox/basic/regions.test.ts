import { expect, test } from 'vitest'
import { europe, syncBench } from '../../testing/basic-bench'
import { demo, demoEurope } from '../demo'
import { field, listField, numberField, textField } from '../json-fields'

const create = (namespace: string) => ({ body: { namespace } })
const refused = (code: string) => ({ errors: [{ errorCode: `SVCSTG.SWR.${code}` }] })
const names = (value: unknown) => listField(value, 'namespaces').map((row) => textField(row, 'name'))

test('an organization belongs to its region: the other region may have one of the same name', () => {
  const at = syncBench()
  expect(at.ask('organizationShow', { namespace: 'from' }).status).toBe(200)
  expect(at.ask('organizationShow', { namespace: 'from' }, europe)).toMatchObject({
    status: 404,
    json: [{ errorCode: 'SVCSTG.SWR.4040058' }],
  })
  expect(at.ask('organizationCreate', {}, { ...europe, ...create('from') }).status).toBe(201)
  expect(at.ask('organizationShow', { namespace: 'from' }, europe).json).toMatchObject({ name: 'from', auth: 7 })
  expect(names(at.ask('organizationList', {}, europe).json)).toContain('from')
})

test('a name is taken in its region over all accounts, although no list shows it', () => {
  const at = syncBench()
  expect(names(at.ask('organizationList', {}).json)).not.toContain('nginx')
  expect(at.ask('organizationShow', { namespace: 'nginx' }).status).toBe(404)
  for (const taken of ['nginx', 'from'])
    expect(at.ask('organizationCreate', {}, create(taken))).toMatchObject({ status: 400, json: refused('4000014') })
  expect(at.control('POST', '/organizations', { name: 'nginx' }).status).toBe(409)
})

test('a quota of organizations, and what counts into it', () => {
  const at = syncBench()
  const quotas = (query = {}) => listField(at.ask('basicQuotaList', {}, { ...europe, query }).json, 'quotas')
  const [before] = quotas()
  const used = numberField(before, 'used') ?? Number.NaN
  at.control('PUT', '/projects', { region: demoEurope.region, organizationQuota: used + 1 })
  expect(at.ask('organizationCreate', {}, { ...europe, ...create('one-more') }).status).toBe(201)
  expect(quotas()).toEqual([{ quota_key: 'namespace', quota_limit: used + 1, used: used + 1, unit: '' }])
  expect(at.ask('organizationCreate', {}, { ...europe, ...create('too-many') })).toMatchObject({
    status: 400,
    json: refused('4000097'),
  })
  // Tags of one repository only when it is named, repositories only while their gate is on.
  expect(at.ask('basicQuotaList', {}, { query: at.place }).json).toMatchObject({
    quotas: [{ quota_key: 'namespace' }, { quota_key: 'tag', used: 7 }],
  })
  at.control('PUT', '/projects', { region: demo.region, imageQuota: true })
  expect(at.ask('basicQuotaList', {}).json).toMatchObject({ quotas: [{}, { quota_key: 'repository' }] })
})

test('gates and agency are those of the region', () => {
  const at = syncBench()
  const gate = (ask = {}) => field(at.ask('basicFeatureGateShow', {}, ask).json, 'enable_image_sync')
  const agency = (ask = {}) => field(at.ask('agencyShow', {}, ask).json, 'is_agency')
  at.control('PUT', '/projects', { imageSync: false, agency: false })
  expect([gate(), gate(europe), agency(), agency(europe)]).toEqual([false, true, false, true])
})

test('no region is its own target, and one element of the list is none', () => {
  const at = syncBench()
  const regions = (ask = {}) => {
    const list = at.ask('regionList', {}, ask).json
    return Array.isArray(list) ? list : []
  }
  expect(regions().map((row) => textField(row, 'regionID'))).not.toContain(demo.region)
  expect(regions(europe).map((row) => textField(row, 'regionID'))).toContain(demo.region)
  expect(regions().filter((row) => field(row, 'regionID') === undefined)).toHaveLength(1)
})

test('a key of a region is for the project of the account there', () => {
  const at = syncBench()
  const credential = { access: 'KEYOFGUANGZHOU0001', secret: 's' }
  expect(at.control('POST', '/keys', { ...credential, region: 'cn-south-1' }).status).toBe(201)
  at.control('POST', '/organizations', { name: 'to', region: 'cn-south-1' })
  const held = field(at.control('GET', '/organizations/to?region=cn-south-1').json, 'project')
  const project = typeof held === 'string' ? held : ''
  at.sync(['v1'], { remoteRegionId: 'cn-south-1' })
  const ask = { credential, project }
  expect(names(at.ask('organizationList', {}, ask).json)).toEqual(['to'])
  expect(at.ask('basicTagList', { namespace: 'to', repository: 'web/api' }, ask).json).toMatchObject([{ Tag: 'v1' }])
  expect(at.there()).toEqual({})
})
