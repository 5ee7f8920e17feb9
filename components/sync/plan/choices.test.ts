import { describe, expect, test } from 'vitest'
import type { SyncPlan } from '@/lib/contract/console/sync'
import { planCodes, sendablePlans } from '@/lib/contract/console/sync-vocabulary'
import {
  applicable,
  cellsWith,
  choose,
  heldUpTargets,
  jobBody,
  modesOf,
  overwritesByTarget,
  planCells,
  settledImages,
  totalsOf,
} from './choices'

const target = (region: string) => ({ region, organization: 'team', connection: region, checks: [] })
const row = (tag: string, plans: SyncPlan['rows'][number]['plans'], size = 10) => ({
  repository: 'team/api',
  tag,
  digest: `sha256:${tag}`,
  size,
  updated: '',
  plans,
  there: plans.map((plan) => (plan === 'different' ? 'sha256:other' : '')),
  reasons: plans.map(() => null),
  inUse: [],
})
const plan: SyncPlan = {
  at: '2026-11-30T00:00:00Z',
  targets: [target('r1'), target('r2'), target('r3')],
  rows: [
    row('1', ['new', 'same', 'organization_missing']),
    row('2', ['different', 'not_visible', 'organization_missing']),
    row('3', ['source_missing', 'source_missing', 'source_missing']),
  ],
}
const none = new Map()
const pinnedRow = (tag: string) => ({ repository: 'team/api', tag, digest: `sha256:${tag}`, size: 10 })

test('what cannot be sent leaves nothing to choose', () => {
  expect(planCodes.filter((code) => modesOf(code).length > 0)).toEqual(sendablePlans)
})

test('by default only what is new or unseen is sent', () => {
  expect(totalsOf(plan, none)).toEqual({
    tags: 2,
    targets: 2,
    cells: 2,
    bytes: 20,
    overwrites: 0,
    plans: { new: 1, same: 1, different: 1, not_visible: 1, organization_missing: 2, source_missing: 3 },
  })
  expect(jobBody(plan, none)).toEqual({
    targets: [
      { region: 'r1', organization: 'team', connection: 'r1' },
      { region: 'r2', organization: 'team', connection: 'r2' },
    ],
    rows: [
      { ...pinnedRow('1'), send: ['send', 'leave'], plans: ['new', 'same'] },
      { ...pinnedRow('2'), send: ['leave', 'send'], plans: ['different', 'not_visible'] },
    ],
  })
})

describe('a choice', () => {
  const all = Array.from({ length: 9 }, (_, cell) => cell)

  test('concerns only the cells that it fits', () => {
    expect(applicable(plan, all, 'overwrite')).toEqual([3, 4])
    expect(applicable(plan, all, 'send')).toEqual([0, 1, 4])
    expect(applicable(plan, all, 'leave')).toEqual([0, 1, 3, 4])
    expect(cellsWith(plan, 'source_missing')).toEqual([6, 7, 8])
  })

  test('overwrites and says what', () => {
    const choices = choose(plan, none, [3], 'overwrite')
    expect(totalsOf(plan, choices)).toMatchObject({ tags: 2, targets: 2, cells: 3, overwrites: 1 })
    expect(overwritesByTarget(plan, choices).map(({ target: { region }, images }) => [region, images.length])).toEqual([
      ['r1', 1],
    ])
    expect(jobBody(plan, choices).rows[1]?.send).toEqual(['overwrite', 'send'])
  })

  test('survives a new plan where it still fits', () => {
    const choices = choose(plan, none, [3], 'overwrite')
    const moved = { ...plan, rows: [plan.rows[1], plan.rows[0]].flatMap((each) => each ?? []) }
    expect(totalsOf(moved, choices)).toMatchObject({ overwrites: 1 })
    const same = { ...plan, rows: [row('2', ['same', 'not_visible', 'blocked'])] }
    expect(totalsOf(same, choices)).toMatchObject({ overwrites: 0, cells: 1 })
  })

  test('shows in its cell and in no other', () => {
    const cells = planCells(plan, choose(plan, none, [3], 'overwrite'), 1)
    expect(cells.map(({ mode, there }) => [mode, there])).toEqual([
      ['overwrite', 'sha256:other'],
      ['send', ''],
      ['leave', ''],
    ])
  })

  test('to leave all out leaves nothing to send', () => {
    const choices = choose(plan, none, [0, 4], 'leave')
    expect(totalsOf(plan, choices)).toMatchObject({ tags: 0, cells: 0, targets: 0 })
    expect(jobBody(plan, choices)).toEqual({ targets: [], rows: [] })
  })
})

test('targets without their organization are held up', () => {
  expect(heldUpTargets(plan).map(({ region }) => region)).toEqual(['r3'])
})

test('images that are there or left out need nothing more, those that cannot be sent do', () => {
  const settled = (choices: Parameters<typeof settledImages>[1], ...more: SyncPlan['rows']) =>
    settledImages({ ...plan, rows: [...plan.rows, ...more] }, choices).map(({ tag }) => tag)
  expect(settled(none)).toEqual([])
  expect(
    settled(
      choose(plan, none, [4], 'leave'),
      row('4', ['same', 'same', 'organization_missing']),
      row('5', ['same', 'blocked', 'organization_missing']),
    ),
  ).toEqual(['2', '4'])
})
