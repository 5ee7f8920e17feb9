import 'server-only'
import { largestPage } from '../contract/paging'
import type { Replication } from '../contract/replication'
import type { Retention } from '../contract/retention'
import type { PolicyKind } from '../contract/vocabulary'
import type { Version } from '../db/revisions'
import type { Connection } from '../env'
import { asRequest as replicationRequest } from '../policy/replication-request'
import { asRequest as retentionRequest } from '../policy/retention-request'
import { ask, read, unreadable } from './exchange'
import type { Parsed } from './parse-input'

/** A policy as it is now. */
export interface Look {
  readonly policy: Replication | Retention
  /** What it says in the shape of a request. */
  readonly request: object
  readonly version: Version
  /** As it came, secrets included: only for sending it back. */
  readonly raw: Readonly<Record<string, unknown>>
}

/** What is kept of a policy: all that SWR says of it, without secrets. */
export function versionOf({ content_hash, ...content }: Replication | Retention): Version {
  return { name: content.name ?? '', hash: content_hash, content }
}

/** Reads one policy, in fewer `seconds` than usual if need be. */
export async function look(
  target: Connection,
  kind: PolicyKind,
  params: Parsed['params'],
  seconds?: number,
): Promise<Look> {
  const input = { params, query: {}, body: undefined }
  const answer = await ask(target, `${kind}Show`, input, seconds)
  const { raw } = answer
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw unreadable(answer)
  const seen = { raw: { ...raw } }
  if (kind === 'replication') {
    const policy = read('replicationShow', answer, input)
    return { ...seen, policy, request: replicationRequest(policy), version: versionOf(policy) }
  }
  const policy = read('retentionShow', answer, input)
  return { ...seen, policy, request: retentionRequest(policy), version: versionOf(policy) }
}

type Row = Pick<Replication | Retention, 'id' | 'name'>

async function page(target: Connection, kind: PolicyKind, params: Parsed['params'], offset: number, seconds: number) {
  const input = { params, query: { offset, limit: largestPage }, body: undefined }
  const answer = await ask(target, `${kind}List`, input, seconds)
  if (kind === 'replication') {
    const { policies, total } = read('replicationList', answer, input)
    return { answer, rows: policies satisfies Row[], total }
  }
  const { retentions, total } = read('retentionList', answer, input)
  return { answer, rows: retentions satisfies Row[], total }
}

/** Id and name of every policy of an instance, within so many `seconds`; fails rather than answer only a part. */
export async function listAll(
  target: Connection,
  kind: PolicyKind,
  { instance_id = '' }: Parsed['params'],
  seconds: number,
): Promise<Map<number, string>> {
  const end = performance.now() + seconds * 1000
  const found = new Map<number, string>()
  for (let offset = 0; ; offset += largestPage) {
    const left = Math.max(0, end - performance.now()) / 1000
    const { answer, rows, total } = await page(target, kind, { instance_id }, offset, left)
    for (const { id, name = '' } of rows) if (id !== undefined) found.set(id, name)
    if (found.size === total) return found
    // Rows that cannot be read, or that moved from page to page meanwhile.
    if (rows.length < largestPage) throw unreadable(answer)
  }
}
