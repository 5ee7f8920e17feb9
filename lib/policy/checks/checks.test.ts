import { describe, expect, test } from 'vitest'
import type { Finding } from '../../contract/console/checks'
import type { Replication } from '../../contract/swr/replication'
import type { Retention } from '../../contract/swr/retention'
import { temporaryPolicyName } from '../replication/partial'
import { checks } from './checks'
import { shortestInterval } from './schedule'
import type { Subject } from './subject'

const now = new Date('2026-05-20T12:00:00Z')
const daysAgo = (days: number) => now.getTime() - days * 86_400_000

const policy = (id: number, more: Partial<Replication> = {}): Replication => ({
  id,
  name: `p${id}`,
  src_registry: { id: 0 },
  dest_registry: { id: 3, name: 'dr' },
  dest_namespace: '',
  filters: [],
  override: false,
  enabled: true,
  trigger: { type: 'manual' },
  content_hash: '',
  ...more,
})
const filters = (name: string, tag = '**') => ({
  filters: [
    { type: 'name', value: name },
    { type: 'tag', value: tag },
  ],
})
const pull = { src_registry: { id: 3, name: 'dr' }, dest_registry: { id: 0 } }
const byEvent = { trigger: { type: 'event_based' } }
const scheduled = (cron: string) => ({ trigger: { type: 'scheduled', trigger_settings: { cron } } })

/** `name tag tag`: one image for each tag, the first pushed first. */
const repository = (text: string) => {
  const [name = '', ...tags] = text.split(' ')
  const images = tags.map((tag, index) => ({ pushed: daysAgo(tags.length - index), pulled: 0, tags: [tag] }))
  return { name, images }
}
const subject = (repositories: readonly string[], more: Partial<Subject> = {}): Subject => ({
  policies: [],
  registries: [{ id: 3, name: 'dr', status: 'healthy', type: 'swr-pro' }],
  retentions: [],
  immutable: new Map(),
  repositories: repositories.map(repository),
  usual: new Map(),
  hanging: new Map(),
  back: new Map(),
  now,
  ...more,
})

function found(given: Subject, only?: number) {
  const steps = checks(given, only)
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value
}
const findings = (given: Subject, kind?: Finding['kind'], only?: number) =>
  found(given, only).findings.filter((each) => kind === undefined || each.kind === kind)
const namesIn = ({ policies }: Finding) => policies.map(({ name }) => name).join()

describe('the same destination from different sources', () => {
  const lists = ['checkout/api v1 v2', 'payments/api v2 v3 main', 'payments/web v2']

  test('two policies whose namespace at the target keeps only the last part of the name', () => {
    const policies = [
      policy(1, { ...filters('payments/**'), dest_namespace: 'mirror' }),
      policy(2, { ...filters('checkout/**'), dest_namespace: 'mirror' }),
    ]
    expect(findings(subject(lists, { policies }))).toEqual([
      {
        kind: 'same_destination',
        policies: [
          { id: 1, name: 'p1' },
          { id: 2, name: 'p2' },
        ],
        registry: { id: 3, name: 'dr' },
        retention: null,
        elsewhere: null,
        examples: ['mirror/api:v2 ← payments/api, checkout/api'],
        count: 1,
        interval: null,
        usual: null,
      },
    ])
  })

  test('one policy by itself', () => {
    const policies = [policy(1, { ...filters('**'), dest_namespace: 'mirror' })]
    expect(findings(subject(lists, { policies }))).toMatchObject([
      { kind: 'same_destination', policies: [{ id: 1 }], count: 1 },
    ])
  })

  test('a policy that renames and one that does not', () => {
    const policies = [policy(1, { ...filters('payments/api'), dest_namespace: 'checkout' }), policy(2, filters('**'))]
    expect(findings(subject(lists, { policies }), 'same_destination')).toMatchObject([
      { count: 1, examples: ['checkout/api:v2 ← payments/api, checkout/api'] },
    ])
  })

  test('only tags that both copy are counted', () => {
    const same = { dest_namespace: 'mirror' }
    const policies = [
      policy(1, { ...filters('payments/**', 'v*'), ...same }),
      policy(2, { ...filters('checkout/**', 'v1'), ...same }),
    ]
    expect(findings(subject(lists, { policies }))).toEqual([])
  })

  test.each([
    ['another registry', { dest_registry: { id: 4 } }],
    ['another namespace there', { dest_namespace: 'other' }],
    ['disabled', { enabled: false }],
    ['a pull', pull],
  ])('nothing is wrong with %s', (_, more) => {
    const policies = [
      policy(1, { ...filters('payments/**'), dest_namespace: 'mirror' }),
      policy(2, { ...filters('checkout/**'), dest_namespace: 'mirror', ...more }),
    ]
    expect(findings(subject(lists, { policies }))).toEqual([])
  })

  test('counts are exact where examples are few', () => {
    const tags = Array.from({ length: 40 }, (_, index) => `v${index}`).join(' ')
    const policies = [
      policy(1, { ...filters('payments/**'), dest_namespace: 'mirror' }),
      policy(2, { ...filters('checkout/**'), dest_namespace: 'mirror' }),
    ]
    const [only] = findings(
      subject(['checkout/a x', `checkout/b ${tags}`, 'payments/a x', `payments/b ${tags}`], { policies }),
    )
    expect(only?.count).toBe(41)
    expect(only?.examples).toHaveLength(5)
    expect(new Set(only?.examples).size).toBe(5)
  })

  test('three policies are three pairs, each with its own count', () => {
    const policies = [
      policy(1, { ...filters('a/**'), dest_namespace: 'm' }),
      policy(2, { ...filters('b/**'), dest_namespace: 'm' }),
      policy(3, { ...filters('c/**', '1'), dest_namespace: 'm' }),
    ]
    const all = findings(subject(['a/x 1 2', 'b/x 1 2 3', 'c/x 1 2 3'], { policies }))
    expect(all.map((each) => [namesIn(each), each.count])).toEqual([
      ['p1,p2', 2],
      ['p1,p3', 1],
      ['p2,p3', 1],
    ])
  })
})

describe('the same images with another override', () => {
  const lists = ['payments/api v1 v2 main', 'payments/web main']

  test('is found for what both copy', () => {
    const policies = [
      policy(1, { ...filters('payments/**'), override: true }),
      policy(2, filters('**', 'v*')),
      policy(3, { ...filters('**', 'v*'), enabled: false }),
    ]
    expect(findings(subject(lists, { policies }))).toMatchObject([
      {
        kind: 'different_override',
        policies: [{ id: 1 }, { id: 2 }],
        registry: { id: 3 },
        count: 2,
        examples: ['payments/api:v1', 'payments/api:v2'],
      },
    ])
  })

  test('an override that is not said is none', () => {
    const policies = [policy(1, { override: undefined }), policy(2, { override: false })]
    expect(findings(subject(lists, { policies }))).toEqual([])
  })

  test('is nothing where they go to other places', () => {
    const policies = [policy(1, { override: true, dest_namespace: 'm' }), policy(2)]
    expect(findings(subject(lists, { policies }), 'different_override')).toEqual([])
  })
})

describe('circles by event', () => {
  const lists = ['library/nginx 1.0', 'payments/team/api v1 v2', 'payments/web main']

  test('what a pull writes here is pushed back to where it came from', () => {
    const policies = [
      policy(1, { ...filters('payments/**'), ...byEvent }),
      policy(2, { ...filters('**', 'v*'), ...pull, ...scheduled('0 0 2 * * *') }),
    ]
    expect(findings(subject(lists, { policies }))).toMatchObject([
      {
        kind: 'event_circle',
        policies: [{ id: 1 }, { id: 2 }],
        registry: { id: 3, name: 'dr' },
        elsewhere: null,
        count: 1,
        examples: ['payments/team/api'],
      },
    ])
  })

  test('names that change on the way still go round', () => {
    const policies = [
      policy(1, { ...filters('**'), ...byEvent, dest_namespace: 'out' }),
      policy(2, { ...filters('out/*'), ...pull, dest_namespace: 'in' }),
    ]
    expect(findings(subject(lists, { policies }), 'event_circle')).toMatchObject([
      { count: 3, examples: expect.arrayContaining(['payments/team/api → out/api → in/api']) },
    ])
  })

  test.each([
    ['the push is by hand', { trigger: { type: 'manual' } }, {}],
    ['the pull is from another registry', {}, { src_registry: { id: 4 } }],
    ['the pull takes other repositories', {}, filters('library/**')],
    ['no tag is both pushed and pulled', filters('payments/**', 'v*'), filters('payments/**', 'main')],
    ['the pull writes to a namespace that is not pushed', {}, { dest_namespace: 'from-dr' }],
    ['the pull does not take the names that are written there', { dest_namespace: 'copies' }, filters('payments/**')],
    ['the pull is disabled', {}, { enabled: false }],
  ])('nothing goes round when %s', (_, push, back) => {
    const policies = [
      policy(1, { ...filters('payments/**'), ...byEvent, ...push }),
      policy(2, { ...filters('payments/**'), ...pull, ...back }),
    ]
    expect(findings(subject(lists, { policies }))).toEqual([])
  })

  test('the instance behind the registry pushes back', () => {
    const there = policy(9, { name: 'home again', ...filters('mirror/**'), ...byEvent, dest_namespace: 'payments' })
    const policies = [policy(1, { ...filters('payments/web'), ...byEvent, dest_namespace: 'mirror' })]
    const back = new Map([[3, [{ connection: 'default', instance: 'b', policy: there }]]])
    expect(findings(subject(lists, { policies, back }))).toMatchObject([
      {
        kind: 'event_circle',
        policies: [{ id: 1, name: 'p1' }],
        elsewhere: { connection: 'default', instance: 'b', id: 9, name: 'home again' },
        examples: ['payments/web → mirror/web → payments/web'],
      },
    ])
    const elsewhere = new Map([[4, [{ connection: 'default', instance: 'b', policy: there }]]])
    expect(findings(subject(lists, { policies, back: elsewhere }))).toEqual([])
  })
})

describe('too often', () => {
  test.each([
    ['0 0 2 * * *', 86_400],
    ['0 0,5 2 * * *', 300],
    ['0 */30 * * * *', 1_800],
    ['0 0 2 ? * 0', 604_800],
    ['0 30 3 1 1 *', null],
    ['0 5 4 29 2 *', null],
    ['nonsense', null],
  ])('the shortest wait of %s is %j seconds', (cron, expected) => {
    expect(shortestInterval(cron, now)).toBe(expected)
  })

  test.each([
    ['0 5 4 29 2 *', 0],
    ['0 30 3 1 1 *', 0],
    ['0 */10 * * * *', 100],
  ])('of 237 policies with %s is found at once', (cron, expected) => {
    const policies = Array.from({ length: 237 }, (_, index) => policy(index + 1, scheduled(cron)))
    const usual = new Map(policies.map(({ id = 0 }) => [id, 700]))
    const before = process.cpuUsage()
    expect(findings(subject([], { policies, usual }), 'too_often')).toHaveLength(expected)
    const { user, system } = process.cpuUsage(before)
    // Looking at 200 times of each took 32 seconds.
    expect((user + system) / 1000).toBeLessThan(700)
  })

  test('a schedule that comes round before the usual run ends', () => {
    const policies = [
      policy(1, scheduled('0 */30 * * * *')),
      policy(2, { ...scheduled('0 */30 * * * *'), ...pull }),
      policy(3, scheduled('0 */30 * * * *')),
      policy(4, { ...scheduled('0 */30 * * * *'), enabled: false }),
      policy(5),
    ]
    const usual = new Map([
      [1, 1_801],
      [2, 3_600],
      [3, 1_800],
      [4, 9_999],
      [5, 9_999],
    ])
    expect(findings(subject([], { policies, usual }))).toMatchObject([
      { kind: 'too_often', policies: [{ id: 1 }], registry: { name: 'dr' }, interval: 1_800, usual: 1_801 },
      { kind: 'too_often', policies: [{ id: 2 }], interval: 1_800, usual: 3_600 },
    ])
  })
})

describe('unhealthy registries', () => {
  test('each with the enabled policies that point at it', () => {
    const registries = [
      { id: 3, name: 'dr', status: 'Unhealthy' },
      { id: 4, name: 'unused', status: 'unhealthy' },
      { id: 5, name: 'fine', status: 'healthy' },
      { id: 6, name: 'odd', status: 'sleeping' },
    ]
    const policies = [
      policy(1),
      policy(2, pull),
      policy(3, { enabled: false }),
      policy(5, { dest_registry: { id: 5 } }),
      policy(6, { dest_registry: { id: 6 } }),
    ]
    expect(findings(subject([], { policies, registries }))).toMatchObject([
      { kind: 'unhealthy_registry', registry: { id: 3, name: 'dr' }, policies: [{ id: 1 }, { id: 2 }], count: 2 },
    ])
  })
})

const retention = (more: Partial<Retention> = {}): Retention => ({
  id: 7,
  name: 'keep-2',
  namespace_name: 'payments',
  enabled: true,
  rules: [
    {
      template: 'latestPushedK',
      params: { latestPushedK: 2 },
      tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: 'v*' }],
      scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '{api,team/**}' }] },
    },
  ],
  content_hash: '',
  ...more,
})

describe('retention', () => {
  const lists = ['library/api v1 v2 v3', 'payments/api v1 v2 v3 main', 'payments/team/x v1 v2', 'payments/web v1 v2 v3']

  test('deletes what a push policy selects', () => {
    const policies = [
      policy(1, filters('payments/**')),
      policy(2, filters('**', 'v*')),
      policy(3, filters('library/**')),
      policy(4, filters('payments/**', 'v3')),
      policy(5, { ...filters('payments/**'), enabled: false }),
      policy(6, { ...filters('payments/**'), ...pull }),
    ]
    expect(findings(subject(lists, { policies, retentions: [retention()] }), 'retention_deletes')).toMatchObject([
      {
        policies: [{ id: 1 }, { id: 2 }],
        retention: { namespace: 'payments', id: 7, name: 'keep-2' },
        registry: null,
        count: 2,
        examples: ['payments/api:v1', 'payments/api:main'],
      },
    ])
  })

  test.each([
    ['it is disabled', { enabled: false }],
    ['its rule is disabled', { rules: retention().rules.map((rule) => ({ ...rule, disabled: true })) }],
    ['it is of another namespace', { namespace_name: 'checkout' }],
    ['nobody can say what it does', { algorithm: 'and' }],
  ])('is no finding when %s', (_, more) => {
    const policies = [policy(1, filters('payments/**'))]
    expect(findings(subject(lists, { policies, retentions: [retention(more)] }))).toEqual([])
  })
})

describe('retention beside pull policies', () => {
  const lists = ['payments/api v1 v2 v3', 'payments/team/x v1 v2 v3', 'payments/web v1 v2 v3']
  const nightly = scheduled('0 0 2 * * *')
  const found = (more: Partial<Replication>, tags = '**', names = 'payments/**') =>
    findings(
      subject(lists, {
        policies: [policy(1, { ...filters(names, tags), ...pull, ...nightly, ...more })],
        retentions: [retention()],
      }),
      'retention_copied_back',
    ).map(({ count, examples, policies }) => [count, examples, policies.map(({ id }) => id)])

  test('what is deleted and pulled again under its own name', () => {
    expect(found({})).toEqual([[2, ['payments/api:v1', 'payments/team/x:v1'], [1]]])
    expect(found({}, 'v2')).toEqual([])
    expect(found({ enabled: false })).toEqual([])
    // Nobody starts it by itself.
    expect(found({ trigger: { type: 'manual' } })).toEqual([])
  })

  test.each([
    ['prod/**', 1],
    ['prod/{api,web}', 1],
    ['{prod/api,prod/web}', 1],
    ['**', 1],
    ['prod/web', 0],
    ['prod/x*', 0],
  ])('what comes from %s into the namespace', (names, count) => {
    expect(found({ dest_namespace: 'payments' }, '**', names).map(([each]) => each)).toEqual(count === 0 ? [] : [count])
  })

  test('is no finding where another namespace is written', () => {
    expect(found({ dest_namespace: 'mirror' }, '**', '**')).toEqual([])
  })
})

describe('retention that deletes most', () => {
  const most = (tags: string, more: Partial<Retention> = {}, immutable: Subject['immutable'] = new Map()) =>
    findings(subject([`payments/api ${tags}`], { retentions: [retention(more)], immutable }), 'retention_most').map(
      ({ count, examples }) => [count, examples],
    )

  test('more than half of what it concerns', () => {
    expect(most('v1 v2 v3 v4')).toEqual([])
    expect(most('v1 v2 v3 v4 v5')).toEqual([[3, ['payments/api:v1', 'payments/api:v2', 'payments/api:v3']]])
    expect(most('v1 v2 v3 v4 v5', { enabled: false })).toEqual([])
    // One that keeps nothing is another finding.
    expect(
      most('v1 v2 v3 v4 v5', { rules: retention().rules.map((rule) => ({ ...rule, params: { latestPushedK: 0 } })) }),
    ).toEqual([])
  })

  test('of the images on which a run decides, as in the what-if', () => {
    const [first] = subject(['payments/api v1 v2 v3 v4']).repositories
    const [image] = first?.images ?? []
    if (!first || !image) throw new Error('it has images')
    // Listed, and no candidates: with them it would be more than half.
    const beside = [1, 2].map((at) => ({
      ...image,
      digest: `sha256:${at}`,
      tags: [],
      type: 'signature.cosign',
      pushed: 1,
    }))
    const repositories = [{ ...first, images: [...first.images, ...beside] }]
    expect(findings({ ...subject([]), repositories, retentions: [retention()] }, 'retention_most')).toEqual([])
  })

  test('what immutable tags hold does not go', () => {
    const held = {
      id: 1,
      tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: 'v1' }],
      scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
    }
    expect(most('v1 v2 v3 v4 v5', {}, new Map([['payments', [held]]]))).toEqual([])
    expect(most('v1 v2 v3 v4 v5', {}, new Map([['elsewhere', [held]]]))).toHaveLength(1)
  })
})

describe('policies that cannot do what somebody meant', () => {
  test.each(['0 0 3 30 2 *', '0 0 0 * * 7', '0 0/15 * * *', '@daily', '0 2 * * WED *', ''])(
    'the schedule %j starts nothing',
    (cron) => {
      const policies = [policy(1, scheduled(cron)), policy(2, { ...scheduled(cron), enabled: false })]
      const retentions = [
        retention({ ...scheduled(cron), namespace_name: 'elsewhere' }),
        retention({ ...scheduled(cron), enabled: false }),
      ]
      expect(findings(subject([], { policies, retentions }), 'never_runs')).toMatchObject([
        { policies: [], retention: { namespace: 'elsewhere', id: 7 } },
        { policies: [{ id: 1 }], registry: { id: 3 }, retention: null, examples: cron === '' ? [] : [cron] },
      ])
    },
  )

  test('schedules that run, odd ones included, are none', () => {
    const policies = ['0 0 2 * * *', '* * * * * *', '30 0 2 * * *'].map((cron, index) =>
      policy(index + 1, scheduled(cron)),
    )
    expect(findings(subject([], { policies }), 'never_runs')).toEqual([])
  })

  test('patterns that can never match', () => {
    const policies = [
      policy(1, filters('**', 'latest,v1.0')),
      policy(2, filters('Payments/**', '^v1.*$')),
      policy(3, filters('payments/**', '{^v1,latest}')),
      policy(4, { ...filters('**', 'a:b'), ...pull }),
      policy(5, { ...filters('**', 'a:b'), enabled: false }),
    ]
    expect(findings(subject([], { policies }), 'never_matches')).toMatchObject([
      { policies: [{ id: 2 }], count: 2, examples: ['Payments/**', '^v1.*$'] },
      { policies: [{ id: 1 }], count: 1, examples: ['latest,v1.0'] },
      { policies: [{ id: 4 }], count: 1, examples: ['a:b'] },
    ])
  })

  test('retention that keeps nothing, by its tags or by its number', () => {
    const [rule] = retention().rules
    const ruled = (id: number, more: object) => retention({ id, rules: rule ? [{ ...rule, ...more }] : [] })
    const selector = (decoration: string, pattern: string) => ({
      tag_selectors: [{ kind: 'doublestar', decoration, pattern }],
    })
    const retentions = [
      ruled(1, selector('matches', 'latest,master')),
      ruled(2, { params: { latestPushedK: 0 } }),
      ruled(3, selector('excludes', '**')),
      ruled(4, { params: { latestPushedK: -5 } }),
      { ...ruled(5, selector('matches', 'a|b')), enabled: false },
    ]
    expect(
      findings(subject([], { retentions }), 'keeps_nothing').map((each) => [each.retention?.id, each.examples]),
    ).toEqual([
      [1, ['matches latest,master']],
      [2, ['latestPushedK: 0']],
      [3, ['excludes **']],
    ])
  })
})

describe('of one policy', () => {
  const lists = ['checkout/api v1', 'payments/api v1']
  const policies = [
    policy(0, { name: 'draft', ...filters('payments/**'), dest_namespace: 'm', override: true }),
    policy(1, { ...filters('checkout/**'), dest_namespace: 'm' }),
    policy(2, { ...filters('checkout/**'), dest_namespace: 'm', override: true }),
    policy(3, { ...filters('payments/**'), dest_namespace: 'm' }),
  ]

  test('only what concerns it is found, others are named with it', () => {
    const all = findings(subject(lists, { policies, retentions: [retention()] }), undefined, 0)
    expect(all.map((each) => [each.kind, namesIn(each)])).toEqual([
      ['same_destination', 'draft,p1'],
      ['same_destination', 'draft,p2'],
      ['different_override', 'draft,p3'],
    ])
  })

  test('a disabled one has nothing', () => {
    const off = policies.map((each) => (each.id === 0 ? { ...each, enabled: false } : each))
    const registries = [{ id: 3, name: 'dr', status: 'unhealthy' }]
    expect(findings(subject(lists, { policies: off, registries }), undefined, 0)).toEqual([])
    expect(findings(subject(lists, { policies: off, registries })).length).toBeGreaterThan(0)
  })
})

test('odd policies take nothing down', () => {
  const policies = [
    policy(1, { filters: [{ type: 'name', value: '{payments' }], ...byEvent }),
    policy(2, { id: undefined }),
    policy(3, { src_registry: undefined, dest_registry: undefined }),
    policy(4, { src_registry: { id: 3 }, dest_registry: { id: 4 } }),
    policy(5, { trigger: undefined, name: undefined }),
    // Of a partial run, beside its parent.
    policy(6, { name: temporaryPolicyName('0123456789ab', 1), override: true }),
  ]
  expect(findings(subject(['payments/api v1'], { policies, retentions: [retention({ rules: [] })] }))).toEqual([])
})

describe('many', () => {
  const namespaces = Array.from({ length: 20 }, (_, index) => `team-${index}`)
  const repositories = namespaces.flatMap((namespace) =>
    Array.from({ length: 100 }, (_, index) => ({
      name: `${namespace}/group-${index % 7}/service-${index}`,
      images: Array.from({ length: 25 }, (__, tag) => ({
        pushed: daysAgo(tag + 1),
        pulled: 0,
        tags: [tag % 5 === 0 ? `main-${index}-${tag}` : `v1.${tag}.${index % 10}`],
      })),
    })),
  )
  const given = (policies: readonly Replication[]) => ({
    ...subject([]),
    repositories,
    policies,
    retentions: namespaces.map((namespace_name, index) => {
      const [rule] = retention().rules
      const everywhere = { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] }
      return retention({ id: index + 1, namespace_name, rules: rule ? [{ ...rule, scope_selectors: everywhere }] : [] })
    }),
  })

  test('200 policies, 2,000 repositories and 50,000 tags take a moment', () => {
    const policies = Array.from({ length: 200 }, (_, index) =>
      policy(index + 1, {
        ...filters(`team-${index % 20}/**`, ['**', 'v*', '{main-*,latest}', `v1.${index}.*`][index % 4]),
        dest_registry: { id: 3 + (index % 5) },
        dest_namespace: index % 8 === 2 ? 'mirror' : '',
        override: index % 3 === 0,
        trigger: { type: index % 2 ? 'event_based' : 'manual' },
      }),
    )
    const start = performance.now()
    const { findings: all } = found(given(policies))
    expect(performance.now() - start).toBeLessThan(5_000)
    expect(all.length).toBeGreaterThan(100)
  })

  test('and others are served in between, whatever the patterns are', () => {
    const costly = `*{${Array.from({ length: 500 }, (_, index) => `*${index}z`).join()}}`
    const tags = Array.from({ length: 3000 }, (_, index) => `release-2026.${index}-linux-amd64`).join(' ')
    const policies = [policy(1, { ...filters('**', costly), ...byEvent }), policy(2, { ...filters('**'), ...pull })]
    const retention: Retention = {
      id: 1,
      namespace_name: 'a',
      enabled: true,
      rules: [
        {
          template: 'latestPushedK',
          tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: costly }],
        },
      ],
      content_hash: '',
    }
    const steps = checks(subject([`a/api ${tags}`], { policies, retentions: [retention] }))
    let longest = 0
    for (let done: boolean | undefined = false; !done; ) {
      const before = performance.now()
      done = steps.next().done
      longest = Math.max(longest, performance.now() - before)
    }
    expect(longest).toBeLessThan(1500)
  }, 30_000)

  test('even when every policy copies everything to one place', () => {
    const policies = Array.from({ length: 200 }, (_, index) =>
      policy(index + 1, {
        ...filters('**', index % 2 ? '**' : '*'),
        dest_namespace: 'mirror',
        override: index % 2 === 0,
      }),
    )
    const start = performance.now()
    const { findings: all, more } = found(given(policies))
    expect(performance.now() - start).toBeLessThan(20_000)
    expect(all.filter(({ kind }) => kind === 'same_destination')).toHaveLength(100)
    // Every two policies and every one by itself; every two of different override.
    const pairs = (200 * 201) / 2 + 100 * 100
    expect(all.filter(({ kind }) => kind.startsWith('same') || kind.startsWith('different')).length + more).toBe(pairs)
    for (const { examples } of all) expect(examples.length).toBeLessThanOrEqual(5)
  }, 30_000)
})

test('a run that hangs is named with how long, whatever the policy is triggered by', () => {
  const policies = [policy(1, scheduled('0 0 2 * * *')), policy(2), policy(3, { enabled: false })]
  const hanging = new Map([
    [1, 9 * 86_400_000],
    [3, 9 * 86_400_000],
  ])
  expect(findings(subject([], { policies, hanging }))).toMatchObject([
    { kind: 'hanging_run', policies: [{ id: 1, name: 'p1' }], count: 1, interval: 9 * 86_400 },
  ])
})

describe('a pull whose filters very probably have no effect', () => {
  const basic = [{ id: 3, name: 'hongkong', status: 'healthy', type: 'huawei-SWR' }]
  const narrow = policy(1, { ...pull, ...filters('a/**', 'v*') })
  const kinds = (given: Partial<Subject>) => findings(subject([], given)).map(({ kind }) => kind)

  test('is found', () => {
    const [found_] = findings(subject([], { policies: [narrow], registries: basic }), 'pull_everything')
    expect(found_).toMatchObject({ policies: [{ id: 1 }], registry: { id: 3, name: 'hongkong' } })
  })

  test.each<[string, Partial<Subject>]>([
    ['a push there', { policies: [policy(1, filters('a/**'))], registries: basic }],
    ['a pull that takes all anyway', { policies: [policy(1, { ...pull, ...filters('**') })], registries: basic }],
    ['a pull from elsewhere', { policies: [narrow] }],
    ['one that is off', { policies: [{ ...narrow, enabled: false }], registries: basic }],
  ])('%s is none', (_, given) => expect(kinds(given)).toEqual([]))

  test('counts as taking everything where policies are compared', () => {
    const out = policy(2, { ...byEvent, ...filters('b/**') })
    const given = { policies: [out, narrow], registries: basic }
    expect(findings(subject(['b/x 1'], given), 'event_circle')).toHaveLength(1)
    expect(findings(subject(['b/x 1'], { policies: [out, narrow] }), 'event_circle')).toEqual([])
  })
})

test('a filter that leaves tags out is read so', () => {
  const excluding = (value: string) => [
    { type: 'name', value: 'a/**' },
    { type: 'tag', value, decoration: 'excludes' },
  ]
  const both = (value: string) => [policy(1, { filters: excluding(value) }), policy(2, { override: true })]
  const given = (value: string) => subject(['a/x v1 v2'], { policies: both(value) })
  expect(findings(given('v1'), 'different_override')).toMatchObject([{ count: 1, examples: ['a/x:v2'] }])
  expect(findings(given('**'), 'different_override')).toEqual([])
})
