import { describe, expect, test } from 'vitest'
import { syncBench } from '../../testing/basic-bench'
import { textField } from '../json-fields'

const refused = (code: string) => ({ errors: [{ errorCode: `SVCSTG.SWR.${code}` }] })
type Bench = ReturnType<typeof syncBench>

const create = (at: Bench, changes: object = {}) =>
  at.ask('autoSyncCreate', at.place, { body: { ...at.target, syncAuto: true, ...changes } })
const remove = (at: Bench) => at.ask('autoSyncDelete', at.place, { body: at.target })
const rows = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const listed = (at: Bench) => rows(at.ask('autoSyncList', at.place).json)
const runs = (at: Bench, filter = 'limit::10|offset::0|order::desc') =>
  at.ask('autoSyncRunList', at.place, { query: { filter } })
const statuses = (at: Bench) => rows(runs(at).json).map((row) => `${textField(row, 'tag')} ${textField(row, 'status')}`)
const pushTo = (at: Bench, tags: readonly unknown[]) =>
  at.control('POST', '/push', { organization: 'from', repositories: [{ name: 'web/api', tags }] })

test('a rule is listed, made once, and deleted by its target', () => {
  const at = syncBench()
  expect(create(at)).toMatchObject({ status: 200, body: '' })
  expect(listed(at)).toMatchObject([{ ...at.target, syncAuto: true, override: false, repoName: 'web/api' }])
  expect(create(at)).toMatchObject({ status: 400, json: { errors: [{ errorMessage: 'duplicate sync repo' }] } })
  expect(remove(at).status).toBe(200)
  expect(listed(at)).toEqual([])
  expect(remove(at)).toMatchObject({ status: 400, json: refused('4001158') })
})

test('a rule that is not automatic is stored and never listed: only the next one tells', () => {
  const at = syncBench()
  expect(create(at, { syncAuto: false }).status).toBe(200)
  expect(listed(at)).toEqual([])
  expect(create(at).status).toBe(400)
  pushTo(at, ['v4'])
  at.pass(60)
  expect(at.there()).toEqual({})
  expect(remove(at).status).toBe(200)
  expect(create(at).status).toBe(200)
})

test('at most a hundred are listed', () => {
  const at = syncBench({ mood: 'as-recorded' })
  for (let index = 0; index < 103; index += 1) create(at, { remoteNamespace: `target-${index}` })
  expect(listed(at)).toHaveLength(100)
})

describe.each(['strict', 'as-recorded'])('%s', (mood) => {
  test('copies what is pushed from then on, after a while, and says so in its runs', () => {
    const at = syncBench({ mood, automaticSeconds: 10 })
    create(at)
    at.pass(60)
    expect(at.there()).toEqual({})
    expect([runs(at).json, runs(at).headers['Content-Range']]).toEqual([[], '0-0/0'])
    pushTo(at, ['v1', { name: 'v4', digest: `sha256:${'4'.repeat(64)}` }])
    expect(statuses(at)).toEqual(['v4 waiting', 'v1 waiting'])
    at.pass(6)
    expect(statuses(at)).toEqual(['v4 running', 'v1 running'])
    expect(at.there()).toEqual({})
    at.pass(4)
    expect(statuses(at)).toEqual(['v4 success', 'v1 success'])
    expect(at.there()).toEqual({ v1: at.here().v1, v4: `sha256:${'4'.repeat(64)}` })
    // The same image again: nothing to copy. Another one under the name: not without override.
    pushTo(at, [{ name: 'v4', digest: `sha256:${'4'.repeat(64)}` }, 'v1'])
    at.pass(10)
    expect(statuses(at).slice(0, 2)).toEqual(['v1 existed', 'v4 existed'])
    expect(at.there().v1).not.toBe(at.here().v1)
    expect(runs(at, 'limit::2|offset::2|order::asc').headers['Content-Range']).toBe('2-2/4')
    expect(rows(runs(at, 'limit::1|offset::0|order::asc').json)).toMatchObject([{ tag: 'v1', status: 'success' }])
  })

  test('what was copied stays when the rule goes', () => {
    const at = syncBench({ mood, automaticSeconds: 1 })
    create(at, { override: true })
    pushTo(at, ['v1'])
    at.pass(1)
    remove(at)
    pushTo(at, ['v2'])
    at.pass(10)
    expect(Object.keys(at.there())).toEqual(['v1'])
  })
})

test('strict: what cannot work is refused', () => {
  const at = syncBench()
  expect(create(at, { remoteNamespace: 'nowhere' })).toMatchObject({ status: 404, json: refused('4040058') })
  expect(create(at, { remoteRegionId: 'mars-1' })).toMatchObject({ status: 400, json: refused('4000014') })
})

test('as recorded: a missing organization is accepted and never works, a wrong region is an internal error', () => {
  const at = syncBench({ mood: 'as-recorded', automaticSeconds: 1 })
  expect(create(at, { remoteRegionId: 'mars-1' })).toMatchObject({ status: 500, json: refused('5001101') })
  expect(create(at, { remoteNamespace: 'nowhere' }).status).toBe(200)
  expect(listed(at)).toHaveLength(1)
  pushTo(at, ['v1'])
  at.pass(1)
  expect(statuses(at)).toEqual(['v1 failed'])
})

test('as recorded: a run may say that it copied what never arrives', () => {
  const at = syncBench({ mood: 'as-recorded', automaticSeconds: 1 })
  create(at)
  pushTo(at, ['fault-never'])
  at.pass(1)
  expect(statuses(at)).toEqual(['fault-never success'])
  expect(at.there()).toEqual({})
})

test.each(['limit::10', 'offset::0', 'limit::x|offset::0', 'limit::0|offset::0'])(
  '%s is no filter for runs',
  (filter) => {
    expect(runs(syncBench(), filter).status).toBe(400)
  },
)
