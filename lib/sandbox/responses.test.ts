import { expect, test } from 'vitest'
import type { PathParams } from '../contract/path'
import { type SwrOperation, type swrRoutes, swrRoutes as table } from '../contract/swr/operations'
import { bench } from '../testing/sandbox-client'
import type { Ask } from '../testing/signed-request'
import { numberField, textField } from './json-fields'
import { loadOpenApi } from './openapi'
import { prodId, stagingId } from './seed/registries'

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
const registry = {
  name: 'walked',
  type: 'swr-pro',
  url: 'https://walked.example.com',
  credential: { type: 'basic', access_key: 'robot', access_secret: 'not-a-real-secret' },
  dns_conf: { hosts: { 'walked.example.com': '192.0.2.7' } },
  insecure: false,
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
const [keepsAll] = retention.rules.map((each) => ({ ...each, params: { nDaysSinceLastPull: 9000 } }))
const charts = { ...here, namespace_name: 'charts' }
/** What the walk itself makes: each is the first that comes after the seed. */
const idAfter = (rows: readonly unknown[]) => String(Math.max(0, ...rows.map((row) => numberField(row, 'id') ?? 0)) + 1)
const seeded = at.world.instances.get(prodId)
const created = { ...charts, policy_id: idAfter(seeded?.retentions ?? []) }
const ofLibrary = { ...library, policy_id: '7' }
const dryRun = { ...ofLibrary, execution_id: '1' }
const firstTask = '10001'
const ofCharts = { ...charts, immutable_rule_id: idAfter(seeded?.immutableRules ?? []) }
const immutable = {
  priority: 0,
  disabled: false,
  action: 'immutable',
  template: 'immutable_template',
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: 'v*' }],
  scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
}
const nginx = { ...library, repository_name: 'nginx' }
const images = seeded?.namespaces.find(({ name }) => name === 'library')?.repositories[0]?.artifacts ?? []
const [oldest, newest] = [images[0]?.digest ?? '', images.at(-1)?.digest ?? '']
const countRule = { template: 'tag_rule', params: { num: '1000' }, tag_selectors: [{ kind: 'regexp', pattern: '^v1' }] }
const ofApi = { ...api, retention_id: String(at.world.basic.issued + 1) }
const basicRetention = { algorithm: 'or', rules: [countRule] }

type Params<Name extends SwrOperation> = PathParams<(typeof swrRoutes)[Name]['path']>
type Walk = { [Name in SwrOperation]: { good: [Params<Name>, Ask?]; bad: [number, Params<Name>, Ask?][] } }
const page = { query: { offset: 0, limit: 100 } }
const odd = { query: { offset: 1, limit: 2 } }
const runAt = (wanted: string) => {
  const rows = at.world.instances.get(prodId)?.executions ?? []
  const row = rows.find(
    (each) => textField(each, 'status') === wanted && (wanted === 'Pending' || numberField(each, 'total') !== 0),
  )
  return { ...here, execution_id: String(numberField(row, 'id')) }
}
const [over, moving] = [runAt('Succeed'), runAt('Pending')]
const rule = { remoteNamespace: 'payments', remoteRegionId: 'eu-west-101' }
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
  artifactListAll: {
    good: [here, { query: { marker: 1, limit: 100 } }],
    bad: [
      [404, nowhere],
      [400, here, { query: { marker: 1 } }],
      [400, here, { query: { marker: 1, limit: 101 } }],
      [400, here, { query: { marker: 0, limit: 10 } }],
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
  registryCreate: {
    good: [here, { body: registry }],
    bad: [
      [400, here, { body: { ...registry, credential: { type: 'basic', access_key: 'robot' } } }],
      [409, here, { body: registry }],
      [404, nowhere, { body: registry }],
    ],
  },
  registryUpdate: {
    good: [{ ...here, registry_id: '3' }, { body: { ...registry, name: 'walked-too' } }],
    bad: [
      [404, { ...here, registry_id: '1' }, { body: registry }],
      [400, { ...here, registry_id: '3' }, { body: {} }],
      [400, { ...here, registry_id: '6' }, { body: { ...registry, name: 'other-type' } }],
    ],
  },
  // What was created above is used by nothing.
  registryDelete: {
    good: [{ ...here, registry_id: '25' }],
    bad: [
      [409, { ...here, registry_id: '3' }],
      [404, { ...here, registry_id: '25' }],
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
  executionStop: {
    good: [moving],
    bad: [
      [404, { ...here, execution_id: '1' }],
      [400, over],
      [400, { ...here, execution_id: 'x' }],
    ],
  },
  executionTaskList: {
    good: [over, page],
    bad: [
      [404, { ...here, execution_id: '1' }],
      [400, over, odd],
    ],
  },
  executionSubtaskList: {
    good: [{ ...over, task_id: `${over.execution_id}0001` }, { query: { ...page.query, status: 'Failed' } }],
    bad: [
      [404, { ...over, task_id: '1' }],
      [400, { ...over, task_id: `${over.execution_id}0001` }, { query: { status: 'Success' } }],
      [400, { ...over, task_id: 'x' }],
    ],
  },
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
  retentionCreate: {
    good: [charts, { body: retention }],
    bad: [
      [400, charts, { body: {} }],
      [409, charts, { body: retention }],
      [400, charts, { body: { ...retention, name: 'two', rules: [keepsAll, ...retention.rules] } }],
      [404, { ...here, namespace_name: 'none' }, { body: retention }],
    ],
  },
  retentionExecutionStart: {
    good: [created, { body: { dry_run: true } }],
    bad: [
      [400, created, { body: {} }],
      [400, { ...charts, policy_id: '1' }, { body: { dry_run: true } }],
    ],
  },
  retentionExecutionList: {
    good: [created, page],
    bad: [
      [400, created, odd],
      [400, { ...charts, policy_id: '1' }],
    ],
  },
  retentionTaskList: {
    good: [dryRun, { query: { ...page.query, status: 'Succeed' } }],
    bad: [
      [404, { ...dryRun, execution_id: '99999' }],
      [400, dryRun, { query: { status: 'Success' } }],
      [400, dryRun, odd],
    ],
  },
  retentionSubtaskList: {
    good: [{ ...dryRun, task_id: firstTask }, page],
    bad: [
      [404, { ...dryRun, task_id: '1' }],
      [400, { ...dryRun, task_id: 'x' }],
    ],
  },
  retentionDelete: { good: [created], bad: [[400, created]] },
  immutableRuleCreate: {
    good: [charts, { body: immutable }],
    bad: [
      [400, charts, { body: {} }],
      [409, charts, { body: immutable }],
      [404, { ...here, namespace_name: 'none' }, { body: immutable }],
    ],
  },
  immutableRuleList: {
    good: [here, { query: { ...page.query, namespace_id: 1 } }],
    bad: [
      [404, nowhere],
      [400, here, odd],
    ],
  },
  immutableRuleUpdate: {
    good: [ofCharts, { body: { ...immutable, disabled: true } }],
    bad: [
      [404, { ...ofCharts, immutable_rule_id: '999' }, { body: immutable }],
      [400, ofCharts, { body: {} }],
    ],
  },
  immutableRuleDelete: { good: [ofCharts], bad: [[404, ofCharts]] },
  artifactDelete: {
    good: [{ ...nginx, reference: newest }],
    bad: [
      [404, { ...nginx, reference: newest }],
      [400, { ...nginx, reference: 'latest' }],
    ],
  },
  accessoryList: {
    good: [{ ...nginx, reference: oldest }, page],
    bad: [
      [404, { ...nginx, reference: newest }],
      [400, { ...nginx, reference: oldest }, { query: { type: 'sbom' } }],
    ],
  },
  instanceFeatureGateShow: { good: [here], bad: [[404, nowhere]] },
  garbageCollectionList: {
    good: [here, { query: { limit: 10 } }],
    bad: [
      [403, { instance_id: stagingId }],
      [400, here, { query: { marker: '3' } }],
    ],
  },
  basicRetentionCreate: {
    good: [api, { body: basicRetention }],
    bad: [
      [400, api, { body: basicRetention }],
      [400, api, { body: { ...basicRetention, rules: [] } }],
      [404, { ...api, namespace: 'none' }, { body: basicRetention }],
    ],
  },
  basicRetentionList: { good: [api], bad: [[404, { ...api, repository: 'none' }]] },
  basicRetentionUpdate: {
    good: [ofApi, { body: basicRetention }],
    bad: [
      [400, { ...api, retention_id: '1' }, { body: basicRetention }],
      [
        400,
        ofApi,
        { body: { algorithm: 'or', rules: [{ ...countRule, template: 'date_rule', params: { days: '3' } }] } },
      ],
      [400, ofApi, { body: { algorithm: 'or', rules: [{ ...countRule, params: { num: '1001' } }] } }],
    ],
  },
  basicRetentionLogList: {
    good: [api, { query: { offset: 0, limit: 100 } }],
    bad: [
      [400, api, { query: { limit: 10 } }],
      [404, { ...api, repository: 'none' }],
    ],
  },
  basicRetentionDelete: { good: [ofApi], bad: [[400, ofApi]] },
  organizationList: { good: [{}], bad: [[401, {}, { credential: { access: 'NOBODY', secret: '' } }]] },
  organizationShow: { good: [{ namespace: 'payments' }], bad: [[404, { namespace: 'none' }]] },
  organizationCreate: {
    good: [{}, { body: { namespace: 'walked' } }],
    bad: [
      [400, {}, { body: { namespace: 'walked' } }],
      [400, {}, { body: { namespace: 'nginx' } }],
      [400, {}, { body: { namespace: 'Walked' } }],
      [400, {}, { body: {} }],
    ],
  },
  basicQuotaList: { good: [{}], bad: [[403, {}, { project: 'other' }]] },
  basicFeatureGateShow: { good: [{}], bad: [[403, {}, { project: 'other' }]] },
  agencyShow: { good: [{}], bad: [[401, {}, { credential: { access: 'NOBODY', secret: '' } }]] },
  basicRepositoryList: { good: [{}, { query: { offset: 0, limit: 1000 } }], bad: [[400, {}, { query: { limit: 1 } }]] },
  basicTagList: { good: [api, { query: { offset: 0, limit: 1000 } }], bad: [[404, { ...api, namespace: 'none' }]] },
  regionList: { good: [{}], bad: [[401, {}, { credential: { access: 'NOBODY', secret: '' } }]] },
  manualSync: {
    good: [api, { body: { imageTag: ['latest'], ...rule } }],
    bad: [
      [400, api, { body: {} }],
      [404, api, { body: { imageTag: ['latest'], ...rule, remoteNamespace: 'none' } }],
    ],
  },
  autoSyncCreate: {
    good: [api, { body: { ...rule, syncAuto: true } }],
    bad: [
      [400, api, { body: {} }],
      [404, { ...api, namespace: 'none' }, { body: { ...rule, syncAuto: true } }],
      [404, api, { body: { ...rule, remoteNamespace: 'none', syncAuto: true } }],
      [400, api, { body: { ...rule, syncAuto: true } }],
    ],
  },
  autoSyncList: { good: [api], bad: [[404, { ...api, repository: 'none' }]] },
  autoSyncRunList: {
    good: [api, { query: { filter: 'limit::10|offset::0|order::desc' } }],
    bad: [
      [400, api],
      [400, api, { query: { filter: 'limit::10' } }],
      [404, { ...api, namespace: 'none' }, { query: { filter: 'limit::10|offset::0' } }],
    ],
  },
  autoSyncDelete: {
    good: [api, { body: rule }],
    bad: [
      [400, api, { body: rule }],
      [400, api, { body: {} }],
    ],
  },
}

function walked<Name extends SwrOperation>(name: Name, { good, bad }: Walk[Name]) {
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
const names = Object.keys(walk).filter((name): name is SwrOperation => name in table)
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
