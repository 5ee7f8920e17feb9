import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brokenIn } from '../../contract/rules'
import {
  type Replication,
  replicationBody,
  replicationOperations,
  replicationRules,
} from '../../contract/swr/replication'
import { replicationTriggers, scopeModes } from '../../contract/vocabulary'
import {
  blankReplication,
  excludesTags,
  preservedText,
  type ReplicationDraft,
  replicationForm,
  toBody,
  toForm,
  withDirection,
  withScope,
} from './form'
import { remoteOf, toRequest, withEnabled } from './request'

const read = (policy: object): Replication => replicationOperations.replicationShow.response.parse(policy)
const draft = (change: Partial<ReplicationDraft>): ReplicationDraft => ({
  ...blankReplication(),
  namePattern: '**',
  name: 'nightly',
  registry: '3',
  ...change,
})
const save = (input: ReplicationDraft, was?: Replication) => toBody(replicationForm.parse(input), was)
/** Code by field. */
function complaints(input: ReplicationDraft) {
  const { error } = replicationForm.safeParse(input)
  return Object.fromEntries((error?.issues ?? []).reverse().map(({ path, message }) => [path.join('.'), message]))
}

/** As the documentation shows a policy that is read. */
const documented = {
  id: 274,
  name: 'test',
  description: '',
  src_registry: { id: 0, name: '' },
  dest_registry: { id: 6, name: 'mirror' },
  dest_namespace: '',
  filters: [
    { type: 'name', value: '**/**' },
    { type: 'tag', value: '**' },
  ],
  repo_scope_mode: 'regular',
  trigger: { type: 'manual', trigger_settings: { cron: '' } },
  override: true,
  enabled: true,
  created_at: '2026-01-03T11:55:14.338485Z',
  updated_at: '2026-01-03T11:55:14.338485Z',
}

describe('what is sent equals the documented bodies', () => {
  const create = {
    name: 'harbor-pull',
    dest_registry: { id: 3 },
    dest_namespace: 'aa',
    filters: [
      { type: 'name', value: 'library/**' },
      { type: 'tag', value: '**' },
    ],
    repo_scope_mode: 'regular',
    trigger: { type: 'manual' },
    override: true,
    enabled: true,
  }
  const typed = {
    name: 'harbor-pull',
    registry: '3',
    destNamespace: 'aa',
    namePattern: 'library/**',
    override: true,
    enabled: true,
  }

  test('create, push', () => {
    expect(save(draft(typed))).toStrictEqual(create)
  })

  test('create, pull', () => {
    const { dest_registry: _, ...rest } = create
    const pull = draft({ ...typed, name: 'swr-pull', direction: 'pull', registry: '12', namePattern: 'aa/**' })
    expect(save(pull)).toStrictEqual({
      ...rest,
      name: 'swr-pull',
      src_registry: { id: 12 },
      filters: [
        { type: 'name', value: 'aa/**' },
        { type: 'tag', value: '**' },
      ],
    })
  })

  test('update', () => {
    const was = read(documented)
    expect(save({ ...toForm(was), description: 'test' }, was)).toStrictEqual({
      description: 'test',
      dest_namespace: '',
      name: 'test',
      dest_registry: { id: 6 },
      trigger: { trigger_settings: { cron: '' }, type: 'manual' },
      filters: documented.filters,
      override: true,
      enabled: true,
      repo_scope_mode: 'regular',
    })
  })

  test('a description that was taken out is sent empty', () => {
    const was = read({ ...documented, description: 'old', dest_namespace: 'mirror' })
    expect(save({ ...toForm(was), description: '', destNamespace: '' }, was)).toMatchObject({
      description: '',
      dest_namespace: '',
    })
  })
})

describe('patterns that can never match', () => {
  const filters = [
    { type: 'name', value: 'Payments/**' },
    { type: 'tag', value: 'latest,v1.0' },
  ]

  test('are refused when they are typed', () => {
    const typedIn = { namePattern: '^payments/.*$', tagPattern: 'latest|v1.0' }
    expect(complaints(draft(typedIn))).toEqual({ namePattern: 'pattern_regex', tagPattern: 'pattern_list' })
    expect(complaints(draft({ namePattern: 'Payments/**', tagPattern: '!latest' }))).toEqual({
      namePattern: 'pattern_upper',
      tagPattern: 'pattern_not',
    })
  })

  test('stay as they were read, while other fields change', () => {
    const was = read({ ...documented, filters })
    expect(save({ ...toForm(was), description: 'new' }, was)).toMatchObject({ description: 'new', filters })
    expect(complaints({ ...toForm(was), tagPattern: 'latest,v1.1' })).toEqual({ tagPattern: 'pattern_list' })
  })
})

describe('triggers', () => {
  const scheduled = read({ ...documented, trigger: { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } } })

  test.each([
    [
      { trigger: 'scheduled', cron: ' 0  30 1 * * * ' },
      undefined,
      { type: 'scheduled', trigger_settings: { cron: '0 30 1 * * *' } },
    ],
    [{ trigger: 'event_based' }, undefined, { type: 'event_based' }],
    [{ trigger: 'manual' }, scheduled, { type: 'manual', trigger_settings: { cron: '' } }],
    [{ trigger: 'event_based' }, scheduled, { type: 'event_based', trigger_settings: { cron: '' } }],
    [{}, scheduled, { type: 'scheduled', trigger_settings: { cron: '0 0 2 * * *' } }],
    [
      {},
      read({ ...documented, trigger: { type: 'manual', trigger_settings: {} } }),
      { type: 'manual', trigger_settings: {} },
    ],
    [{}, read({ ...documented, trigger: { type: 'manual', trigger_settings: null } }), { type: 'manual' }],
  ])('%o', (change, was, trigger) => {
    const input = was ? { ...toForm(was), ...change } : draft(change)
    expect(save(input, was).trigger).toStrictEqual(trigger)
  })

  test('a schedule that breaks our rules stays while it is untouched', () => {
    const was = read({ ...documented, trigger: { type: 'scheduled', trigger_settings: { cron: '*  * * * * *' } } })
    expect(save(toForm(was), was).trigger).toEqual(was.trigger)
    expect(complaints({ ...toForm(was), cron: '* * * * * 1' })).toEqual({ cron: 'cron_seconds' })
  })

  test('a manual policy with such a cron has to give a real one once it is scheduled', () => {
    const was = read({ ...documented, trigger: { type: 'manual', trigger_settings: { cron: '* * * * * *' } } })
    expect(complaints({ ...toForm(was), trigger: 'scheduled' })).toEqual({ cron: 'cron_seconds' })
    expect(complaints({ ...toForm(read(documented)), trigger: 'scheduled' })).toEqual({ cron: 'required' })
  })

  test('pull policies cannot run on push, unless they were read so', () => {
    expect(complaints(draft({ direction: 'pull', trigger: 'event_based' }))).toEqual({ trigger: 'trigger_push_only' })
    const odd = { src_registry: { id: 4 }, dest_registry: { id: 0 }, trigger: { type: 'event_based' } }
    const was = read({ ...documented, ...odd })
    expect(save(toForm(was), was)).toMatchObject({ src_registry: { id: 4 }, trigger: { type: 'event_based' } })
  })

  test('an unknown trigger is shown, and stays unless it is changed', () => {
    const was = read({ ...documented, trigger: { type: 'on_tuesdays' } })
    expect(toForm(was).trigger).toBe('on_tuesdays')
    expect(save({ ...toForm(was), description: 'new' }, was)).toMatchObject({ trigger: { type: 'on_tuesdays' } })
    expect(complaints({ ...toForm(was), trigger: 'on_mondays' })).toEqual({ trigger: 'choice_unknown' })
    expect(complaints(draft({ trigger: 'on_tuesdays' }))).toEqual({ trigger: 'choice_unknown' })
  })
})

describe('selection', () => {
  const picked = (repositories: string[]) => draft({ scope: 'selection', repositories })
  const nameIn = (body: { filters: readonly { value?: unknown }[] }) => body.filters[0]?.value

  test.each([
    [['library/nginx'], 'library/nginx'],
    [['library/nginx', 'library/redis'], 'library/{nginx,redis}'],
    [['library/nginx', 'payments/team/api'], '{library/nginx,payments/team/api}'],
  ])('%j is sent as %s', (repositories, value) => {
    const body = save(picked(repositories))
    expect(nameIn(body)).toBe(value)
    expect(body.repo_scope_mode).toBe('selection')
    const was = read({ ...body, src_registry: { id: 0 } })
    expect(toForm(was).repositories).toEqual(repositories)
  })

  const selection = (value: string) =>
    read({ ...documented, repo_scope_mode: 'selection', filters: [{ type: 'name', value }, documented.filters[1]] })

  test('the spelling that was read stays while it names the same repositories', () => {
    const was = selection('{library/redis,library/nginx}')
    const form = toForm(was)
    expect(nameIn(save({ ...form, repositories: ['library/nginx', 'library/redis'] }, was))).toBe(
      '{library/redis,library/nginx}',
    )
    expect(nameIn(save({ ...form, repositories: ['library/nginx', 'library/web'] }, was))).toBe('library/{nginx,web}')
  })

  test.each(['library/**', '{library/a, library/b}', 'library/{a,{b,c}}', 'library'])('%s is kept as text', (value) => {
    const was = selection(value)
    const form = toForm(was)
    expect(form).toMatchObject({ repositories: [], namePattern: value })
    expect(preservedText(form)).toBe(true)
    expect(nameIn(save(form, was))).toBe(value)
    expect(nameIn(save({ ...form, repositories: ['library/a'] }, was))).toBe('library/a')
  })

  test('at least one repository, and no pattern among them', () => {
    expect(complaints(picked([]))).toEqual({ repositories: 'repositories_none' })
    expect(complaints(picked(['library/a*']))).toEqual({ repositories: 'repository_characters' })
    const was = selection('library/{nginx,redis}')
    expect(complaints({ ...toForm(was), repositories: [] })).toEqual({ repositories: 'repositories_none' })
  })

  test('pulling takes text', () => {
    const pull = draft({ direction: 'pull', scope: 'selection', namePattern: 'library/{nginx, redis}' })
    expect(nameIn(save(pull))).toBe('library/{nginx,redis}')
    expect(complaints({ ...pull, namePattern: '' })).toEqual({ namePattern: 'required' })
  })

  test('changing direction and scope takes the repositories along', () => {
    const start = { ...picked(['library/nginx', 'library/redis']), trigger: 'event_based' }
    const pull = withDirection(start, 'pull')
    expect(pull).toMatchObject({ namePattern: 'library/{nginx,redis}', repositories: [], trigger: 'manual' })
    expect(withDirection(pull, 'push').repositories).toEqual(start.repositories)
    const regular = withScope(start, 'regular')
    expect(regular).toMatchObject({ namePattern: 'library/{nginx,redis}', repositories: [], trigger: 'event_based' })
    expect(withScope(regular, 'selection').repositories).toEqual(start.repositories)
    const all = withScope(draft({}), 'selection')
    expect(complaints(all)).toEqual({ repositories: 'repositories_none' })
    expect(withScope(all, 'regular').namePattern).toBe('**')
  })
})

describe('filters', () => {
  const filtered = (...filters: object[]) => read({ ...documented, filters })
  const [name, tag] = documented.filters

  test('further ones ride along in their place', () => {
    const second = { type: 'tag', value: 'v*' }
    const was = filtered(tag as object, second, name as object)
    const form = toForm(was)
    expect(form.others).toEqual([second])
    expect(save({ ...form, tagPattern: '{a, b}' }, was).filters).toEqual([
      { type: 'tag', value: '{a,b}' },
      second,
      name,
    ])
    expect(save({ ...form, others: [] }, was).filters).toEqual([tag, name])
  })

  test('an unknown type is kept as it is until a person removes it', () => {
    const label = { type: 'label', value: ['prod', 'eu'] }
    const was = filtered(name as object, label)
    expect(toForm(was).others).toEqual([{ type: 'label', value: 'prod, eu' }])
    expect(save({ ...toForm(was), description: 'new' }, was).filters).toEqual([name, label])
    expect(save({ ...toForm(was), others: [] }, was).filters).toEqual([name])
    expect(withEnabled(was, false).filters).toEqual([name, label])
    const others = [{ type: 'label', value: 'other' }]
    expect(complaints({ ...toForm(was), others })).toEqual({ 'others.0.type': 'filter_unknown' })
    expect(complaints(draft({ others }))).toEqual({ 'others.0.type': 'filter_unknown' })
  })

  test('what leaves tags out goes back with its pattern and with no other', () => {
    const excluding = { type: 'tag', value: 'v1', decoration: 'excludes' }
    const was = filtered(name as object, excluding)
    const form = toForm(was)
    expect(excludesTags(form)).toBe(true)
    expect(save({ ...form, description: 'new' }, was).filters).toEqual([name, excluding])
    expect(withEnabled(was, false).filters).toEqual([name, excluding])
    const changed = { ...form, tagPattern: 'v2' }
    expect(excludesTags(changed)).toBe(false)
    expect(save(changed, was).filters).toEqual([name, { type: 'tag', value: 'v2' }])
    expect(save({ ...changed, tagPattern: 'v1' }, was).filters).toEqual([name, excluding])
    const unknown = filtered(name as object, { type: 'tag', value: 'v1', decoration: 'resembles' })
    expect(toForm(unknown)).toMatchObject({ tagPattern: '', others: [{ type: 'tag', value: 'v1' }] })
    expect(save(toForm(unknown), unknown)).toEqual(toRequest(unknown))
  })

  test('a missing one stays missing, a new policy needs one', () => {
    const was = filtered(name as object)
    expect(save(toForm(was), was).filters).toEqual([name])
    expect(complaints({ ...toForm(was), tagPattern: ' ' })).toEqual({ tagPattern: 'required' })
    const none = read({ ...documented, filters: null })
    expect(save({ ...toForm(none), description: 'new' }, none).filters).toEqual([])
    expect(complaints({ ...toForm(was), namePattern: '' })).toEqual({ namePattern: 'required' })
    expect(complaints(draft({ tagPattern: '' }))).toEqual({ tagPattern: 'required' })
  })

  test('a pattern is trimmed when typed and left alone when read', () => {
    const was = filtered({ type: 'name', value: '{a, b}' }, tag as object)
    expect(save(toForm(was), was).filters[0]?.value).toBe('{a, b}')
    expect(save({ ...toForm(was), namePattern: '{a, c}' }, was).filters[0]?.value).toBe('{a,c}')
    expect(complaints(draft({ namePattern: 'library/{a', tagPattern: 'v[' }))).toEqual({
      namePattern: 'pattern_brace',
      tagPattern: 'pattern_bracket',
    })
  })
})

test.each([
  [{ name: '' }, { name: 'required' }],
  [{ name: 'two words' }, { name: 'name_characters' }],
  [{ name: 'a'.repeat(257) }, { name: 'too_long' }],
  [{ name: '支付-同步_1' }, {}],
  [{ name: '同步'.repeat(128) }, {}],
  [{ name: '𠀀'.repeat(256) }, {}],
  [{ name: '支付，同步' }, { name: 'name_characters' }],
  [{ registry: '' }, { registry: 'registry_required' }],
  [{ destNamespace: 'Upper' }, { destNamespace: 'namespace_characters' }],
  [{ destNamespace: 'a'.repeat(65) }, { destNamespace: 'too_long' }],
  [{ destNamespace: 'team/a__b-c.d' }, {}],
  [
    { name: '', registry: '', tagPattern: '' },
    { name: 'required', registry: 'registry_required', tagPattern: 'required' },
  ],
])('%o', (change, codes) => {
  expect(complaints(draft(change))).toEqual(codes)
})

test.each([
  [
    { src_registry: { id: 0 }, dest_registry: { id: 3, name: 'x' } },
    { direction: 'push', registry: 3, name: 'x' },
  ],
  [
    { src_registry: { id: 3 }, dest_registry: { id: 0 } },
    { direction: 'pull', registry: 3 },
  ],
  [{ src_registry: { id: 3 } }, { direction: 'pull', registry: 3 }],
  [{ dest_registry: { id: 3 } }, { direction: 'push', registry: 3 }],
  [{ dest_registry: { id: 0 } }, { direction: 'pull', registry: undefined }],
  [
    { src_registry: { id: 2 }, dest_registry: { id: 3 } },
    { direction: 'push', registry: undefined },
  ],
  [{}, { direction: 'push', registry: undefined }],
])('the remote side of %j', (policy, remote) => {
  expect(remoteOf(read(policy))).toMatchObject(remote)
})

const pattern = fc.constantFrom(
  '**',
  'library/**',
  '{a, b}',
  'library/{nginx,redis}',
  '{a/b,c/d}',
  'library/nginx',
  'v[0-9',
)
const settings = fc.option(fc.record({ cron: fc.constantFrom('', '0 0 2 * * *', '* * * * * *') }), { nil: undefined })
const readable = fc
  .record({
    id: fc.nat(),
    name: fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/),
    description: fc.option(fc.string(), { nil: undefined }),
    remote: fc.integer({ min: 1, max: 2 ** 40 }),
    pull: fc.boolean(),
    dest_namespace: fc.option(fc.constantFrom('', 'mirror', 'ODD name'), { nil: undefined }),
    filters: fc.array(fc.record({ type: fc.constantFrom('name', 'tag'), value: pattern }), {
      minLength: 1,
      maxLength: 5,
    }),
    repo_scope_mode: fc.constantFrom(...scopeModes),
    trigger: fc.record({ type: fc.constantFrom(...replicationTriggers), trigger_settings: settings }),
    override: fc.boolean(),
    enabled: fc.boolean(),
  })
  .filter(({ trigger }) => trigger.type !== 'scheduled' || Boolean(trigger.trigger_settings?.cron))
  .map(({ remote, pull, ...policy }) => {
    const [source, destination] = pull ? [remote, 0] : [0, remote]
    return read({ ...policy, src_registry: { id: source }, dest_registry: { id: destination, name: 'x' } })
  })

test('whatever can be read survives the form', () => {
  fc.assert(
    fc.property(readable, (was) => {
      const body = save(toForm(was), was)
      expect(body).toEqual(toRequest(was))
      expect(brokenIn(replicationRules, body, toRequest(was))).toEqual([])
      expect(withEnabled(was, !was.enabled)).toEqual({ ...body, enabled: !was.enabled })
    }),
    { numRuns: 500 },
  )
})

test('whatever was read can be switched and edited in its other fields, whatever rule of ours it breaks', () => {
  const property = fc.constantFrom(...Object.keys(documented))
  const anyFilter = fc.record(
    { type: fc.anything(), value: fc.anything({ maxDepth: 1 }), decoration: fc.anything() },
    { requiredKeys: [] },
  )
  const odd = fc.oneof(fc.anything({ maxDepth: 2 }), fc.array(anyFilter), fc.string())
  fc.assert(
    fc.property(fc.dictionary(property, odd), fc.boolean(), (change, whole) => {
      const was = read(whole ? { ...documented, ...change } : change)
      const form = toForm(was)
      expect(complaints(form)).toEqual({})
      const request = toRequest(was)
      expect(save(form, was)).toEqual(request)
      for (const body of [save({ ...form, description: 'new' }, was), withEnabled(was, true)]) {
        expect(replicationBody.safeParse(body).error).toBeUndefined()
        expect(brokenIn(replicationRules, body, request)).toEqual([])
      }
      // What is changed is looked at.
      expect(complaints({ ...form, name: 'two words', destNamespace: 'Upper' })).toMatchObject({
        name: 'name_characters',
        destNamespace: 'namespace_characters',
      })
    }),
    { numRuns: 1000 },
  )
})

test('a new policy copies nothing until somebody says what', () => {
  const blank = { ...blankReplication(), name: 'nightly', registry: '3' }
  expect(complaints(blank)).toEqual({ namePattern: 'required' })
  expect(complaints({ ...blank, namePattern: '**' })).toEqual({})
})
