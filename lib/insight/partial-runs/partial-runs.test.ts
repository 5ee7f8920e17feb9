import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { auditStore } from '../../audit/audit-store'
import type { ConsoleOutput } from '../../contract/console/schemas'
import { jobs } from '../../db/job-tables'
import { releaseJobs, takeUpJobs } from '../../jobs/runner'
import { temporaryPolicyName } from '../../policy/replication/partial'
import type { TestMember } from '../../testing/console'
import { databases } from '../../testing/database'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'
import { waitUntil } from '../../testing/wait-until'
import { insertPartialRun } from './store'

const parent = {
  id: 7,
  name: 'nightly',
  dest_registry: { id: 3 },
  src_registry: { id: 0 },
  dest_namespace: 'mirror',
  filters: [
    { type: 'name', value: 'payments/**' },
    { type: 'tag', value: 'v*' },
  ],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual' },
  override: true,
  enabled: true,
}
const subtask = (id: number, repository: string, tag: string, status: string) => ({
  id,
  namespace: 'payments',
  repository,
  tag,
  status,
  status_text: '',
})
const content = {
  namespaces: [
    {
      name: 'payments',
      repositories: [
        { name: 'api', tags: ['v1', 'v2', 'latest'] },
        { name: 'team/worker', tags: ['v1'] },
      ],
    },
  ],
  registries: [{ id: 3, name: 'frankfurt', type: 'swr-pro', status: 'healthy', url: 'https://harbor.example.com' }],
  policies: [parent],
  executions: [
    { id: 12, policy_id: 7, status: 'Failed', total: 2, failed: 2 },
    { id: 13, policy_id: 7, status: 'Succeed', total: 0 },
  ],
  tasks: {
    12: [
      { id: 1, execution_id: 12, status: 'Failed' },
      { id: 2, execution_id: 12, status: 'Failed' },
    ],
  },
  subtasks: {
    1: [subtask(1, 'api', 'v1', 'Failed'), subtask(2, 'api', 'v2', 'Succeed'), subtask(5, 'api', 'latest', 'Failed')],
    2: [subtask(3, 'team/worker', 'v1', 'Failed')],
  },
}

// Each waits for runs of the sandbox, at the pace at which the console looks.
vi.setConfig({ testTimeout: 60_000 })

describe.each(databases())('runs of a part on $name', ({ open }) => {
  let console_: SandboxedConsole
  let operator: TestMember
  let instance = ''

  beforeAll(async () => {
    console_ = await startOnSandbox(open())
    operator = await console_.member('operator')
  })
  afterAll(() => console_.close())
  beforeEach(async () => {
    await make()
  })

  async function make(more: object = {}) {
    instance = await console_.instance({ ...content, ...more })
    await pace(0)
  }
  const pace = (secondsPerTask: number) => console_.control('PUT', '/pace', { instance, secondsPerTask })
  const params = () => ({ connection: 'default', instance_id: instance, policy_id: '7' })
  const start = async (body: object, who = operator) => {
    const answer = await console_.own(who, 'partialRunStart', { params: params(), body })
    return { status: answer.status, json: await answer.json() }
  }
  const runs = async (): Promise<ConsoleOutput<'partialRunList'>> =>
    (await console_.own(operator, 'partialRunList', { params: params() })).json()
  const ended = () =>
    vi.waitFor(
      async () => {
        const [run] = (await runs()).runs
        if (!run?.endedAt) throw new Error('it is not over')
        return run
      },
      { timeout: 40_000, interval: 200 },
    )
  const written = async () => (await console_.received(instance)).filter(({ method }) => method !== 'GET')
  const policies = async () => {
    const stored = await console_.control<{ policies: { name: string }[] }>('GET', `/instances/${instance}`)
    return stored.policies.map(({ name }) => name)
  }

  /** What a console that died has left in the database. */
  const leave = (token: string, part: object = {}) =>
    insertPartialRun(console_.db, {
      connection: 'default',
      instance,
      policyId: 7,
      executionId: 12,
      actorId: operator.id,
      actorName: operator.email,
      role: 'operator',
      token,
      policy: parent,
      parts: [
        {
          repository: 'payments/api',
          tags: ['v1'],
          policy: null,
          execution: null,
          state: 'waiting',
          text: '',
          results: [],
          removed: false,
          ...part,
        },
      ],
    })
  const started = () =>
    vi.waitFor(
      async () => {
        const part = (await runs()).runs[0]?.parts[0]
        if (!part?.execution || !part.policy) throw new Error('it has not begun')
        return { policy: part.policy, execution: part.execution }
      },
      { timeout: 20_000, interval: 100 },
    )
  const place = () => ({ connection: 'default', instance_id: instance })

  test('an operator runs again what failed: a policy for each repository, started, its results kept, removed', async () => {
    const { status, json } = await start({ execution: 12 })
    expect([status, json.run.parts.map(({ state }: { state: string }) => state)]).toEqual([
      200,
      ['waiting', 'waiting', 'not_selected'],
    ])
    const run = await ended()
    expect(run.parts).toMatchObject([
      { repository: 'payments/api', tags: ['v1'], state: 'succeeded', removed: true },
      { repository: 'payments/team/worker', tags: ['v1'], state: 'succeeded', removed: true },
      { repository: 'payments/api', tags: ['latest'], state: 'not_selected', policy: null, removed: true },
    ])
    expect(run.parts[0]?.results).toEqual([{ tag: 'v1', phase: 'succeeded', text: '' }])
    expect(run).toMatchObject({ policy: 7, execution: 12, actorName: operator.email })
    const made = (await written()).filter(({ path, method }) => method === 'POST' && path.endsWith('/policies'))
    // Their names end with their place. The parts begin together: whose policy arrives first is chance.
    const byName = made.map(({ body }) => body).sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
    expect(byName).toMatchObject([
      {
        dest_registry: { id: 3 },
        dest_namespace: 'mirror',
        filters: [
          { type: 'name', value: 'payments/api' },
          { type: 'tag', value: 'v1' },
        ],
        trigger: { type: 'manual' },
        override: true,
        enabled: true,
      },
      { filters: [{ value: 'payments/team/worker' }, { value: 'v1' }] },
    ])
    expect(await policies()).toEqual(['nightly'])
    // It did not fail any more.
    expect((await start({ execution: 12 })).json.code).toBe('scope_empty')
    const entries = await console_.entries({ instance, person: operator.email })
    const counts = (name: string) =>
      entries.filter(({ operation, outcome }) => operation === name && outcome === 'done')
    expect(
      ['partialRunStart', 'replicationCreate', 'executionStart', 'replicationDelete'].map(
        (name) => counts(name).length,
      ),
    ).toEqual([1, 2, 2, 2])
    expect(counts('partialRunStart')[0]).toMatchObject({ kind: 'replication', objectId: '7', objectName: 'nightly' })
    expect(counts('replicationCreate')[0]?.reason).toContain('nightly')
  })

  test('chosen tags of a repository are run; what the policy does not select is not an operator’s to copy', async () => {
    const outside = [
      [{ repository: 'payments/api', tags: ['v1', 'latest'] }],
      [{ repository: 'library/web', tags: ['v1'] }],
    ]
    const said = await Promise.all(outside.map(async (scope) => (await start({ scope })).json))
    expect(said).toMatchObject([
      { code: 'scope_outside', fields: { 'body.scope.0.tags.1': 'scope_outside' } },
      { code: 'scope_outside', fields: { 'body.scope.0.repository': 'scope_outside' } },
    ])
    expect(await written()).toEqual([])
    await start({ scope: [{ repository: 'payments/api', tags: ['v1', 'v2'] }] })
    const { parts } = await ended()
    expect(parts[0]?.results.map(({ tag, phase }) => [tag, phase])).toEqual([
      ['v1', 'succeeded'],
      ['v2', 'succeeded'],
    ])
  })

  test('of what failed only the odd is left out, named with its reason; a whole repository is run as the policy takes it', async () => {
    const everything = { ...parent, filters: [parent.filters[0]] }
    await make({
      policies: [everything],
      tasks: {
        12: [
          { id: 1, status: 'Failed', src_resource: 'payments/api [4 item(s) in total]' },
          { id: 2, status: 'Failed', src_resource: 'payments/team/worker [1 item(s) in total]' },
          { id: 3, status: 'Failed', src_resource: 'payments/api [1 item(s) in total]', operation: 'deletion' },
        ],
      },
      subtasks: {
        1: ['v1', '-ot-beta-jmx', '', 'a,b'].map((tag, index) => subtask(index + 1, 'api', tag, 'Failed')),
        2: [],
        3: [subtask(9, 'api', 'v2', 'Failed')],
      },
    })
    await start({ execution: 12 })
    const { parts } = await ended()
    expect(parts.map(({ repository, tags, whole, state, text }) => [repository, tags, whole, state, text])).toEqual([
      ['payments/team/worker', [], true, 'succeeded', ''],
      ['payments/api', ['-ot-beta-jmx', 'v1'], undefined, 'succeeded', ''],
      ['payments/api', [], undefined, 'not_started', 'untagged'],
      ['payments/api', ['a,b'], undefined, 'not_started', 'odd_tag'],
    ])
    const made = (await written()).filter(({ path, method }) => method === 'POST' && path.endsWith('/policies'))
    // The parts begin together: whose policy arrives first is chance.
    expect(made).toHaveLength(2)
    expect(made.map(({ body }) => body)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ filters: [expect.objectContaining({ value: 'payments/team/worker' })] }),
        expect.objectContaining({
          filters: [
            expect.objectContaining({ value: 'payments/api' }),
            expect.objectContaining({ value: '{-ot-beta-jmx,v1}' }),
          ],
        }),
      ]),
    )
    // What the page shows is what the start does: all of it was copied but for one that is not there.
    const plan = await console_.own(operator, 'retryPlanShow', { params: { ...params(), execution_id: '12' } })
    expect(await plan.json()).toMatchObject({ copied: 2, again: 1, parts: [{ tags: ['-ot-beta-jmx'] }] })
  })

  test('without room for one more policy nothing is made, and the answer says why', async () => {
    await make({ statistics: { replica_policy_quota: 1, replica_policy_count: 1 } })
    expect(await start({ execution: 12 })).toMatchObject({ status: 409, json: { code: 'policy_quota_full' } })
    expect(await written()).toEqual([])
  })

  test('a disabled policy, a run without failures and both questions at once are refused', async () => {
    expect((await start({ execution: 13 })).json.code).toBe('scope_empty')
    expect(await start({ execution: 99 })).toMatchObject({ status: 404, json: { code: 'swr_not_found' } })
    expect((await start({})).status).toBe(422)
    expect((await start({ execution: 12, scope: [{ repository: 'payments/api', tags: ['v1'] }] })).status).toBe(422)
    await make({ policies: [{ ...parent, enabled: false }] })
    expect((await start({ execution: 12 })).json.code).toBe('policy_disabled')
    expect(await written()).toEqual([])
  })

  test('a part that SWR refuses to make says so and hinders no other', async () => {
    await make({ policies: [{ ...parent, dest_registry: { id: 4 } }] })
    await start({ execution: 12 })
    const { parts } = await ended()
    expect(parts.map(({ state, removed }) => [state, removed])).toEqual([
      ['not_started', true],
      ['not_started', true],
      ['not_selected', true],
    ])
    expect(parts[0]?.text).toContain('registry 4')
  })

  test('after a crash it is taken up where it stood: nothing is made or started twice, nothing stays', async () => {
    const token = '0123456789ab'
    const left = {
      ...parent,
      id: 8,
      name: temporaryPolicyName(token, 0),
      filters: [{ type: 'name', value: 'payments/api' }],
    }
    await make({
      policies: [parent, left],
      executions: [{ id: 30, policy_id: 8, status: 'Succeed', total: 1, succeed: 1, status_text: '' }],
      tasks: { 30: [{ id: 5, execution_id: 30, status: 'Succeed' }] },
      subtasks: { 5: [subtask(9, 'api', 'v1', 'Succeed')] },
    })
    await leave(token)
    // Its holder is dead.
    await releaseJobs(console_.db)
    await takeUpJobs(await auditStore())
    const { parts } = await ended()
    expect(parts).toMatchObject([{ state: 'succeeded', policy: 8, execution: 30, removed: true }])
    expect((await written()).map(({ method }) => method)).toEqual(['DELETE'])
    expect(await policies()).toEqual(['nightly'])
  })

  test('what had not begun hours ago is not begun any more', async () => {
    await leave('0123456789ab')
    await console_.db.update(jobs).set({ until: sql`now() - interval '2 hours'` })
    await takeUpJobs(await auditStore())
    expect((await ended()).parts).toMatchObject([{ state: 'not_started', text: 'scope_interrupted', removed: true }])
    expect(await written()).toEqual([])
  })

  test('of two who press at the same moment one is told that it goes on already', async () => {
    await pace(60)
    const [one, two] = await Promise.all([start({ execution: 12 }), start({ execution: 12 })])
    expect([one, two].map(({ status }) => status).sort()).toEqual([200, 409])
    expect([one, two].map(({ json }) => json.code)).toContain('scope_running')
    await pace(0)
    expect((await runs()).total).toBe(1)
    await ended()
    // One that is over is in nobody's way.
    expect((await start({ execution: 12 })).json.code).toBe('scope_empty')
  })

  test('with room for one policy only, the parts take turns', async () => {
    await make({ statistics: { replica_policy_quota: 2 } })
    await start({ execution: 12 })
    expect((await ended()).parts.map(({ state }) => state)).toEqual(['succeeded', 'succeeded', 'not_selected'])
    expect(await policies()).toEqual(['nightly'])
  })

  test('a part that somebody stops says so, and its policy goes all the same', async () => {
    await pace(60)
    await start({ scope: [{ repository: 'payments/api', tags: ['v1', 'v2'] }] })
    const { policy, execution } = await started()
    const shown = await console_.own(operator, 'runShow', {
      params: { ...place(), policy_id: String(policy), execution_id: String(execution) },
    })
    expect(await shown.json()).toMatchObject({ parent: { policy: 7, execution: null } })
    await console_.swr(operator, 'executionStop', {
      params: { instance_id: instance, execution_id: String(execution) },
    })
    await pace(0)
    const { parts } = await ended()
    expect(parts).toMatchObject([{ state: 'stopped', removed: true }])
    expect(parts[0]?.results.some(({ phase }) => phase === 'stopped')).toBe(true)
    expect(await policies()).toEqual(['nightly'])
  })

  test('a short-lived policy that somebody deletes or takes over by another name is left at that', async () => {
    const admin = await console_.member('admin')
    const renamed = { ...parent, id: 8, name: 'taken-over' }
    await make({ policies: [parent, renamed] })
    await leave('0123456789ab', { policy: 8, execution: 30, state: 'succeeded' })
    await leave('0123456789ac', { policy: 9, execution: 31, state: 'succeeded' })
    await releaseJobs(console_.db)
    await takeUpJobs(await auditStore())
    await waitUntil(async () =>
      expect((await runs()).runs.map(({ endedAt, parts }) => [endedAt !== null, parts[0]?.removed])).toEqual([
        [true, true],
        [true, true],
      ]),
    )
    expect(await written()).toEqual([])
    expect(await policies()).toEqual(['nightly', 'taken-over'])
    const gone = await console_.own(admin, 'deletedList', { params: { ...place(), kind: 'replication' } })
    expect((await gone.json()).revisions).toEqual([])
  })

  test('short-lived policies are not offered to be made again', async () => {
    await start({ execution: 12 })
    await ended()
    const gone = await console_.own(operator, 'deletedList', { params: { ...place(), kind: 'replication' } })
    expect((await gone.json()).revisions).toEqual([])
    const removed = await console_.entries({ instance, operation: 'replicationDelete' })
    expect(removed).toHaveLength(2)
  })

  const policiesMade = async () => (await policies()).filter((name) => name.startsWith('console-run-')).length
  const since = async (person: string, from: Date) =>
    (await console_.entries({ instance, person, from })).map(({ operation }) => operation)

  test('who loses the right does nothing more: the console stops the copying and removes what was made', async () => {
    const [leaver, admin] = [await console_.member('operator'), await console_.member('admin')]
    await pace(60)
    await start({ execution: 12 }, leaver)
    await started()
    await console_.own(admin, 'userUpdate', { params: { user_id: leaver.id }, body: { disabled: true } })
    const disabled = new Date()
    await waitUntil(async () => expect((await runs()).runs[0]?.stopped).not.toBeNull())
    await pace(0)
    const run = await ended()
    expect(run.stopped).toMatchObject({ reason: 'right_lost', name: leaver.email })
    expect(run.parts.map(({ text, removed }) => [text, removed]).slice(0, 2)).toEqual([
      ['scope_right_lost', true],
      ['scope_right_lost', true],
    ])
    expect(await policies()).toEqual(['nightly'])
    expect(await since(leaver.email, disabled)).toEqual([])
    const bySystem = await since('system', disabled)
    expect(bySystem).toContain('executionStop')
    expect(bySystem.filter((name) => name === 'replicationDelete')).toHaveLength(2)
  })

  test('a demotion is such a loss', async () => {
    const [leaver, admin] = [await console_.member('operator'), await console_.member('admin')]
    await pace(600)
    await start({ scope: [{ repository: 'payments/api', tags: ['v1'] }] }, leaver)
    await started()
    await console_.own(admin, 'userUpdate', { params: { user_id: leaver.id }, body: { role: 'viewer' } })
    expect((await ended()).stopped).toMatchObject({ reason: 'right_lost', name: leaver.email })
    expect(await policies()).toEqual(['nightly'])
  })

  test('a run can be cancelled as a whole, by somebody else as well', async () => {
    const other = await console_.member('operator')
    await pace(60)
    const { json } = await start({ execution: 12 })
    await started()
    const cancel = { params: { ...params(), partial_run_id: String(json.run.id) }, reason: 'wrong target' }
    expect((await console_.own(other, 'partialRunCancel', cancel)).status).toBe(200)
    await waitUntil(async () => expect(await since('system', new Date(0))).toContain('executionStop'))
    await pace(0)
    const run = await ended()
    expect(run.stopped).toMatchObject({ reason: 'cancelled', name: other.email })
    expect(run.parts.slice(0, 2).map(({ text }) => text)).toEqual(['scope_cancelled', 'scope_cancelled'])
    expect(await policies()).toEqual(['nightly'])
    expect(await console_.entries({ instance, operation: 'partialRunCancel' })).toMatchObject([
      { actorName: other.email, objectId: '7', objectName: 'nightly', reason: 'wrong target', outcome: 'done' },
    ])
    const unknown = { params: { ...params(), partial_run_id: '999999' } }
    expect((await console_.own(other, 'partialRunCancel', unknown)).status).toBe(404)
  })

  test('a run that waits for its console to come back is cancelled, too', async () => {
    const left = await leave('0123456789ad')
    if (typeof left === 'string') throw new Error(left)
    await console_.own(operator, 'partialRunCancel', { params: { ...params(), partial_run_id: String(left.id) } })
    await releaseJobs(console_.db)
    await takeUpJobs(await auditStore())
    expect((await ended()).parts).toMatchObject([{ state: 'not_started', text: 'scope_cancelled', removed: true }])
    expect(await written()).toEqual([])
  })

  test('one run a policy, three a person, and three short-lived policies at once in the instance', async () => {
    const ids = [7, 8, 9, 10]
    await make({ policies: ids.map((id) => ({ ...parent, id, name: `nightly-${id}` })) })
    await pace(60)
    const scope = [
      { repository: 'payments/api', tags: ['v1'] },
      { repository: 'payments/team/worker', tags: ['v1'] },
    ]
    const begin = async (id: number, who = operator) => {
      const answer = await console_.own(who, 'partialRunStart', {
        params: { ...params(), policy_id: String(id) },
        body: { scope },
      })
      return (await answer.json()).code ?? answer.status
    }
    expect([await begin(7), await begin(7), await begin(8), await begin(9), await begin(10)]).toEqual([
      200,
      'scope_running',
      200,
      200,
      'scope_person_busy',
    ])
    expect(await begin(10, await console_.member('operator'))).toBe(200)
    await waitUntil(async () => expect(await policiesMade()).toBe(3))
    await pace(2)
    let most = 0
    await vi.waitFor(
      async () => {
        most = Math.max(most, await policiesMade())
        const open = await console_.db.select().from(jobs).where(sql`instance = ${instance} and ended_at is null`)
        if (open.length > 0) throw new Error('some go on')
      },
      { timeout: 60_000, interval: 100 },
    )
    expect(most).toBeLessThanOrEqual(3)
    expect(await policiesMade()).toBe(0)
  }, 90_000)

  test('a viewer may look, not run', async () => {
    const viewer = await console_.member('viewer')
    expect((await start({ execution: 12 }, viewer)).status).toBe(403)
    expect((await console_.own(viewer, 'partialRunList', { params: params() })).status).toBe(200)
    expect(await written()).toEqual([])
  })
})
