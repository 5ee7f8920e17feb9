import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { brotliCompressSync, brotliDecompressSync, createBrotliDecompress, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contentEncoding } from './content-encoding'
import { preferredEncoding } from './preferred-encoding'

test.each([
  [undefined, undefined],
  ['', undefined],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['BR', 'br'],
  ['br;q=0, gzip', 'gzip'],
  ['gzip;q=1, br;q=0.5', 'gzip'],
  ['gzip;q=0.5, br;q=0.5', 'br'],
  ['*', 'br'],
  ['*;q=0', undefined],
  ['identity', undefined],
  ['identity;q=1, br;q=0.1', undefined],
  ['deflate, zstd', undefined],
])('who accepts %j gets %s', (accepted, encoding) => {
  expect(preferredEncoding(accepted)).toBe(encoding)
})

const script = 'export const answer = 42\n'.repeat(200)
const scriptPath = '/_next/static/chunks/a-b_c~d.js'
const textsPath = '/messages/en/E60gSBr1Xkqp'
const page = '<p>row</p>'.repeat(500)

/** As Next answers. */
const answers: Record<string, (response: ServerResponse) => void> = {
  [scriptPath]: (response) => response.setHeader('content-type', 'application/javascript').end(script),
  '/page': (response) => write(response, 'text/html; charset=utf-8', page),
  '/list': (response) => write(response, ['application/json'], JSON.stringify({ rows: page })),
  '/export': (response) => {
    write(response, ['application/jsonl; charset=utf-8'], '{}\n', false)
    write(response, ['application/jsonl; charset=utf-8'], JSON.stringify({ rows: page }))
  },
  '/short-list': (response) => write(response, ['application/json'], '{"rows":[]}'),
  '/api/auth/session': (response) => write(response, ['application/json'], JSON.stringify({ rows: page })),
  '/icon.svg': (response) => write(response, ['image/svg+xml'], '<svg/>'),
  '/encoded': (response) =>
    response.setHeader('content-type', 'text/css').setHeader('content-encoding', 'gzip').end(gzipSync(page)),
  '/part': (response) => {
    response
      .writeHead(206, { 'content-type': 'text/css', 'content-range': 'bytes 0-1999/5000' })
      .end(page.slice(0, 2000))
  },
  '/slow': (response) => {
    write(response, 'text/html', 'first', false)
    released.then(() => response.end('last'))
  },
  '/font.woff2': (response) => response.setHeader('content-type', 'font/woff2').end(page),
}
let release = () => {}
const released = new Promise<void>((resolve) => {
  release = resolve
})

function write(response: ServerResponse, type: string | string[], text: string, ends = true) {
  if (!response.headersSent) response.setHeader('content-type', type)
  response.flushHeaders()
  response.write(Buffer.from(text))
  // What a middleware has put there, for which Next looks after each chunk.
  if ('flush' in response && typeof response.flush === 'function') response.flush()
  if (ends) response.end()
}

let server: Server
let port = 0
const folder = mkdtempSync(join(tmpdir(), 'encoded-'))

beforeAll(async () => {
  for (const path of [scriptPath, textsPath]) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(`${folder}${path}.br`, brotliCompressSync(script))
    writeFileSync(`${folder}${path}.gz`, gzipSync(script))
  }
  writeFileSync(join(folder, 'secret.txt.br'), 'not of a type that is served')
  const encode = contentEncoding(folder)
  server = createServer((asked, answer) => {
    answer.setHeader('content-security-policy', "default-src 'none'")
    if (encode(asked, answer)) answers[asked.url ?? '']?.(answer)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

async function open(path: string, headers: Record<string, string>, method = 'GET') {
  const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false })
  sent.end()
  const [answer]: IncomingMessage[] = await once(sent, 'response')
  if (!answer) throw new Error('no answer')
  return answer
}

const decoders: Record<string, (bytes: Buffer) => Buffer> = { br: brotliDecompressSync, gzip: gunzipSync }

async function ask(path: string, accepted: string, more: Record<string, string> = {}, method?: string) {
  const answer = await open(path, { 'accept-encoding': accepted, ...more }, method)
  const bytes = await buffer(answer)
  const encoding = answer.headers['content-encoding']
  const text = () => String(encoding ? decoders[encoding]?.(bytes) : bytes)
  return { status: answer.statusCode, headers: answer.headers, bytes, encoding, text }
}

describe.each([scriptPath, `${scriptPath}?dpl=1`, textsPath])('the encoded file %s', (path) => {
  test.each(['br', 'gzip'])('comes in %s, and is kept', async (accepted) => {
    const answer = await ask(path, accepted)
    expect(answer).toMatchObject({ status: 200, encoding: accepted })
    expect(answer.text()).toBe(script)
    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-length': String(answer.bytes.length),
      'content-security-policy': "default-src 'none'",
      'content-type': path === textsPath ? 'application/json' : 'application/javascript; charset=UTF-8',
      vary: 'Accept-Encoding',
    })
  })

  test('is told to be the same, in the encoding that is asked for', async () => {
    const { headers } = await ask(path, 'br')
    const again = (accepted: string) => ask(path, accepted, { 'if-none-match': headers.etag ?? '' })
    const same = await again('br')
    expect(same).toMatchObject({ status: 304, encoding: undefined })
    expect(same.headers).toMatchObject({ etag: headers.etag, vary: 'Accept-Encoding' })
    expect(same.headers['cache-control']).toContain('immutable')
    expect((await again('gzip')).status).toBe(200)
  })

  test('has parts and a head', async () => {
    const whole = await ask(path, 'br')
    const part = await ask(path, 'br', { range: 'bytes=-9' })
    expect(part).toMatchObject({ status: 206, encoding: 'br' })
    expect(part.bytes.equals(whole.bytes.subarray(-9))).toBe(true)
    const beyond = await ask(path, 'br', { range: 'bytes=999999-' })
    expect(beyond).toMatchObject({ status: 416, encoding: undefined })
    expect(beyond.headers).toMatchObject({ 'content-security-policy': "default-src 'none'" })
    expect(beyond.headers['cache-control']).toBeUndefined()
    const head = await ask(path, 'br', {}, 'HEAD')
    expect(head.headers['content-length']).toBe(String(whole.bytes.length))
    expect(head.bytes).toHaveLength(0)
  })
})

test('who accepts no encoding gets the file as Next has it', async () => {
  expect(await ask(scriptPath, 'identity')).toMatchObject({ encoding: undefined, bytes: Buffer.from(script) })
})

test.each(['/secret.txt', '/_next/static/chunks/../../../secret.txt', `${scriptPath}/`, '/'])(
  '%s is left to Next',
  (path) => {
    let passed = 0
    const asked = { url: path, method: 'GET', headers: { 'accept-encoding': 'br' } }
    const answer = { on: () => {}, setHeader: () => passed-- }
    // No more of a request and a response than is looked at.
    if (contentEncoding(folder)(asked as unknown as IncomingMessage, answer as unknown as ServerResponse)) passed++
    expect(passed).toBe(1)
  },
)

describe('what Next writes', () => {
  test.each([
    ['/page', 'br'],
    ['/page', 'gzip'],
    ['/list', 'br'],
    ['/list', 'gzip'],
    ['/export', 'br'],
  ])('%s is compressed for who accepts %s', async (path, accepted) => {
    const answer = await ask(path, accepted)
    expect(answer).toMatchObject({ status: 200, encoding: accepted, headers: { vary: 'Accept-Encoding' } })
    expect(answer.text()).toContain('<p>row</p>')
    expect(answer.bytes.length).toBeLessThan(500)
  })

  test('is as it is for others, who are told that it varies', async () => {
    const answer = await ask('/page', 'identity')
    expect(answer).toMatchObject({ encoding: undefined, headers: { vary: 'Accept-Encoding' } })
    expect(answer.text()).toBe(page)
  })

  test.each(['/short-list', '/icon.svg', '/font.woff2', '/api/auth/session', '/part'])(
    '%s is not compressed',
    async (path) => {
      const answer = await ask(path, 'br, gzip')
      expect(answer.encoding).toBeUndefined()
      expect(answer.bytes.length).toBeGreaterThan(0)
    },
  )

  test('the answer to a write is not compressed, because it may hold a token', async () => {
    expect((await ask('/list', 'br', {}, 'POST')).encoding).toBeUndefined()
  })

  test('is not compressed twice', async () => {
    const answer = await ask('/encoded', 'br, gzip')
    expect(answer.encoding).toBe('gzip')
    expect(answer.text()).toBe(page)
  })

  test('arrives chunk by chunk', async () => {
    const stream = (await open('/slow', { 'accept-encoding': 'br' })).pipe(createBrotliDecompress())
    const [first]: Buffer[] = await once(stream, 'data')
    expect(String(first)).toBe('first')
    release()
    expect(String(await buffer(stream))).toBe('last')
  })
})
