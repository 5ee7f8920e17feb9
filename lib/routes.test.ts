import { expect, test } from 'vitest'
import { returnPath, routes } from './routes'

test.each(['/', '/users', '/default/instances/a/replication?q=night&page=2', '/a//b'])('%s leads back', (to) => {
  expect(returnPath(to)).toBe(to)
})

test.each([
  '//elsewhere.example.com',
  '/\\elsewhere.example.com',
  'https://elsewhere.example.com',
  'javascript:alert(1)',
  'users',
  '',
  '/\t/elsewhere.example.com',
  '/\n',
  undefined,
  ['/users', '/'],
])('%j leads to the front page', (to) => {
  expect(returnPath(to)).toBe(routes.home())
})

test('where one was going is kept in the address of the sign-in page', () => {
  const to = '/default/instances/a/replication?q=a&b#c'
  expect(new URL(routes.signIn(to), 'http://console').searchParams.get('to')).toBe(to)
  expect(routes.signIn('/')).toBe('/sign-in')
})
