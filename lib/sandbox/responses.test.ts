import { expect, test } from 'vitest'
import type { PathParams } from '../contract/path'
import { type OperationName, wire as table, type wire } from '../contract/wire'
import { type Ask, bench } from './bench'
import { loadOpenApi } from './openapi'
import { prodId } from './seed/registries'

const at = bench()
const here = { instance_id: prodId }
const library = { ...here, namespace_name: 'library' }
const api = { namespace: 'payments', repository: 'web/api' }
const policy = {
  name: 'walked',
  dest_registry: { id: 6 },
  filters: [{ type: 'tag', value: '**' }],
  repo_scope_mode: 'selection',
  trigger: { type: 'event_based' },
  enabled: true,
}
const retention = {
  algorithm: 'or',
  enabled: false,
  rules: [
    {
      priority: 0,
      action: 'retain',
      template: 'nDaysSinceLastPull',
      params: { nDaysSinceLastPull: 30 },
      repo_scope_mode: 'regular',
      scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '{a,b}' }] },
      tag_selectors: [{ kind: 'doublestar', decoration: 'excludes', pattern: 'v*' }],
    },
  ],
  trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 3 * * *' } },
  name: 'walked',
}

type Params<Name extends OperationName> = PathParams<(typeof wire)[Name]['path']>
type Walk = { [Name in OperationName]: { good: [Params<Name>, Ask?]; bad: [number, Params<Name>, Ask?][] } }
const page = { query: { offset: 0, limit: 100 } }
const odd = { query: { offset: 1, limit: 2 } }
const nowhere = { instance_id: 'nowhere' }

/** Every operation once as it should be asked, and in ways that are refused. */
const walk: Walk = {
  instanceList: {
    good: [{}, page],
    bad: [
      [400, {}, { query: { limit: 1 } }],
      [403, {}, { project: 'other' }],
    ],
  },
  instanceShow: {
    good: [here],
    bad: [
      [404, nowhere],
      [403, here, { project: 'other' }],
    ],
  },
  instanceStatistics: { good: [here], bad: [[404, nowhere]] },
  namespaceList: {
    good: [here, page],
    bad: [
      [404, nowhere],
      [400, here, odd],
    ],
  },
  repositoryList: {
    good: [here, page],
    bad: [
      [404, nowhere],
      [400, here, odd],
    ],
  },
  namespaceRepositoryList: {
    good: [library, page],
    bad: [
      [400, library, odd],
      [400, { ...here, namespace_name: 'UPPER' }],
      [404, { ...here, namespace_name: 'none' }],
    ],
  },
  artifactList: {
    good: [{ ...library, repository_name: 'nginx' }, page],
    bad: [
      [404, { ...library, repository_name: 'none' }],
      [400, { ...library, repository_name: 'nginx' }, { query: { type: 'X' } }],
    ],
  },
  tagList: {
    good: [{ ...here, namespace_name: 'payments', repository_name: 'team/api' }, page],
    bad: [
      [404, { ...library, repository_name: 'none' }],
      [400, { ...library, repository_name: 'nginx' }, { query: { is_accessory: 'maybe' } }],
    ],
  },
  registryList: {
    good: [here, page],
    bad: [
      [404, nowhere],
      [400, here, { query: { type: 'harbor' } }],
    ],
  },
  registryShow: {
    good: [{ ...here, registry_id: '15' }],
    bad: [
      [404, { ...here, registry_id: '1' }],
      [400, { ...here, registry_id: 'x' }],
    ],
  },
  replicationList: {
    good: [here, page],
    bad: [
      [404, nowhere],
      [400, here, odd],
    ],
  },
  replicationCreate: {
    good: [here, { body: policy }],
    bad: [
      [400, here, { body: {} }],
      [409, here, { body: policy }],
      [404, nowhere, { body: policy }],
    ],
  },
  replicationShow: { good: [{ ...here, policy_id: '101' }], bad: [[404, { ...here, policy_id: '1' }]] },
  replicationUpdate: {
    good: [{ ...here, policy_id: '101' }, { body: { ...policy, name: 'walked-too' } }],
    bad: [
      [404, { ...here, policy_id: '1' }, { body: policy }],
      [400, { ...here, policy_id: '101' }, { body: {} }],
    ],
  },
  replicationDelete: { good: [{ ...here, policy_id: '102' }], bad: [[404, { ...here, policy_id: '102' }]] },
  executionList: {
    good: [here, page],
    bad: [
      [404, nowhere],
      [400, here, odd],
    ],
  },
  executionStart: { good: [here, { body: { policy_id: 101 } }], bad: [[400, here, { body: { policy_id: 1 } }]] },
  retentionList: {
    good: [here, page],
    bad: [
      [404, nowhere],
      [400, here, odd],
    ],
  },
  retentionShow: { good: [{ ...library, policy_id: '7' }], bad: [[400, { ...library, policy_id: '1' }]] },
  retentionUpdate: {
    good: [{ ...library, policy_id: '7' }, { body: retention }],
    bad: [
      [400, { ...library, policy_id: '7' }, { body: {} }],
      [400, { ...library, policy_id: '1' }, { body: retention }],
    ],
  },
  organizationList: { good: [{}], bad: [[401, {}, { credential: { access: 'NOBODY', secret: '' } }]] },
  basicRepositoryList: { good: [{}, { query: { offset: 0, limit: 1000 } }], bad: [[400, {}, { query: { limit: 1 } }]] },
  basicTagList: { good: [api, { query: { offset: 0, limit: 1000 } }], bad: [[404, { ...api, namespace: 'none' }]] },
  regionList: { good: [{}], bad: [[401, {}, { credential: { access: 'NOBODY', secret: '' } }]] },
  manualSync: {
    good: [api, { body: { imageTag: ['latest'], remoteNamespace: 'dr', remoteRegionId: 'cn-east-3' } }],
    bad: [[400, api, { body: {} }]],
  },
}

function walked<Name extends OperationName>(name: Name, { good, bad }: Walk[Name]) {
  const [params, ask] = good
  const got = at.ask(name, params, ask)
  expect(got.status).toBe(table[name].success)
  for (const [status, ...refused] of bad) {
    const [badParams, badAsk] = refused
    const answer = at.ask(name, badParams, badAsk)
    expect(answer.status, answer.body).toBe(status)
    expect(answer.body).toMatch(/errorCode|error_code/)
  }
}

// `bench` compares whatever it gets with the API description and throws when it differs.
const names = Object.keys(walk).filter((name): name is OperationName => name in table)
test.each(names)('%s answers as documented', (name) => {
  walked(name, walk[name])
})

test('the comparison can fail', () => {
  const { replicationShow, retentionUpdate, basicTagList } = loadOpenApi()
  expect(replicationShow.answer(200, '{"id":1,"name":"x"}')).toBeNull()
  expect(replicationShow.answer(200, '{"id":"1","name":"x"}')).toContain('/id')
  expect(replicationShow.answer(200, '{"id":1,"name":"x","created_at":"yesterday"}')).toContain('/created_at')
  expect(replicationShow.answer(200, '')).toContain('no body')
  expect(replicationShow.answer(404, '[]')).toContain('object')
  expect(retentionUpdate.answer(201, '{}')).toContain('none is documented')
  expect(basicTagList.answer(404, '{"message":"x"}')).not.toBeNull()
})
