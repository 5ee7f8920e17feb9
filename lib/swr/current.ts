import 'server-only'
import type { ParsedInput } from '../contract/parse-input'
import type { Registry } from '../contract/swr/registry'
import type { Replication } from '../contract/swr/replication'
import type { Retention } from '../contract/swr/retention'
import type { ObjectKind } from '../contract/vocabulary'
import { maxPageSize } from '../contract/vocabulary'
import type { Version } from '../db/revisions'
import type { Connection } from '../env/connections'
import { toRequest as registryRequest } from '../policy/registry/request'
import { toRequest as replicationRequest } from '../policy/replication/request'
import { toRequest as retentionRequest } from '../policy/retention/request'
import { parseResponse, sendRequest, unreadableResponse } from './request'

type Seen = Replication | Retention | Registry

/** A policy or registry as it is now. */
export interface Snapshot {
  readonly object: Seen
  /** What it says in the shape of a request. */
  readonly request: object
  readonly version: Version
  /** As it came, secrets included: only for sending it back. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** What is kept of it: all that SWR says of it, without secrets. */
export function snapshotOf({ content_hash, ...content }: Seen): Version {
  return { name: content.name ?? '', hash: content_hash, content }
}

/** Reads one of them, in fewer `seconds` than usual if need be. */
export async function fetchCurrent(
  target: Connection,
  kind: ObjectKind,
  params: ParsedInput['params'],
  seconds?: number,
): Promise<Snapshot> {
  const input = { params, query: {}, body: undefined }
  const answer = await sendRequest(target, `${kind}Show`, input, seconds)
  const { raw } = answer
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw unreadableResponse(answer)
  const seen = { raw: { ...raw } }
  if (kind === 'registry') {
    const object = parseResponse('registryShow', answer, input)
    return { ...seen, object, request: registryRequest(object), version: snapshotOf(object) }
  }
  if (kind === 'replication') {
    const object = parseResponse('replicationShow', answer, input)
    return { ...seen, object, request: replicationRequest(object), version: snapshotOf(object) }
  }
  const object = parseResponse('retentionShow', answer, input)
  return { ...seen, object, request: retentionRequest(object), version: snapshotOf(object) }
}

type Row = Pick<Seen, 'id' | 'name'>

async function page(
  target: Connection,
  kind: ObjectKind,
  params: ParsedInput['params'],
  offset: number,
  seconds: number,
) {
  const input = { params, query: { offset, limit: maxPageSize }, body: undefined }
  const answer = await sendRequest(target, `${kind}List`, input, seconds)
  if (kind === 'replication') {
    const { policies, total } = parseResponse('replicationList', answer, input)
    return { answer, rows: policies satisfies Row[], total }
  }
  if (kind === 'registry') {
    const { registries, total } = parseResponse('registryList', answer, input)
    return { answer, rows: registries satisfies Row[], total }
  }
  const { retentions, total } = parseResponse('retentionList', answer, input)
  return { answer, rows: retentions satisfies Row[], total }
}

/** Id and name of every policy, or registry, of an instance, within so many `seconds`; fails rather than answer only a part. */
export async function listAll(
  target: Connection,
  kind: ObjectKind,
  { instance_id = '' }: ParsedInput['params'],
  seconds: number,
): Promise<Map<number, string>> {
  const end = performance.now() + seconds * 1000
  const found = new Map<number, string>()
  for (let offset = 0; ; offset += maxPageSize) {
    const left = Math.max(0, end - performance.now()) / 1000
    const { answer, rows, total } = await page(target, kind, { instance_id }, offset, left)
    for (const { id, name = '' } of rows) if (id !== undefined) found.set(id, name)
    if (found.size === total) return found
    // Rows that cannot be read, or that moved from page to page meanwhile.
    if (rows.length < maxPageSize) throw unreadableResponse(answer)
  }
}
