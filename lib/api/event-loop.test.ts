import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { lastResults } from '../contract/console/insight'
import { type ConsoleOperation, type ConsoleRoute, consoleRoutes } from '../contract/console/operations'
import { defaultRetentionLimits } from '../contract/console/retention-settings'
import { consoleSchemas } from '../contract/console/schemas'
import { maxSyncTags } from '../contract/console/sync-vocabulary'
import type { Schemas } from '../contract/operation'
import { fill, projectPlaceholder } from '../contract/path'
import { type SwrOperation, swrRoutes } from '../contract/swr/operations'
import type { SwrRoute } from '../contract/swr/route'
import { swrSchemas } from '../contract/swr/schemas'
import { autoSyncRunPage, longestFilter, maxSelectorLength, mostFilters } from '../contract/vocabulary'
import { insertCells } from '../db/sync-cells'
import { syncJobType } from '../insight/sync/job-type'
import { insertJob } from '../jobs/store'
import type { TestMember } from '../testing/console'
import { largeRetentionJobs } from '../testing/large-retention'
import { longestStall } from '../testing/longest-stall'
import { podList } from '../testing/pods'
import { type SandboxedConsole, startOnSandbox } from '../testing/sandbox'
import { apiHandler } from './handler'

/*
 * No request, of any role, may hold up the others: while one is answered, `/api/health` waits at most this long. Every
 * operation is asked with the largest input that its contract lets through, and with large input that it refuses.
 */
const limitMs = 250

let console_: SandboxedConsole
let admin: TestMember
let params: Record<string, string>
/** Where retention and immutable tag rules are asked about. */
let retentionParams: Record<string, string>
let immutableParams: Record<string, string>

const scheduled = (cron: string) => ({ type: 'scheduled', trigger_settings: { cron } })
const crons = ['0 */10 * * * *', '0 5 4 29 2 *', '0 30 3 1 1 *']
const policy = (id: number, more: object = {}) => ({
  id,
  name: `policy-${id}`,
  src_registry: { id: 0 },
  dest_registry: { id: 3 },
  filters: [{ type: 'name', value: 'team-1/**' }],
  repo_scope_mode: 'regular',
  trigger: scheduled(crons[id % crons.length] ?? ''),
  enabled: true,
  ...more,
})
const rule = {
  priority: 0,
  action: 'retain',
  template: 'latestPushedK',
  params: { latestPushedK: 5 },
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
  scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
  repo_scope_mode: 'regular',
  disabled: false,
}
const longSelector = (decoration: string) => ({
  kind: 'doublestar',
  decoration,
  pattern: `${'{*,**,?}'.repeat(60)}z`.slice(0, maxSelectorLength),
})
const immutableBody = {
  priority: 0,
  disabled: false,
  action: 'immutable',
  template: 'immutable_template',
  tag_selectors: [longSelector('matches')],
  scope_selectors: { repository: [longSelector('repoMatches')] },
}
const content = {
  namespaces: Array.from({ length: 20 }, (_, team) => ({
    name: `team-${team}`,
    repositories: Array.from({ length: 50 }, (__, index) => ({
      name: `service-${index}`,
      // Each a name of its own: what is known of one says nothing about the next.
      tags: Array.from(
        { length: 20 },
        (___, tag) => `${tag % 7 === 0 ? 'fault-denied' : 'release'}-${team}.${index}.${tag}`,
      ),
    })),
  })),
  registries: [
    { id: 3, name: 'harbor', type: 'swr-pro', status: 'healthy' },
    { id: 4, name: 'unused', type: 'swr-pro', status: 'healthy' },
  ],
  policies: Array.from({ length: 237 }, (_, index) =>
    policy(index + 1, {
      ...(index > 0 && { filters: [{ type: 'name', value: index % 4 === 0 ? '**' : `team-${index % 20}/**` }] }),
      override: index % 2 === 0,
      dest_namespace: index % 3 === 0 ? 'mirror' : '',
    }),
  ),
  statistics: { replica_policy_quota: 500 },
  retentions: [{ id: 7, name: 'keep', namespace_name: 'team-1', algorithm: 'or', enabled: true, rules: [rule] }],
  retentionExecutions: Array.from({ length: 500 }, (_, index) => ({
    id: index + 1,
    policy_id: 7,
    dry_run: false,
    status: 'Succeed',
    trigger: 'manual',
    start_time: '2026-05-20T12:00:00Z',
    end_time: '2026-05-20T12:01:00Z',
  })),
  retentionTasks: {
    500: Array.from({ length: 2_000 }, (_, index) => ({
      id: index + 1,
      execution_id: 500,
      repository: `service-${index}`,
      status: 'Succeed',
      total: 20,
      retained: 5,
    })),
  },
  retentionSubtasks: {
    1: Array.from({ length: 5_000 }, (_, index) => ({
      id: index + 1,
      repository: 'service-0',
      tag: `release-${index}`,
      action: 'DEL',
      status: 'Succeed',
    })),
  },
  immutableRules: [{ id: 5, namespace_name: 'team-2', ...immutableBody }],
  gates: { enableArtifactGc: true },
}

/** A job that nobody carries out, with as many tags as one takes. */
async function largeSyncJob(): Promise<string> {
  const cell = { repository: 'team/api', target: 0, digest: `sha256:${'a'.repeat(64)}`, size: 1, overwrite: false }
  const targets = [{ region: 'eu-west-101', organization: 'team', connection: null }]
  const job = await insertJob(console_.db, syncJobType, {
    connection: 'default',
    actorId: 'nobody',
    actorName: 'nobody@example.com',
    role: 'operator',
    size: maxSyncTags,
    data: { targets, repositories: 1, tags: maxSyncTags, bytes: 1, throttledUntil: null },
  })
  const cells = Array.from({ length: maxSyncTags }, (_, index) => ({
    ...cell,
    index,
    tag: `release-${index}`,
    state: 'waiting' as const,
    reason: null,
  }))
  await insertCells(console_.db, job.id, job.version, cells)
  return String(job.id)
}

beforeAll(async () => {
  console_ = await startOnSandbox()
  admin = await console_.member('admin')
  const other = await console_.member('viewer')
  const instance_id = await console_.instance(content)
  params = {
    instance_id,
    connection: 'default',
    namespace_name: 'team-1',
    repository_name: 'service-1',
    registry_id: '4',
    policy_id: '1',
    execution_id: '1',
    partial_run_id: '1',
    sync_job_id: await largeSyncJob(),
    token_id: '1',
    cluster: 'production',
    task_id: '1',
    namespace: 'payments',
    repository: 'web/api',
    user_id: other.id,
    kind: 'replication',
    object_id: '1',
  }
  retentionParams = {
    namespace_name: 'team-1',
    policy_id: '7',
    execution_id: '500',
    task_id: '1',
    ...(await largeRetentionJobs(console_.db, { instance: instance_id, namespace: 'team-1', policy: 7 })),
  }
  immutableParams = { namespace_name: 'team-2', immutable_rule_id: '5' }
  await console_.control('PUT', '/pace', { instance: instance_id, secondsPerTask: 0 })
  const images = await run('swr', 'GET', swrRoutes.artifactList.path, {})
  params.reference = (await images.json()).artifacts[0].digest
  const started = await run('swr', 'POST', swrRoutes.executionStart.path, { text: JSON.stringify({ policy_id: 1 }) })
  params.execution_id = String((await started.json()).id)
  const tasks = await run('swr', 'GET', swrRoutes.executionTaskList.path, {})
  params.task_id = String((await tasks.json()).tasks[0].id)
  // Reading it all is SWR's time; what comes after it is ours.
  const everything = JSON.stringify({ filters: [] })
  for (let isReading = true; isReading; await wait(100)) {
    const look = await run('console', 'POST', consoleRoutes.matchPreview.path, { text: everything })
    isReading = (await look.json()).refreshing
  }
}, 60_000)
afterAll(() => console_.close())

interface Sending {
  readonly query?: Readonly<Record<string, string>>
  readonly text?: string | undefined
  readonly ifMatch?: string | undefined
  readonly at?: Readonly<Record<string, string>>
}

async function run(table: 'swr' | 'console', method: string, template: string, sending: Sending) {
  const path = fill(template, { ...params, ...sending.at }, projectPlaceholder)
  const prefix = table === 'swr' ? '/api/swr/default' : '/api/console'
  const headers = {
    host: '127.0.0.1:3000',
    origin: 'http://127.0.0.1:3000',
    cookie: admin.cookie,
    'content-type': 'application/json',
    ...(sending.ifMatch && { 'if-match': `"${sending.ifMatch}"` }),
  }
  const url = `http://127.0.0.1:3000${prefix}${path}?${new URLSearchParams(sending.query)}`
  const body = method === 'GET' || sending.text === undefined ? {} : { body: sending.text }
  return apiHandler(table)(new Request(url, { method, headers, ...body }))
}

const hostile = [
  `${'*'.repeat(200)}z`,
  '*'.repeat(200),
  `${'{*,**,?}'.repeat(25)}z`,
  '{*,**,?}'.repeat(25),
  `{${','.repeat(longestFilter - 12)}}`,
  `{${Array.from({ length: 1_200 }, (_, index) => `*${index}z`).join()}}`,
  '{*,**}/{*,**}'.repeat(600),
  '{*,**}/{*,**}'.repeat(70),
  '[a-z0-9.-]*'.repeat(90),
  '**/'.repeat(2_000),
]
const filters = (type: string) =>
  Array.from({ length: mostFilters }, (_, index) => ({
    type,
    // Each a pattern of its own: what is known of one says nothing about the next.
    value: `${hostile[index % hostile.length]}${index < hostile.length ? '' : index}`,
  }))
const replicationBody = (more: object = {}) => ({
  name: 'n'.repeat(256),
  description: 'd'.repeat(100_000),
  dest_registry: { id: 3 },
  filters: filters('tag'),
  repo_scope_mode: 'regular',
  trigger: scheduled('0 */10 * * * *'),
  enabled: true,
  ...more,
})
const registryBody = {
  name: 'r'.repeat(64),
  type: 'swr-pro',
  url: `https://${'x'.repeat(60)}.example.com`,
  insecure: true,
  description: 'd'.repeat(100_000),
  credential: { type: 'basic', access_key: 'a'.repeat(1_000), access_secret: 's'.repeat(1_000) },
}
const longRule = {
  ...rule,
  tag_selectors: [longSelector('matches')],
  scope_selectors: { repository: [longSelector('repoMatches')] },
}
const retentionBody = {
  algorithm: 'or',
  enabled: true,
  rules: [longRule],
  trigger: scheduled('0 5 4 29 2 *'),
  name: 'n'.repeat(256),
}
const exceptions = Array.from({ length: 50 }, () => ({ kind: 'regexp', pattern: `(a+)+${'b'.repeat(500)}$` }))
const ofWebApi = { organization: 'payments', repository: 'web/api' }
const basicRule = { template: 'tag_rule', amount: 1000, exceptions }
const basicBody = {
  algorithm: 'or',
  rules: [{ template: 'tag_rule', params: { num: '1000' }, tag_selectors: exceptions }],
}

type Bodied<Table, Name extends keyof Table> = {
  [Each in Name]: Table[Each] extends { body: z.ZodObject } ? Each : never
}[Name]
/** The largest body that each contract lets through; several where one thing is costly in different ways. */
const bodies: Record<
  Bodied<typeof swrSchemas, SwrOperation> | Bodied<typeof consoleSchemas, ConsoleOperation>,
  readonly object[]
> = {
  registryCreate: [registryBody],
  registryUpdate: [{ ...registryBody, name: 'u'.repeat(64) }],
  replicationCreate: [replicationBody()],
  replicationUpdate: [replicationBody()],
  executionStart: [{ policy_id: 237 }],
  retentionUpdate: [retentionBody],
  retentionCreate: [retentionBody],
  retentionExecutionStart: [{ dry_run: true }],
  immutableRuleCreate: [immutableBody],
  immutableRuleUpdate: [immutableBody],
  basicRetentionCreate: [basicBody],
  basicRetentionUpdate: [basicBody],
  retentionDecide: [
    { namespace: 'team-1', rules: [longRule], daysAhead: 90, view: { search: 's'.repeat(256), limit: 500 } },
    { namespace: 'team-1', rules: Array.from({ length: 100 }, () => longRule) },
  ],
  retentionArmingShow: [{ algorithm: 'or', rules: Array.from({ length: 100 }, () => longRule) }],
  retentionRunStart: [
    {
      confirm: 'team-1',
      dryRun: 1,
      agreed: { archive: null, images: 10_000, tags: 10_000, aboveCeiling: false, inUse: 'none' },
    },
  ],
  retentionRunConfirm: [{ confirm: 'team-1' }],
  retentionRestoreStart: [
    { images: Array.from({ length: 1000 }, (_, index) => index) },
    { view: { filter: 'delete', search: 's'.repeat(256) }, except: Array.from({ length: 1000 }, (_, index) => index) },
    { view: {} },
  ],
  retentionSettingsUpdate: [defaultRetentionLimits],
  retentionCeilingConfirm: [{ request: 1 }],
  retentionCeilingWithdraw: [{ request: 1 }],
  archiveCopyDelete: [{ copies: Array.from({ length: 500 }, (_, index) => ({ run: 1, index })) }],
  inUsePut: [
    { text: 'swr.example.com/team-1/service-1:v1\n'.repeat(200_000) },
    // As large as it may be.
    { text: podList(5_400) },
    { text: `${' '.repeat(32 * 1024 * 1024 - 20)}team/api:v1` },
  ],
  basicRetentionDecide: [{ ...ofWebApi, rule: basicRule }],
  basicRetentionSave: [
    { ...ofWebApi, rule: basicRule, was: null, decided: 'd'.repeat(64), confirm: 'payments/web/api' },
  ],
  basicRetentionConfirm: [{ ...ofWebApi, request: 1, confirm: 'payments/web/api' }],
  basicRetentionWithdraw: [{ ...ofWebApi, request: 1 }],
  basicRetentionRemove: [{ organization: 'o'.repeat(64), repository: 'r'.repeat(128), was: 'w'.repeat(64) }],
  manualSync: [
    {
      imageTag: Array.from({ length: 50_000 }, (_, index) => `v1.${index}`),
      remoteNamespace: 'o'.repeat(64),
      remoteRegionId: 'eu-west-101',
    },
  ],
  organizationCreate: [{ namespace: 'o'.repeat(64) }],
  autoSyncCreate: [{ remoteNamespace: 'o'.repeat(64), remoteRegionId: 'r'.repeat(200_000), syncAuto: true }],
  autoSyncDelete: [{ remoteNamespace: 'o'.repeat(200_000), remoteRegionId: 'r'.repeat(200_000) }],
  userInvite: [{ email: `${'e'.repeat(60)}@${'x'.repeat(60)}.example.com`, name: 'n'.repeat(120), role: 'viewer' }],
  tokenCreate: [{ name: 'n'.repeat(60), expiresAt: '9999-12-31T00:00:00Z' }],
  userUpdate: [{ role: 'operator', disabled: false }],
  matchPreview: [
    ...hostile.map((value) => ({
      filters: [
        { type: 'name', value: '**' },
        { type: 'tag', value },
      ],
      most: 500,
    })),
    ...hostile.map((value) => ({ filters: [{ type: 'name', value }], most: 500 })),
    { filters: filters('name'), most: 500 },
    { filters: filters('tag'), most: 500 },
  ],
  partialRunStart: [
    {
      scope: Array.from({ length: 50 }, (_, index) => ({
        repository: `team-1/service-${index}`,
        tags: Array.from({ length: 1_000 }, (__, tag) => `release-${tag}`),
      })),
    },
  ],
  syncReferenceRead: [{ lines: Array.from({ length: 500 }, (_, index) => `team/${'r'.repeat(900)}:${index}`) }],
  syncTagSearch: [{ repository: `${'{*,**,?}'.repeat(60)}z`, tag: `${'{*,**,?}'.repeat(60)}z` }],
  syncPlanShow: [
    {
      images: Array.from({ length: 500 }, (_, index) => ({
        repository: `team-1/service-${index}`,
        tags: Array.from({ length: 20 }, (__, tag) => `release-${tag}`),
      })),
      targets: Array.from({ length: 2 }, (_, index) => ({ region: `region-${index}`, organization: 'o'.repeat(64) })),
    },
  ],
  syncJobStart: [
    {
      targets: Array.from({ length: 2 }, (_, index) => ({ region: `region-${index}`, organization: 'o'.repeat(64) })),
      rows: Array.from({ length: 10_000 }, (_, index) => ({
        repository: 'team-1/service-1',
        tag: `r${index}`,
        digest: '',
        size: 1,
        send: ['send', 'send'],
      })),
    },
  ],
  syncJobRetry: [{ cells: Array.from({ length: 20_000 }, (_, index) => index) }],
  findingMute: [{ finding: 'f'.repeat(2_000), reason: 'r'.repeat(500) }],
  findingUnmute: [{ finding: 'f'.repeat(2_000) }],
  checkDraft: [
    { id: 0, name: 'n'.repeat(256), policy: replicationBody() },
    { id: 0, name: 'n', policy: replicationBody({ filters: filters('name') }) },
    ...hostile.map((value) => ({
      id: 0,
      name: 'n',
      policy: replicationBody({
        filters: [
          { type: 'name', value: '**' },
          { type: 'tag', value },
        ],
      }),
    })),
    { id: 0, name: 'n', policy: replicationBody({ filters: [{ type: 'name', value: '**' }] }) },
  ],
}

const shapeOf = z.looseObject({
  anyOf: z.array(z.unknown()).optional(),
  enum: z.array(z.string()).optional(),
  type: z.string().optional(),
  format: z.string().optional(),
  maxLength: z.number().optional(),
  maximum: z.number().optional(),
})
/** The largest value of a query that its schema lets through. */
function largestValue(schema: unknown): string {
  const { anyOf, enum: values, type, format, maxLength, maximum } = shapeOf.parse(schema)
  if (anyOf) return largestValue(anyOf[0])
  if (values) return values.at(-1) ?? ''
  if (type === 'boolean') return 'true'
  if (type === 'number' || type === 'integer') return String(Math.min(maximum ?? 100, 100))
  return format === 'date-time' ? '2026-05-20T12:00:00Z' : 'x'.repeat(maxLength ?? 2_000)
}
/** Values that a schema checks by code, and so does not tell. */
const largestChecked: Readonly<Record<string, string>> = {
  last: lastResults.join(),
  filter: autoSyncRunPage({ offset: 0, limit: 100 }),
  zone: 'America/Argentina/ComodRivadavia',
}
function largestQuery({ query }: Schemas): Record<string, string> {
  if (!query) return {}
  const { properties = {} } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' })
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, largestChecked[name] ?? largestValue(schema)]),
  )
}

/** Without these nothing is answered. */
function mandatory({ query }: Schemas): readonly string[] {
  return (query && z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' }).required) ?? []
}

/** The largest query, and the largest page of all that there is. */
function queriesOf(schemas: Schemas): Record<string, string>[] {
  if (!schemas.query) return [{}]
  const { limit, offset, marker, ...rest } = largestQuery(schemas)
  const needed = Object.fromEntries(Object.entries(rest).filter(([name]) => mandatory(schemas).includes(name)))
  const page = (first: boolean) => ({
    ...(limit && { limit }),
    ...(offset && { offset: first ? '0' : offset }),
    ...(marker && { marker: first ? '1' : marker }),
  })
  return [
    { ...rest, ...page(false) },
    { ...needed, ...page(true) },
  ]
}

const largeRefusals = [
  JSON.stringify(Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`unknown_${index}`, index]))),
  `${'['.repeat(400_000)}${']'.repeat(400_000)}`,
  `{"name":${JSON.stringify('x'.repeat(1_000_000))}}`,
  JSON.stringify({ filters: Array.from({ length: 20_000 }, () => ({ type: 'odd', value: 1 })) }),
  `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  'x'.repeat(1_048_576),
]

const isOfPattern = (code: unknown) => typeof code === 'string' && code.startsWith('pattern_')

interface Row {
  readonly table: 'swr' | 'console'
  readonly name: SwrOperation | ConsoleOperation
  readonly operation: SwrRoute | ConsoleRoute
  readonly schemas: Schemas
}
const rows: Row[] = [
  ...Object.entries(consoleRoutes).map(([name, operation]) => ({
    table: 'console' as const,
    name: name as ConsoleOperation,
    operation,
    schemas: consoleSchemas[name as ConsoleOperation] as Schemas,
  })),
  // What no request from outside reaches holds up nobody by itself.
  ...(Object.entries(swrRoutes) as [SwrOperation, SwrRoute][])
    .filter(([, { withheld }]) => !withheld)
    .map(([name, operation]) => ({
      table: 'swr' as const,
      name,
      operation,
      schemas: swrSchemas[name] as Schemas,
    })),
  // What is deleted cannot be asked for any more.
].toSorted((a, b) => Number(a.operation.method === 'DELETE') - Number(b.operation.method === 'DELETE'))

/** What the caller saw, where a write has to say it. */
async function seen(
  table: Row['table'],
  operation: SwrRoute | ConsoleRoute,
  at: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  if (!('ifMatch' in operation)) return undefined
  if (at === immutableParams) {
    const list = await run('swr', 'GET', swrRoutes.immutableRuleList.path, { at })
    const { immutable_rules: rules } = swrSchemas.immutableRuleList.response.parse(await list.json())
    return rules.find(({ id }) => String(id) === at.immutable_rule_id)?.content_hash ?? 'gone'
  }
  const read = await run(table, 'GET', operation.path, { at })
  const answer: unknown = await read.json()
  return z.looseObject({ content_hash: z.string() }).parse(answer).content_hash
}

/** What a query has to say so that there is an answer. */
const answered = (table: Row['table'], name: string): Record<string, string> => {
  if (table === 'console' && (name === 'basicRetentionShow' || name === 'basicRetentionLogShow')) return ofWebApi
  return name.endsWith('ImageList') && name !== 'retentionExecutionImageList' ? { filter: 'all', search: '' } : {}
}

const placeOf = (name: string): Record<string, string> =>
  name.startsWith('retention') ? retentionParams : name.startsWith('immutable') ? immutableParams : {}

describe('no request holds up the others', () => {
  test.each(rows.map((row): [string, Row] => [`${row.table} ${row.name}`, row]))(
    '%s',
    async (_, { table, name, operation, schemas }) => {
      const { method, path } = operation
      const given = Object.hasOwn(bodies, name) ? bodies[name as keyof typeof bodies] : [undefined]
      expect(given.length).toBeGreaterThan(0)
      const at = placeOf(name)
      const asked =
        given.length > 1
          ? given.map((body) => ({ body, query: {} }))
          : queriesOf(schemas).map((query) => ({ body: given[0], query: { ...query, ...answered(table, name) } }))
      for (const { body, query } of asked) {
        const text = body && JSON.stringify(body)
        const stall = await longestStall(async () => {
          const ifMatch = await seen(table, operation, at)
          const answer = await run(table, method, path, { query, text, ifMatch, at })
          const said = await answer.text()
          if (method === 'GET') expect(answer.status, said.slice(0, 300)).toBe(200)
          // Largest, but legal: only what a pattern would cost may be refused.
          if (answer.status === 422)
            expect([name, said, Object.values(JSON.parse(said).fields ?? {}).every(isOfPattern)]).toEqual([
              name,
              said,
              true,
            ])
        }, limitMs)
        expect(stall, text?.slice(0, 120)).toBeLessThan(limitMs)
      }
      const refused = method === 'GET' ? [undefined] : largeRefusals
      for (const text of refused) {
        const query = { ...largestQuery(schemas), unknown: 'x'.repeat(15_000), offset: '-1' }
        const stall = await longestStall(async () => {
          const answer = await run(table, method, path, { query, text, at, ifMatch: 'none' })
          expect(answer.status).toBeGreaterThanOrEqual(400)
          await answer.text()
        }, limitMs)
        expect(stall, text?.slice(0, 60)).toBeLessThan(limitMs)
      }
    },
    60_000,
  )
})
