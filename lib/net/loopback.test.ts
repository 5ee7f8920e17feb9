import { expect, test } from 'vitest'
import { otherLoopback } from './loopback'

test.each([
  ['localhost:3000', true],
  ['[::1]:3000', true],
  ['127.0.0.2:3000', true],
  ['127.0.0.1:3000', false],
  ['localhost:3001', false],
  ['localhost', false],
  ['evil.example:3000', false],
  ['localhost.evil.example:3000', false],
  ['', false],
])('%j is another name of this console: %s', (host, is) => {
  expect(otherLoopback(host, 'http://127.0.0.1:3000')).toBe(is)
  expect(otherLoopback(host, 'https://console.example.com')).toBe(false)
})
