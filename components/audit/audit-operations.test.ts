import { expect, test } from 'vitest'
import { consoleRoutes } from '@/lib/contract/console/operations'
import { swrRoutes } from '@/lib/contract/swr/operations'
import { auditOperations } from './audit-operations'

test('the log has a word for every operation that writes', () => {
  const writes = Object.entries({ ...swrRoutes, ...consoleRoutes }).flatMap(([name, { risk }]) =>
    risk === 'read' ? [] : [name],
  )
  expect(writes.length).toBeGreaterThan(8)
  expect(writes.filter((name) => !auditOperations.some((known) => known === name))).toEqual([])
})
