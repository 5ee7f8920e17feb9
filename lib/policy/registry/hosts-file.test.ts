import { expect, test } from 'vitest'
import { formatHosts, parseHosts } from './hosts-file'

test.each([
  ['192.0.2.9'],
  ['255.255.255.255'],
  ['2001:db8::1'],
  ['::1'],
  ['2001:0db8:0000:0000:0000:ff00:0042:8329'],
  ['::ffff:192.0.2.1'],
  ['64:ff9b::192.0.2.1'],
])('%s is an address', (address) => {
  expect(parseHosts(`a.example.com ${address}`)).toEqual({ 'a.example.com': address })
})

test.each([
  ['192.0.2'],
  ['192.0.2.256'],
  ['192.0.2.09'],
  ['1:2'],
  [':::'],
  ['2001:db8::1::2'],
  ['12345::1'],
  ['::ffff:192.0.2.256'],
  ['1:2:3:4:5:6:7:192.0.2.1'],
  ['1:2:3:4:5:6:7:8:9'],
  ['b.example.com'],
])('%s is none', (address) => {
  expect(parseHosts(`a.example.com ${address}`)).toBeNull()
})

test('a line holds a pair, and a host stands once', () => {
  expect(parseHosts('a.example.com')).toBeNull()
  expect(parseHosts('a.example.com 192.0.2.1 192.0.2.2')).toBeNull()
  expect(parseHosts('a.example.com 192.0.2.1\na.example.com 192.0.2.2')).toBeNull()
  expect(parseHosts('\n')).toEqual({})
})

test('pairs are read as they are written', () => {
  const hosts = { 'a.example.com': '192.0.2.1', 'b.example.com': '2001:db8::1' }
  expect(parseHosts(formatHosts(hosts))).toEqual(hosts)
})
