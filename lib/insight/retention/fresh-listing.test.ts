import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Actor } from '../../contract/actor'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'
import { decideNamespace } from './decided'
import { immutableHashOf, immutableRulesOf } from './immutable-rules'

const namespace = 'payments'
const rules = [
  {
    template: 'latestPushedK',
    params: { latestPushedK: 1 },
    tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
    scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
  },
]

let console_: SandboxedConsole
let instance = ''
beforeAll(async () => {
  console_ = await startOnSandbox()
})
afterAll(() => console_.close())
beforeEach(async () => {
  instance = await console_.instance({
    namespaces: [
      { name: namespace, repositories: [{ name: 'api', tags: ['v1'] }] },
      { name: 'other', repositories: [{ name: 'web', tags: ['w1'] }] },
    ],
  })
  await slow(60)
})
afterEach(() => slow(0))

const slow = (milliseconds: number) => console_.control('PUT', '/delay', { milliseconds })
const person = (id: string, more: Partial<Actor> = {}): Actor => ({ id, email: '', name: '', role: 'viewer', ...more })
const decide = (actor: Actor, of = namespace) =>
  decideNamespace(actor, { connection: 'default', instance }, of, { rules }, { now: new Date(), fresh: true })
const tagsOf = ({ images }: Awaited<ReturnType<typeof decide>>) => images.flatMap(({ tags }) => tags).sort()
const push = (name: string) =>
  console_.control('POST', '/images', { instance, namespace, repositories: [{ name: 'api', tags: [{ name }] }] })
const listings = async () =>
  (await console_.received(instance)).filter(({ path }) => path.endsWith(`/${namespace}/repositories`)).length

test('many who ask at a time share one listing with those who came before it began', async () => {
  const found = await Promise.all(Array.from({ length: 12 }, (_, index) => decide(person(String(index)))))
  for (const each of found) expect([tagsOf(each), each.complete, each.immutableKnown]).toEqual([['v1'], true, true])
  expect(await listings()).toBe(2)
  const immutable = (await console_.received(instance)).filter(({ path }) => path.endsWith('/immutabletagrules'))
  expect(immutable).toHaveLength(2)
  // What was shared is not kept.
  await decide(person('later'))
  expect(await listings()).toBe(3)
})

test('immutable tag rules are read once for who decides by them and who compares them', async () => {
  const place = { connection: 'default', instance, namespace }
  const asked = ['1', '2', '3'].flatMap((id) => [
    immutableRulesOf(person(id), place, true).then(({ known }) => known),
    immutableHashOf(person(id), place).then((hash) => hash !== null),
  ])
  expect(await Promise.all(asked)).toEqual(asked.map(() => true))
  const sent = (await console_.received(instance)).filter(({ path }) => path.endsWith('/immutabletagrules'))
  expect(sent).toHaveLength(2)
})

test('nobody gets what was read before they came', async () => {
  const before = decide(person('before'))
  for (let number = 2; number <= 6; number++) {
    await push(`v${number}`)
    const after = decide(person(`after-${number}`))
    await wait(40)
    expect(tagsOf(await after)).toContain(`v${number}`)
  }
  // It has what was there when it was read, and not all that was pushed later.
  expect(tagsOf(await before)).not.toContain('v6')
})

test('another namespace is another listing', async () => {
  const [here, there] = await Promise.all([decide(person('1')), decide(person('2'), 'other')])
  expect([tagsOf(here), tagsOf(there)]).toEqual([['v1'], ['w1']])
})

test('a connection that one may not use is not read along with others', async () => {
  const may = [decide(person('1')), decide(person('2'))]
  const outside = await decide(person('3', { connections: ['europe'] }))
  expect(outside).toMatchObject({ complete: false, images: [], problem: { code: 'unknown_connection' } })
  for (const each of await Promise.all(may)) expect(tagsOf(each)).toEqual(['v1'])
})
