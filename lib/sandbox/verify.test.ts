import { beforeEach, expect, test } from 'vitest'
import { sdkDate } from '../swr/sign'
import { bench } from '../testing/sandbox-client'
import type { Ask } from '../testing/signed-request'
import { demo } from './demo'
import type { Incoming } from './exchange'
import { field } from './json-fields'
import { newKey } from './world'

let at = bench()
beforeEach(() => {
  at = bench()
})

const list = (ask: Ask = {}) => at.ask('instanceList', {}, { query: { offset: 0, limit: 10 }, ...ask })
const message = (ask: Ask) => {
  const got = list(ask)
  expect(got.status).toBe(401)
  expect(got.json).toMatchObject({ error_code: 'APIGW.0301', request_id: got.headers['X-Request-Id'] })
  return String(field(got.json, 'error_msg'))
}
const header = (name: string, change: (value: string) => string) => (incoming: Incoming) => ({
  ...incoming,
  headers: { ...incoming.headers, [name]: change(incoming.headers[name] ?? '') },
})
const wrong = 'Incorrect IAM authentication information: verify aksk signature fail'

test('a right signature passes, with a request id', () => {
  const got = list()
  expect(got.status).toBe(200)
  expect(got.headers['X-Request-Id']).toMatch(/^[0-9a-f]{32}$/)
})

test.each<[string, Ask]>([
  ['a wrong secret', { credential: { access: demo.access, secret: 'not it' } }],
  ['a changed query', { tamper: (sent) => ({ ...sent, target: sent.target.replace('limit=10', 'limit=20') }) }],
  ['an added query', { tamper: (sent) => ({ ...sent, target: `${sent.target}&status=Running` }) }],
  ['a changed path', { tamper: (sent) => ({ ...sent, target: sent.target.replace('/instances', '/instances/x') }) }],
  ['a changed method', { tamper: (sent) => ({ ...sent, method: 'POST' }) }],
  ['a changed body', { tamper: (sent) => ({ ...sent, body: new TextEncoder().encode('{}') }) }],
  ['a changed header', { tamper: header('content-type', () => 'application/json;charset=utf-8') }],
  ['another host', { tamper: header('host', () => 'elsewhere.test') }],
  ['a broken escape', { tamper: (sent) => ({ ...sent, target: `${sent.target}&name=%E0` }) }],
  ['a date that is not signed', { tamper: header('authorization', (value) => value.replace(';x-sdk-date', '')) }],
  ['a host that is not signed', { tamper: header('authorization', (value) => value.replace('host;', '')) }],
  [
    'unsorted names',
    { tamper: header('authorization', (value) => value.replace('content-type;host', 'host;content-type')) },
  ],
  ['a header that was not sent', { tamper: header('authorization', (value) => value.replace('host;', 'host;x-a;')) }],
  ['a payload declared unsigned', { headers: { 'x-sdk-content-sha256': 'UNSIGNED-PAYLOAD' } }],
])('%s is refused', (_, ask) => {
  expect(message(ask)).toBe(wrong)
})

test.each<[string, (value: string) => string]>([
  ['another algorithm', (value) => value.replace('SDK-HMAC-SHA256', 'V11-HMAC-SHA256')],
  ['no blanks', (value) => value.replaceAll(', ', ',')],
  [
    'upper-case hex',
    (value) => value.replace(/Signature=.*/, (part) => part.toUpperCase().replace('SIGNATURE', 'Signature')),
  ],
  ['something behind', (value) => `${value} `],
])('an authorization header with %s does not parse', (_, change) => {
  expect(message({ tamper: header('authorization', change) })).toMatch(/malformed$/)
})

test('no authorization header at all', () => {
  expect(message({ tamper: header('authorization', () => '') })).toMatch(/not found$/)
})

test('an unknown key is named', () => {
  expect(message({ credential: { access: 'NOBODY', secret: 'x' } })).toMatch(
    /Get secretKey failed,ak:NOBODY,err:ak not exist$/,
  )
})

test.each([-16 * 60, 16 * 60])('a clock that is off by %i seconds is refused', (seconds) => {
  const date = sdkDate(new Date(at.world.clock().getTime() + seconds * 1000))
  expect(message({ headers: { 'x-sdk-date': date } })).toMatch(/time difference/)
})

test.each([-14 * 60, 14 * 60])('a clock that is off by %i seconds passes', (seconds) => {
  const date = sdkDate(new Date(at.world.clock().getTime() + seconds * 1000))
  expect(list({ headers: { 'x-sdk-date': date } }).status).toBe(200)
})

test('a date in another form is refused', () => {
  expect(message({ headers: { 'x-sdk-date': '2026-03-04T09:30:00Z' } })).toMatch(/x-sdk-date/)
})

test('a temporary key needs its own token, signed', () => {
  const temporary = { access: 'TEMPORARY1', secret: 'its secret' }
  at.world.keys.set('TEMPORARY1', newKey({ ...temporary, project: demo.project, securityToken: 'the token' }))
  const withToken = (token: string) => ({ credential: temporary, headers: { 'x-security-token': token } })
  expect(list(withToken('the token')).status).toBe(200)
  expect(message(withToken('another'))).toMatch(/decrypt token fail$/)
  expect(message({ credential: temporary })).toMatch(/decrypt token fail$/)
  expect(message({ credential: temporary, tamper: header('x-security-token', () => 'the token') })).toBe(wrong)
})

test('a permanent key has no token', () => {
  expect(message({ headers: { 'x-security-token': 'x' } })).toMatch(/decrypt token fail$/)
})

const bad: Ask = { credential: { access: demo.access, secret: 'not it' } }

test('the sixth bad signature in a row locks the key for five minutes', () => {
  for (let count = 0; count < 6; count += 1) expect(message(bad)).toBe(wrong)
  const locked = 'Incorrect IAM authentication information: AK access failed to reach the limit,forbidden'
  expect(message({})).toBe(locked)
  at.pass(4 * 60)
  expect(message({})).toBe(locked)
  at.pass(2 * 60)
  expect(list().status).toBe(200)
})

test('a good signature in between starts the count anew', () => {
  for (let round = 0; round < 3; round += 1) {
    for (let count = 0; count < 5; count += 1) message(bad)
    expect(list().status).toBe(200)
  }
})
