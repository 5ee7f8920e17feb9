/** Of packages whose types from DefinitelyTyped do not fit: what is used of them. */

// Those are for Express, and bring its types along.
declare module 'compression' {
  import type { IncomingMessage, ServerResponse } from 'node:http'
  import type { BrotliOptions } from 'node:zlib'

  interface Options {
    readonly filter?: (request: IncomingMessage, response: ServerResponse) => boolean
    readonly threshold?: number
    readonly brotli?: BrotliOptions
  }
  type Compress = (request: IncomingMessage, response: ServerResponse, next: () => void) => void
  const compression: ((options?: Options) => Compress) & {
    readonly filter: (request: IncomingMessage, response: ServerResponse) => boolean
  }
  export default compression
}

// Those do not know `preferred`.
declare module 'negotiator' {
  export default class Negotiator {
    constructor(request: { readonly headers: Readonly<Record<string, string | undefined>> })
    encoding(available: readonly string[], options?: { readonly preferred?: readonly string[] }): string | undefined
  }
}
