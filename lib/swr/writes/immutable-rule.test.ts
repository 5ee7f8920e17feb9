import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { TestMember } from '../../testing/console'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'

let console_: SandboxedConsole
let admin: TestMember
let place: { instance_id: string }

const selector = (decoration: string, pattern: string) => ({ kind: 'doublestar', decoration, pattern })
const bodyOf = (pattern: string) => ({
  priority: 0,
  disabled: false,
  action: 'immutable',
  template: 'immutable_template',
  tag_selectors: [selector('matches', pattern)],
  scope_selectors: { repository: [selector('repoMatches', '**')] },
})

interface Listed {
  readonly id: number
  readonly content_hash: string
  readonly tag_selectors: readonly { readonly pattern: string }[]
}
async function rules(): Promise<readonly Listed[]> {
  const answer = await console_.swr(admin, 'immutableRuleList', { params: place })
  const { immutable_rules }: { immutable_rules: Listed[] } = await answer.json()
  return immutable_rules
}
const pattern = async () => (await rules())[0]?.tag_selectors[0]?.pattern

beforeAll(async () => {
  console_ = await startOnSandbox()
  admin = await console_.member('admin')
})
afterAll(() => console_.close())
beforeEach(async () => {
  place = { instance_id: await console_.instance({ namespaces: [{ name: 'team', repositories: [] }] }) }
  const params = { ...place, namespace_name: 'team' }
  const made = await console_.swr(admin, 'immutableRuleCreate', { params, body: bodyOf('v*') })
  expect(made.status).toBe(200)
})

const target = (rule: Listed | undefined) => ({
  ...place,
  namespace_name: 'team',
  immutable_rule_id: String(rule?.id),
})

test('a rule is changed by whoever saw what it is', async () => {
  const [rule] = await rules()
  expect(rule?.content_hash).toMatch(/^[\w-]{24}$/)
  const ifMatch = rule?.content_hash
  const changed = await console_.swr(admin, 'immutableRuleUpdate', {
    params: target(rule),
    body: bodyOf('release-*'),
    ifMatch,
  })
  expect(changed.status).toBe(200)
  expect(await pattern()).toBe('release-*')
})

test.each(['immutableRuleUpdate', 'immutableRuleDelete'] as const)('%s on an older one is refused', async (name) => {
  const [seen] = await rules()
  const body = name === 'immutableRuleUpdate' ? { body: bodyOf('late-*') } : {}
  await console_.swr(admin, 'immutableRuleUpdate', {
    params: target(seen),
    body: bodyOf('between-*'),
    ifMatch: seen?.content_hash,
  })
  const late = await console_.swr(admin, name, { params: target(seen), ...body, ifMatch: seen?.content_hash })
  expect([late.status, await late.json()]).toEqual([409, expect.objectContaining({ code: 'changed_meanwhile' })])
  const blind = await console_.swr(admin, name, { params: target(seen), ...body })
  expect([blind.status, await blind.json()]).toEqual([428, expect.objectContaining({ code: 'precondition_missing' })])
  expect(await pattern()).toBe('between-*')
})

test('a rule is deleted by whoever saw what it is', async () => {
  const [rule] = await rules()
  const gone = await console_.swr(admin, 'immutableRuleDelete', { params: target(rule), ifMatch: rule?.content_hash })
  expect(gone.status).toBe(200)
  expect(await rules()).toEqual([])
})

test('what qualifies a pattern stays with it, and goes with no other one', async () => {
  const excluding = { ...bodyOf('latest'), tag_selectors: [selector('excludes', 'latest')] }
  place = {
    instance_id: await console_.instance({
      namespaces: [{ name: 'team', repositories: [] }],
      immutableRules: [{ ...excluding, id: 5, namespace_id: 1, namespace_name: 'team' }],
    }),
  }
  const [rule] = await rules()
  const update = (body: object) =>
    console_.swr(admin, 'immutableRuleUpdate', { params: target(rule), body, ifMatch: rule?.content_hash })
  const refused = await update({ ...excluding, tag_selectors: [selector('excludes', 'v*')] })
  expect([refused.status, await refused.json()]).toEqual([
    422,
    expect.objectContaining({ fields: { 'body.tag_selectors.0': 'decoration_new' } }),
  ])
  expect((await update({ ...excluding, disabled: true })).status).toBe(200)
  expect(await rules()).toMatchObject([{ disabled: true, tag_selectors: [selector('excludes', 'latest')] }])
})
