import { expect, test } from 'vitest'
import type { NewImage } from '../../../db/retention-images'
import { retentionRule } from '../../../testing/held-retention'
import { warningsOfDryRun } from './warnings'

const image = (name: string, pushed: number, more: Partial<NewImage> = {}): NewImage => ({
  index: 0,
  repository: `payments/${name.split(':')[0]}`,
  digest: `sha256:${name}`,
  tags: [name.split(':')[1] ?? ''],
  size: 10,
  pushed: new Date(pushed),
  pulled: null,
  swr: 'keep',
  ours: 'keep',
  rule: 0,
  because: null,
  immutable: null,
  differs: false,
  inUse: [],
  ...more,
})
const gone = { swr: 'delete', ours: 'delete', rule: null } as const
const warned = (images: readonly NewImage[], rules = [retentionRule(1)]) =>
  warningsOfDryRun(rules, images).map(({ code, count, examples }) => [code, count, examples])

test('names that move, the newest of a repository and most of it are told, each with its names', () => {
  expect(
    warned([
      image('api:latest', 1, gone),
      image('api:v3', 3, gone),
      image('api:v2', 2),
      image('tool:t1', 1, gone),
      image('web:w2', 2),
      image('web:w1', 1, gone),
    ]),
  ).toEqual([
    ['whole_repository', 1, ['payments/tool']],
    ['half', 1, ['payments/api']],
    ['newest', 2, ['payments/api:v3', 'payments/tool:t1']],
    ['moving_tag', 1, ['payments/api:latest']],
  ])
})

test('what SWR says nothing readable of, or keeps against the console, may go as well', () => {
  const keeps = image('api:v2', 2, { swr: 'keep', ours: 'unsure', rule: null })
  const silent = image('api:latest', 1, { swr: 'unknown' })
  expect(warned([keeps, silent, image('api:v1', 0)])).toEqual([
    ['half', 1, ['payments/api']],
    ['newest', 1, ['payments/api:v2']],
    ['moving_tag', 1, ['payments/api:latest']],
  ])
})

test('what an immutable tag rule keeps does not go, and what runs is asked when a run is', () => {
  const held = image('api:latest', 2, { swr: 'immutable', rule: null, immutable: 9 })
  expect(warned([held, image('api:v1', 1, { ...gone, inUse: ['prod'] })])).toEqual([])
})
