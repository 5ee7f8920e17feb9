import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { compressResponse } from './compress-response'
import { encodedFiles } from './encoded-files'
import { preferredEncoding } from './preferred-encoding'

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
