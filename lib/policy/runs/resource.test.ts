import { expect, test } from 'vitest'
import { repositoryIn, repositoryOf } from './resource'

test.each([
  ['library/nginx:[1.25,1.26]', 'library/nginx'],
  ['library/nginx [2 item(s) in total]', 'library/nginx'],
  ['library/tool [1 item(s) in total]', 'library/tool'],
  ['library/nginx:[1.25 ... 9 in total]', 'library/nginx'],
  ['team/team/x', 'team/team/x'],
  ['', ''],
])('%s is about %s', (resource, repository) => {
  expect(repositoryIn(resource)).toBe(repository)
})

test.each([
  [{ namespace: 'team', repository: 'team/x' }, 'team/team/x [1 item(s) in total]', 'team/team/x'],
  [{ namespace: 'team', repository: 'team/x' }, '', 'team/team/x'],
  [{ namespace: 'team', repository: 'x' }, '', 'team/x'],
  [{}, 'library/tool [1 item(s) in total]', 'library/tool'],
  [{ repository: 'library/web' }, '', 'library/web'],
  [{ namespace: 'library' }, '', ''],
])('%j of the task “%s” is %s', (row, resource, repository) => {
  expect(repositoryOf(row, resource)).toBe(repository)
})
