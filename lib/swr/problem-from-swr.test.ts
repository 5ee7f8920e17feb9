import { describe, expect, test } from 'vitest'
import { type ProblemCode, problemCodes } from '../contract/problem'
import { problemFromSwr } from './problem-from-swr'

const now = new Date('2025-01-02T03:04:05Z')
const problem = (status: number, json?: unknown, headers: Record<string, string> = {}, operation = 'replicationList') =>
  problemFromSwr({ operation: operation as 'replicationList', status, json, header: (name) => headers[name] }, now)

describe('each shape of an error is read', () => {
  const read = { status: 400, code: 'X.1', message: 'no' }
  test.each([
    ['enterprise', { error_code: 'X.1', error_msg: 'no' }],
    ['basic list', [{ errorCode: 'X.1', errorMessage: 'no' }, { errorCode: 'X.2' }]],
    ['basic wrapped', { errors: [{ errorCode: 'X.1', errorMessage: 'no' }] }],
    ['basic flat', { errorCode: 'X.1', errorMessage: 'no' }],
    ['harbor', { errors: [{ code: 'X.1', message: 'no' }] }],
    ['IAM nested', { error: { code: 'X.1', message: 'no', title: 'Bad' } }],
    ['flat, with nothing in an error', { error: null, error_code: 'X.1', error_msg: 'no' }],
    ['IAM flat', { code: 'X.1', message: 'no' }],
  ])('%s', (_, json) => expect(problem(400, json)).toMatchObject({ status: 400, code: 'swr_invalid', swr: read }))

  test('a detail follows the message', () => {
    expect(problem(400, [{ errorCode: 'X', errorMessage: 'Bad', detail: 'tag v1' }]).swr?.message).toBe('Bad: tag v1')
  })

  test('the code that only STS reads', () => {
    const json = { error_code: 'SWR.403', error_msg: 'no', encoded_authorization_message: 'abc' }
    expect(problem(403, json)).toMatchObject({
      status: 502,
      code: 'swr_forbidden',
      swr: { encodedAuthorization: 'abc' },
    })
  })

  test.each([
    ['errors that say nothing', { errors: [], error_code: 'X.1', error_msg: 'no' }],
    ['errors that are null', { errors: null, error_code: 'X.1', error_msg: 'no' }],
    ['an empty error among others', { errors: [{}, { errorCode: 'X.1', errorMessage: 'no' }] }],
    ['half in each', { errors: [{ errorCode: 'X.1' }], error_msg: 'no' }],
    ['an error that is a text', { error: 'Bad Request', error_code: 'X.1', error_msg: 'no' }],
  ])('%s', (_, json) => expect(problem(400, json).swr).toMatchObject({ code: 'X.1', message: 'no' }))

  test('both formats in one body are put together, and the code that only STS reads is never dropped', () => {
    const errors = [{ errorCode: 'SVCSTG.SWR.4030000', errorMessage: 'Permission denied', detail: 'sync' }]
    const flat = { error_code: 'SWR.403001', error_msg: 'no permission', encoded_authorization_message: 'abc' }
    expect(problem(403, { errors, ...flat }).swr).toEqual({
      status: 403,
      code: 'SWR.403001',
      message: 'no permission',
      encodedAuthorization: 'abc',
    })
    expect(problem(403, { errors, encoded_authorization_message: 'abc' }).swr).toEqual({
      status: 403,
      code: 'SVCSTG.SWR.4030000',
      message: 'Permission denied: sync',
      encodedAuthorization: 'abc',
    })
    const nested = { errors: [{ ...errors[0], encoded_authorization_message: 'abc' }] }
    expect(problem(403, nested).swr?.encodedAuthorization).toBe('abc')
    expect(problem(403, { errors: [], encoded_authorization_message: 'abc' }).swr?.encodedAuthorization).toBe('abc')
  })

  test.each([
    [undefined],
    [null],
    [''],
    ['text'],
    [7],
    [[]],
    [{}],
    [[null]],
    [{ errors: [] }],
    [{ errors: null }],
    [{ error: null }],
    [{ error_msg: {} }],
  ])('nothing to read in %j', (json) => {
    expect(problem(500, json)).toMatchObject({ status: 502, code: 'swr_failed', swr: { status: 500 } })
    expect(problem(500, json).swr?.message).toBeUndefined()
  })

  test('a page inside a JSON text is no message', () => {
    expect(problem(502, { error_msg: '<html><body>Bad gateway</body></html>' }).swr?.message).toBeUndefined()
    expect(problem(400, { error_msg: 'limit must be < 100 and > 0' }).swr?.message).toBe('limit must be < 100 and > 0')
  })

  test('the request id comes from the header, else from the body', () => {
    expect(problem(400, { request_id: 'b' }, { 'x-request-id': 'h' }).requestId).toBe('h')
    expect(problem(400, { request_id: 'b' }).requestId).toBe('b')
  })
})

const refused = (reason: string) => ({
  error_code: 'APIGW.0301',
  error_msg: `Incorrect IAM authentication information: ${reason}`,
})

test.each<[number, unknown, number, ProblemCode]>([
  [401, refused('verify aksk signature fail'), 502, 'swr_wrong_secret'],
  [401, refused('Get secretKey failed,ak:•••,err:ak not exist'), 502, 'swr_unknown_key'],
  [401, refused('AK access failed to reach the limit,forbidden'), 502, 'swr_key_locked'],
  [401, refused('decrypt token fail'), 502, 'swr_token'],
  [401, refused('the time difference exceeds 15 minutes'), 502, 'swr_clock'],
  [401, refused('something else'), 502, 'swr_unauthorized'],
  [401, { error_code: 'APIG.0301', error_msg: 'verify aksk signature fail' }, 502, 'swr_wrong_secret'],
  [401, [{ errorCode: 'SVCSTG.SWR.4010000' }], 502, 'swr_token'],
  [401, undefined, 502, 'swr_unauthorized'],
  [403, undefined, 502, 'swr_forbidden'],
  [404, undefined, 404, 'swr_not_found'],
  [404, { error_code: 'APIGW.0101' }, 502, 'swr_unknown_path'],
  [404, { error_code: 'APIG.0101' }, 502, 'swr_unknown_path'],
  [400, { error_code: 'SWR.400003' }, 404, 'swr_not_found'],
  [400, [{ errorCode: 'SVCSTG.SWR.4001158' }], 404, 'swr_not_found'],
  [400, { errors: [{ errorCode: 'SVCSTG.SWR.4000306' }] }, 404, 'swr_not_found'],
  [409, undefined, 409, 'swr_conflict'],
  [409, [{ errorCode: 'SVCSTG.SWR.4090023' }], 503, 'swr_busy'],
  [413, undefined, 413, 'swr_too_large'],
  [429, undefined, 429, 'swr_throttled'],
  [403, { error_code: 'APIGW.0308' }, 429, 'swr_throttled'],
  [405, undefined, 400, 'swr_invalid'],
  [302, undefined, 502, 'swr_failed'],
  [500, undefined, 502, 'swr_failed'],
  [503, undefined, 502, 'swr_failed'],
  [504, undefined, 504, 'swr_timeout'],
])('%i %j is answered as %i %s', (status, json, ours, code) => {
  expect(problem(status, json)).toMatchObject({ status: ours, code, swr: { status } })
  expect(problemCodes).toContain(code)
})

test.each([
  ['7', 7],
  ['0', 0],
  ['Thu, 02 Jan 2025 03:04:35 GMT', 30],
  ['Thu, 02 Jan 2025 03:00:00 GMT', 0],
  ['999999999', 3600],
  ['soon', undefined],
  ['-5', undefined],
])('waits after %j for %j seconds', (value, expected) =>
  expect(problem(429, undefined, { 'retry-after': value }).retryAfter).toBe(expected),
)

describe('a manual sync', () => {
  test('names the tags that failed', () => {
    const tags = ['v1', 'v2']
    expect(problem(500, tags, {}, 'manualSync')).toMatchObject({ status: 502, code: 'swr_tags_failed', tags })
    expect(problem(400, tags, {}, 'manualSync')).toMatchObject({ code: 'swr_tags_failed', tags })
  })
  test.each([[[]], [[{ errorCode: 'X' }]], [['v1', 3]]])('%j names none', (json) =>
    expect(problem(500, json, {}, 'manualSync')).toMatchObject({ code: 'swr_failed' }),
  )
  test('elsewhere a list of texts is no list of tags', () => expect(problem(500, ['v1']).code).toBe('swr_failed'))
})
