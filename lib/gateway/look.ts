import 'server-only'
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
