import { expect, test } from 'vitest'
import { whatIfView } from './search-params'

const address = { q: '', days: 0, filter: 'all', repository: null } as const

test('an address asks what it says, and no more days than there are', () => {
  expect(whatIfView({ q: 'v1', days: 30, filter: 'delete', repository: 'library/api' }, false)).toEqual({
    daysAhead: 30,
    view: { search: 'v1', filter: 'delete', repository: 'library/api' },
  })
  expect([-1, 90, 91].map((days) => whatIfView({ ...address, days }, false).daysAhead)).toEqual([0, 90, 90])
})

test('only an edit changes anything', () => {
  expect(whatIfView({ ...address, filter: 'changed' }, true).view).toEqual({ search: '', filter: 'changed' })
  expect(whatIfView({ ...address, filter: 'changed' }, false).view).toEqual({ search: '', filter: 'all' })
})
