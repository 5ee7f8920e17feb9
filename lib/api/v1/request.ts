import 'server-only'
import type { z } from 'zod'
import type { Identity } from '../../auth/identity'
import type { Actor } from '../../contract/actor'
import type { PathParams } from '../../contract/path'
import type { WriteOf } from '../../contract/swr/route'
import type { PublicOperation, publicRoutes } from '../../contract/v1/operations'
import type { publicSchemas } from '../../contract/v1/schemas'
import type { StreamedJson } from './streamed-json'

type Part<Name extends PublicOperation, Key extends 'query' | 'body'> = (typeof publicSchemas)[Name] extends {
  [K in Key]: infer Schema extends z.ZodType
}
  ? z.output<Schema>
  : undefined

/** What an operation of the public API is asked with, parsed. Its role and its connection are checked. */
export interface PublicRequest<Name extends PublicOperation> {
  readonly actor: Actor
  readonly known: Identity
  readonly params: PathParams<(typeof publicRoutes)[Name]['path']>
  readonly query: Part<Name, 'query'>
  readonly body: Part<Name, 'body'>
  /** Only the headers of the answer are sent (HEAD): nobody reads what it says. */
  readonly headersOnly: boolean
  /** The caller has gone. */
  readonly signal: AbortSignal
}

/** What is streamed has to keep to the schema by itself. The answer of a write is kept for who asks again: it is none. */
type PublicAnswer<Name extends PublicOperation> =
  | z.input<(typeof publicSchemas)[Name]['response']>
  | (Name extends WriteOf<typeof publicRoutes> ? never : StreamedJson)

/** The type names every operation: forgetting one does not compile. */
export type PublicHandlers<Names extends PublicOperation> = {
  readonly [Name in Names]: (request: PublicRequest<Name>) => Promise<PublicAnswer<Name>>
}

export const publicRoot = '/api/v1'

const encode = encodeURIComponent

type RetentionParams = PathParams<(typeof publicRoutes)['retentionShow']['path']>
const retentionPath = ({ connection, instance_id, namespace_name, policy_id }: RetentionParams) =>
  `/connections/${encode(connection)}/instances/${encode(instance_id)}/retention/${encode(namespace_name)}/${policy_id}`

/** Addresses that answers name; absolute, so that a program can follow them as they are. */
export const publicUrl = {
  run: ({ settings }: Identity, connection: string, instance: string, run: string) =>
    `${settings.url}${publicRoot}/connections/${encode(connection)}/instances/${encode(instance)}/runs/${run}`,
  syncJob: ({ settings }: Identity, connection: string, job: string) =>
    `${settings.url}${publicRoot}/connections/${encode(connection)}/sync-jobs/${job}`,
  retentionDryRun: ({ settings }: Identity, params: RetentionParams, dryRun: string) =>
    `${settings.url}${publicRoot}${retentionPath(params)}/dry-runs/${dryRun}`,
  retentionRun: ({ settings }: Identity, params: RetentionParams, run: string) =>
    `${settings.url}${publicRoot}${retentionPath(params)}/runs/${run}`,
  document: ({ settings }: Identity) => `${settings.url}${publicRoot}/openapi.json`,
}
