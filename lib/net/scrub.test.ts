import { expect, test } from 'vitest'
import { scrub, scrubTexts } from './scrub'

test('what is secret by its name goes, at any depth', () => {
  const registry = {
    id: 3,
    access_secret: 'a',
    credential: { type: 'basic', access_secret: 'b' },
    extra: { deep: [{ Password: 'c', apiToken: 'd', kept: 1 }] },
  }
  expect(scrub(registry)).toEqual({ id: 3, credential: { type: 'basic' }, extra: { deep: [{ kept: 1 }] } })
})

test('names of hosts are data', () => {
  const dns_conf = { hosts: { 'token.example.com': '192.0.2.1', password: '192.0.2.2' } }
  expect(scrub({ dns_conf })).toEqual({ dns_conf })
})

test.each([
  ['https://robot$ci:S3cret@harbor.example.com/', 'https://•••@harbor.example.com/'],
  ['https://a@b:c@harbor.example.com', 'https://•••@harbor.example.com'],
  ['https://harbor.example.com/@scope', 'https://harbor.example.com/@scope'],
  ['robot@example.com', 'robot@example.com'],
])('the address %s', (url, masked) => {
  expect(scrub({ dest_registry: { url } })).toEqual({ dest_registry: { url: masked } })
})

test('a description goes back to SWR as it is; a refusal is only shown', () => {
  const said = { description: 'see ssh://git@example.com/x', error_msg: 'https://u:p@h is not valid' }
  expect(scrub(said)).toEqual(said)
  expect(scrubTexts([said])).toEqual([
    { description: 'see ssh://•••@example.com/x', error_msg: 'https://•••@h is not valid' },
  ])
})
