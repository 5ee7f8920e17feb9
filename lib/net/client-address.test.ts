import { expect, test } from 'vitest'
import { addressMatcher, clientAddress, isAddressRange } from './client-address'

const isProxy = addressMatcher(['127.0.0.0/8', '::1', '10.0.0.0/24', 'fd00::/8'])

test.each([
  ['a stranger says nothing about itself', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['a proxy is believed', '10.0.0.7', '198.51.100.1', '198.51.100.1'],
  ['but not what the client sent to it', '10.0.0.7', '192.0.2.1, 198.51.100.1', '198.51.100.1'],
  ['two proxies', '127.0.0.1', '192.0.2.1, 198.51.100.1, 10.0.0.7', '198.51.100.1'],
  ['a proxy that nobody named', '127.0.0.1', '198.51.100.1, 10.0.1.7', '10.0.1.7'],
  ['a proxy that asks for itself', '10.0.0.7', undefined, '10.0.0.7'],
  ['an address of version 4 in one of version 6', '::ffff:10.0.0.7', '::ffff:198.51.100.1', '198.51.100.1'],
  ['version 6', 'fd00::7', '2001:db8::1', '2001:db8::1'],
  ['with ports', '10.0.0.7', '[2001:db8::1]:4711', '2001:db8::1'],
  ['with a port', '10.0.0.7', '198.51.100.1:4711', '198.51.100.1'],
  ['no address', '10.0.0.7', 'unknown, _hidden', '10.0.0.7'],
  ['nothing', '', '198.51.100.1', null],
])('%s: %s says %s', (_, peer, forwarded, client) => expect(clientAddress(peer, forwarded, isProxy)).toBe(client))

test.each(['10.0.0.1', '10.0.0.0/8', '::1', '2001:db8::/32', '0.0.0.0/0'])('%s is a range', (range) =>
  expect(isAddressRange(range)).toBe(true),
)
test.each(['', 'proxy.example.com', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '::1/129', '10.0.0/8'])(
  '%j is none',
  (range) => expect(isAddressRange(range)).toBe(false),
)
