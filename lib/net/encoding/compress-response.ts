import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { constants } from 'node:zlib'
import compression from 'compression'

/** What fits into one packet is not worth the work. */
const leastBytes = 1024

/** A fifth smaller than gzip makes a page, for about the same processor time (docs/decisions/0031). No page
 * is longer than the window of 256 kB; a larger one would only take memory. */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_LGWIN]: 18 } }

/** What Next writes at once; other types it may stream. */
const oneChunk = /^(application\/json|image\/svg\+xml)\b/

const firstChunkBytes = new WeakMap<ServerResponse, number>()

function isWorthIt(request: IncomingMessage, response: ServerResponse): boolean {
  // Next sets it as a list, and of a list the package compresses nothing.
  const type = String(response.getHeader('content-type') ?? '')
  if (type) response.setHeader('content-type', type)
  // A part of a file is told by its place in the file as it is.
  if (response.statusCode === 206) return false
  // Lines of JSON are text, which the package does not know.
  if (!compression.filter(request, response) && !type.startsWith('application/jsonl')) return false
  return !oneChunk.test(type) || (firstChunkBytes.get(response) ?? leastBytes) >= leastBytes
}

const compress = compression({ filter: isWorthIt, threshold: leastBytes, brotli })

/**
 * What answers a write or is about sessions may hold a token beside what the request has said: compressed, its length would tell of
 * both (BREACH).
 */
const mayHoldToken = ({ method = '', url = '' }: IncomingMessage) =>
  !['GET', 'HEAD'].includes(method) || url.startsWith('/api/auth/')

/**
 * Compresses what will be written to the response, as the request accepts it. What was written is flushed whenever the writer
 * says so, as Next does after each chunk.
 */
export function compressResponse(request: IncomingMessage, response: ServerResponse): void {
  if (mayHoldToken(request)) return
  compress(request, response, () => {})
  sendHeadersWithFirstChunk(response)
}

/**
 * Next sends the headers of a response just before its first chunk, when nobody knows how long it will be. Sent with it, they
 * can depend on its size.
 */
function sendHeadersWithFirstChunk(response: ServerResponse) {
  const { write } = response
  response.flushHeaders = () => {}
  response.write = (chunk: string | Uint8Array, ...more: unknown[]) => {
    if (!response.headersSent) firstChunkBytes.set(response, Buffer.byteLength(chunk))
    return Reflect.apply(write, response, [chunk, ...more])
  }
}
