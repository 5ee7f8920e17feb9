import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import Negotiator from 'negotiator'
import { compressResponse } from './compress-response'
import { encodedFiles } from './encoded-files'

/** What the console can encode, the smallest first: of those that a client likes equally, it gets the first. */
const encodings = ['br', 'gzip'] as const
export type Encoding = (typeof encodings)[number]

/** The encoding that a client gets by its `Accept-Encoding` (RFC 9110, section 12.5.3); undefined: none. */
export function preferredEncoding(accepted: string | undefined): Encoding | undefined {
  const negotiator = new Negotiator({ headers: { 'accept-encoding': accepted } })
  const best = negotiator.encoding([...encodings, 'identity'], { preferred: encodings })
  return encodings.find((encoding) => encoding === best)
}

/**
 * Answers with a file that was encoded when the console was built, or sees to it that the response is compressed. True when
 * the request may go on. `folder` is what scripts/encode.mjs has written.
 */
export function contentEncoding(folder: string) {
  const sendFile = encodedFiles(folder)
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const encoding = preferredEncoding(request.headers['accept-encoding']?.toString())
    if (encoding && sendFile(request, response, encoding)) return false
    // Decided once.
    request.headers['accept-encoding'] = encoding ?? 'identity'
    compressResponse(request, response)
    return true
  }
}
