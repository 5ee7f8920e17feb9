import { expect, test } from 'vitest'
import type { Scheduled } from '@/lib/contract/console/insight'
import { weekFrom } from './shape'

const now = new Date('2026-05-20T12:00:00Z')
const schedules = (cron: string): Scheduled[] =>
  Array.from({ length: 237 }, (_, index) => ({
    kind: 'replication',
    id: index + 1,
    name: `p${index}`,
    namespace: null,
    registry: null,
    enabled: true,
    cron,
    usual: null,
  }))

test.each([
  ['0 5 4 29 2 *', 0],
  ['0 30 3 1 1 *', 0],
  ['0 */10 * * * *', 1008],
])('a week of 237 policies with %s is worked out at once', (cron, each) => {
  const all = schedules(cron)
  const before = process.cpuUsage()
  const week = weekFrom(all, now, 'Europe/Berlin')
  const { user, system } = process.cpuUsage(before)
  expect(week.timed.map(({ starts }) => starts.length)).toEqual(all.map(() => each))
  expect(week.crowds.length > 0).toBe(each > 0)
  // It took seconds when each policy was searched by itself.
  expect((user + system) / 1000).toBeLessThan(1_200)
})
