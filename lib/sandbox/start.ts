import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { controlAnswer } from './control'
import type { Answer, Incoming } from './exchange'
import { loadOpenApi } from './openapi'
import type { Size } from './seed/large'
import { seededWorld } from './seed/seed'
import { createSandbox, maxBodyBytes } from './server'

export interface Sandbox {
  readonly url: string
  readonly controlUrl: string
  close(): Promise<void>
}

/** Reads one byte more than may come, so that a body that is too large is seen as such without being kept. */
async function received(request: IncomingMessage): Promise<Incoming> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a stream of bytes was expected')
    if (size <= maxBodyBytes) chunks.push(chunk)
    size += chunk.length
  }
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ])
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  }
}

function send(response: ServerResponse, { status, headers, body, delayMs, hangUp }: Answer) {
  if (hangUp) {
    response.destroy()
    return
  }
  const size = status === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) }
  const write = () => response.writeHead(status, { ...headers, ...size }).end(body)
  if (delayMs === undefined) {
    write()
    return
  }
  const timer = setTimeout(write, delayMs)
  response.on('close', () => clearTimeout(timer))
}

function serve(answer: (incoming: Incoming) => Answer): Server {
  // Larger than what the gateway allows, so that the sandbox itself can refuse.
  return createServer({ maxHeaderSize: 256 * 1024, keepAliveTimeout: 60_000 }, async (request, response) => {
    try {
      send(response, answer(await received(request)))
    } catch {
      // The client went away while it was sending.
      response.destroy()
    }
  })
}

const listen = (server: Server, port: number) =>
  new Promise<string>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`)
    })
  })

const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** Starts a sandbox with a world of its own, on loopback only. Port 0 lets the system choose. */
export async function startSandbox(options: {
  port: number
  controlPort: number
  clock?: () => Date
  size?: Size | undefined
}): Promise<Sandbox> {
  const world = seededWorld(options.clock ?? (() => new Date()), options.size)
  const api = serve(createSandbox(world, loadOpenApi()))
  const control = serve((incoming) => controlAnswer(world, incoming))
  const url = await listen(api, options.port)
  const controlUrl = await listen(control, options.controlPort)
  return {
    url,
    controlUrl,
    async close() {
      await Promise.all([close(api), close(control)])
    },
  }
}
