import 'server-only'
import { existsSync, readdirSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname } from 'node:path'
import send from 'send'
import type { Encoding } from './preferred-encoding'

const suffixes: Record<Encoding, string> = { br: '.br', gzip: '.gz' }

/** By the end of the address; the texts have none (`app/messages`). */
const types: Record<string, string> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
  '': 'application/json',
}

/**
 * Sends the files that were encoded when the console was built; true when it did. Each has a hash of its content in its
 * address and never changes. What is not there, Next answers.
 */
export function encodedFiles(root: string) {
  const names = existsSync(root) ? readdirSync(root, { recursive: true, encoding: 'utf8' }) : []
  const files = new Set(names.map((name) => `/${name.replaceAll('\\', '/')}`))
  return (request: IncomingMessage, response: ServerResponse, encoding: Encoding): boolean => {
    const path = request.url?.split('?', 1)[0] ?? ''
    const type = types[extname(path)]
    const file = path + suffixes[encoding]
    if ((request.method !== 'GET' && request.method !== 'HEAD') || type === undefined || !files.has(file)) return false
    response.setHeader('Content-Type', type)
    response.setHeader('Content-Encoding', encoding)
    response.setHeader('Vary', 'Accept-Encoding')
    const stream = send(request, file, { root, immutable: true, maxAge: '1 year' })
    // Its own answer would take the headers away that every answer has.
    stream.on('error', ({ status }) => {
      // What is said of the file is not so of its refusal, which nobody is to keep for a year.
      for (const name of ['Content-Encoding', 'Content-Type', 'Cache-Control', 'ETag', 'Last-Modified'])
        response.removeHeader(name)
      response.writeHead(status).end()
    })
    stream.pipe(response)
    return true
  }
}
