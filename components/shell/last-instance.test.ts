import { expect, test } from 'vitest'
import { lastInstanceText, lastPlace } from './last-instance'

const connections = [
  { id: 'north', name: 'North', region: 'cn-north-4' },
  { id: 'south', name: 'South', region: 'cn-south-1' },
]
const [north, south] = connections as [(typeof connections)[0], (typeof connections)[0]]
const instance = { id: 'c3-1', name: '生产/一' }
const text = lastInstanceText({ connection: north, instance })

test('what was kept leads back to the instance, without numbers that may be old', () => {
  expect(lastPlace(text, connections)).toEqual({ connection: north, instance })
  expect(lastPlace(text, connections, 'north').instance?.id).toBe('c3-1')
})

test('the page of another connection stays with its own', () => {
  expect(lastPlace(text, connections, 'south')).toEqual({ connection: south })
})

test.each([undefined, '', 'gone/c3-1/x', 'north', 'north/', '%E0%A4%A/x/y'])('%s leads nowhere', (kept) => {
  expect(lastPlace(kept, connections)).toEqual({})
  expect(lastPlace(kept, connections, 'north')).toEqual({ connection: north })
})

test('a page without an instance keeps nothing', () => {
  expect(lastInstanceText({ connection: north })).toBeUndefined()
})
