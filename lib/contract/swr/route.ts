import type { Role } from '../roles'

/**
 * What an operation can cost: `read` changes nothing; `reversible` can be set back by the same call; `recreatable` can be
 * made again from what we know; `final` cannot be taken back (images are copied or deleted).
 */
export type Risk = 'read' | 'reversible' | 'recreatable' | 'final'

/** Operations of a table that change something. */
export type WriteOf<Table extends Readonly<Record<string, { readonly risk: Risk }>>> = {
  [Name in keyof Table]: Table[Name]['risk'] extends 'read' ? never : Name
}[keyof Table]

export interface SwrRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** SWR's own path. `{project_id}` belongs to the server and is written `-` in the browser. */
  readonly path: string
  /** Success code that SWR documents or is believed to answer (docs/swr-api.md section 13). Clients accept every 2xx. */
  readonly success: 200 | 201 | 202 | 204
  readonly role: Role
  readonly risk: Risk
  /** Bare array with its total in `Content-Range` (Basic Edition lists); read as `{items, total}`. */
  readonly paged?: 'content-range'
  /** Changes something that is there: the caller says by its hash what it saw (`If-Match`). */
  readonly ifMatch?: true
  /** Only the console itself asks for it, after checks of its own: no request from outside is passed on. */
  readonly withheld?: true
  /** Seconds to wait for the answer; default 30. */
  readonly timeout?: number
}
