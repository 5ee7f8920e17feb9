import { createServer, type Server } from 'node:http'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { log } from '../net/log'
import { maxQueued, maxSockets, send } from './transport'

/** What the sandbox, being SWR, never does. */
let hostile: Server
let origin: string
const asked: string[] = []
const sockets = new Set<unknown>()

beforeAll(async () => {
  log.level = 'silent'
  hostile = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.host}`)
    sockets.add(request.socket)
    if (request.url === '/redirect') response.writeHead(302, { location: '/secret' }).end()
    else if (request.url === '/endless') {
      const chunk = Buffer.alloc(1024 * 1024)
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      }
      response.on('drain', more)
      more()
    } else if (request.url === '/slow') response.writeHead(200).write('{')
    else if (request.url !== '/silent') response.end(request.url)
  })
  await new Promise<void>((resolve) => hostile.listen(0, '127.0.0.1', resolve))
  const address = hostile.address()
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
})
afterAll(() => {
  hostile.closeAllConnections()
  hostile.close()
})

const get = (path: string, seconds = 5, to = origin) =>
  send({ connection: 'default', origin: to, path, method: 'GET', headers: {}, body: undefined }, seconds)

const post = (to: string) =>
  send({ connection: 'default', origin: to, path: '/', method: 'POST', headers: {}, body: '{}' }, 5)

test('sends path and query byte for byte', async () => {
  const path = "/a/../b//c%252Fd/e$f?q='*'&b=%20"
  expect((await get(path)).text).toBe(path)
  expect(asked.at(-1)).toBe(`GET ${path} ${new URL(origin).host}`)
})

test('keeps connections', async () => {
  sockets.clear()
  for (let at = 0; at < 10; at += 1) await get('/again')
  // A second one may be opened while the first is being put back.
  expect(sockets.size).toBeLessThanOrEqual(2)
})

test('follows no redirect', async () => {
  asked.length = 0
  expect((await get('/redirect')).status).toBe(302)
  expect(asked).toHaveLength(1)
})

test.each([
  ['/silent', 504, 'swr_timeout'],
  ['/slow', 504, 'swr_timeout'],
])('waits for %s no longer than it may', async (path, status, code) => {
  await expect(get(path, 0.2)).rejects.toMatchObject({ problem: { status, code } })
})

test('reads no endless answer', async () => {
  await expect(get('/endless', 20)).rejects.toMatchObject({ problem: { status: 502, code: 'swr_unreadable' } })
})

/** A server that does this with each connection. */
async function withServer(serve: (socket: Socket) => void, ask: (port: number) => Promise<void>) {
  const server = createTcpServer((socket) => {
    socket.on('error', () => undefined)
    serve(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  try {
    await ask(typeof address === 'object' ? (address?.port ?? 0) : 0)
  } finally {
    server.close()
  }
}
const afterRequest = (act: (socket: Socket) => void) => (socket: Socket) => void socket.once('data', () => act(socket))
const reset = (socket: Socket) => void socket.resetAndDestroy()
/** An alert of TLS: no common way to encrypt. */
const handshakeFailure = Buffer.from([0x15, 3, 3, 0, 2, 2, 40])

const phases: [string, string, string, (socket: Socket) => void][] = [
  ['during the handshake, by a reset', 'https', 'swr_unreachable', afterRequest(reset)],
  ['during the handshake, by an end', 'https', 'swr_unreachable', (socket) => void socket.end()],
  ['by a refused handshake', 'https', 'swr_unreachable', afterRequest((socket) => socket.end(handshakeFailure))],
  [
    'because it speaks no TLS',
    'https',
    'swr_unreachable',
    afterRequest((socket) => socket.end('HTTP/1.1 400 No\r\n\r\n')),
  ],
  ['once it is there', 'http', 'swr_broke_off', (socket) => void socket.end()],
  ['after the request', 'http', 'swr_broke_off', afterRequest((socket) => socket.end())],
  ['after the request, by a reset', 'http', 'swr_broke_off', afterRequest(reset)],
  ['within the head', 'http', 'swr_broke_off', afterRequest((socket) => socket.end('HTTP/1.1 200 OK\r\nconten'))],
  ['with what is no HTTP', 'http', 'swr_broke_off', afterRequest((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'))],
  [
    'within the body',
    'http',
    'swr_broke_off',
    afterRequest((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{')),
  ],
]

test.each(phases)('a connection that breaks %s', async (_, scheme, code, serve) => {
  await withServer(serve, async (port) => {
    const to = `${scheme}://127.0.0.1:${port}`
    await expect(get('/', 5, to)).rejects.toMatchObject({ problem: { status: 502, code } })
    // Only what was never sent is sure not to have taken place.
    await expect(post(to)).rejects.toMatchObject({ problem: { status: 502, code } })
  })
})

test.each(['http://127.0.0.1:9', 'http://does-not-exist.invalid'])('cannot send to %s', async (nowhere) => {
  await expect(post(nowhere)).rejects.toMatchObject({ problem: { status: 502, code: 'swr_unreachable' } })
})

test('what can be no header is not sent', async () => {
  asked.length = 0
  const sendable = { connection: 'default', origin, path: '/', method: 'POST', body: '{}' } as const
  const sent = send({ ...sendable, headers: { 'x-security-token': 'a\nb' } }, 5)
  await expect(sent).rejects.toMatchObject({ problem: { code: 'swr_unreachable' } })
  expect(asked).toEqual([])
})

test.each(['http://127.0.0.1:9', 'http://does-not-exist.invalid'])('cannot reach %s', async (nowhere) => {
  await expect(get('/', 10, nowhere)).rejects.toMatchObject({ problem: { status: 502, code: 'swr_unreachable' } })
})

test('a connection that hangs takes its own sockets and places only', async () => {
  const ask = (connection: string, path: string, seconds: number) =>
    send({ connection, origin, path, method: 'GET', headers: {}, body: undefined }, seconds)
  const hanging = Array.from({ length: maxSockets + maxQueued }, () => ask('hangs', '/silent', 2).catch(() => null))
  await expect(ask('hangs', '/one-too-many', 2)).rejects.toMatchObject({
    problem: { status: 503, code: 'connection_busy', retryAfter: 2 },
  })
  expect((await ask('healthy', '/other', 2)).text).toBe('/other')
  const open = await new Promise<number>((resolve) => hostile.getConnections((_, count) => resolve(count)))
  // A few of other connections may still be kept.
  expect(open).toBeLessThan(maxSockets + 10)
  await Promise.all(hanging)
  expect(asked.some((line) => line.includes('one-too-many'))).toBe(false)
  expect((await ask('hangs', '/again', 2)).status).toBe(200)
})
