'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Chip } from '@/components/ui/code'
import { Status, type StatusKind } from '@/components/ui/status'
import { auditKinds } from '@/lib/contract/audit-kinds'
import type { AuditEntry, AuditOutcome } from '@/lib/contract/console/schemas'
import { problemCodes } from '@/lib/contract/problem'
import { auditActOf } from '@/lib/policy/diff/audit-act'
import { parseEnum } from '@/lib/policy/enum'
import { routes } from '@/lib/routes'
import { auditOperations, switchActs } from './audit-operations'

/** What was done, in words; an operation that the log does not know by now stays as it was written. */
export function useActText() {
  const t = useTranslations('audit.operation')
  return (entry: Pick<AuditEntry, 'operation' | 'before' | 'after'>) => {
    const act = auditActOf(entry)
    const known = [...auditOperations, ...switchActs].find((each) => each === act)
    return known ? t(known) : entry.operation
  }
}

/** What kind of object an entry is about, in words; one of before stays as it was written. */
export function useKindText() {
  const t = useTranslations('audit.kind')
  return (kind: string) => {
    const known = parseEnum(auditKinds, kind)
    return known ? t(known) : kind
  }
}

const kinds = {
  open: 'busy',
  done: 'ok',
  failed: 'bad',
  refused: 'bad',
  denied: 'warn',
  interrupted: 'warn',
} as const satisfies Record<AuditOutcome, StatusKind>

/** What was refused because somebody else was faster is nobody's mistake. */
export const saidOutcome = ({ outcome, code }: Pick<AuditEntry, 'outcome' | 'code'>) =>
  outcome === 'denied' && code === 'changed_meanwhile' ? 'conflict' : outcome

/** Icon and word. */
export function OutcomeStatus({ entry }: { entry: Pick<AuditEntry, 'outcome' | 'code'> }) {
  const t = useTranslations('audit')
  return (
    <span className="*:whitespace-normal *:items-start">
      <Status kind={kinds[entry.outcome]}>{t(`outcome.${saidOutcome(entry)}`)}</Status>
    </span>
  )
}

/** Why it ended so: in words, with the code that the log and its exports hold. */
export function CodeText({ code }: { code: string }) {
  const p = useTranslations('problem')
  const known = problemCodes.find((each) => each === code)
  return (
    <>
      {known && p(`${known}.title`)} <Chip>{code}</Chip>
    </>
  )
}

const namespaceOf = (...versions: unknown[]) => {
  for (const version of versions) {
    if (typeof version !== 'object' || version === null || !('namespace_name' in version)) continue
    if (typeof version.namespace_name === 'string') return version.namespace_name
  }
  return undefined
}

/** Where the object of an entry can be looked at; nowhere when it is gone by this entry or was never made. */
function addressOf({
  operation,
  outcome,
  kind,
  connection,
  instance,
  objectId,
  objectName,
  before,
  after,
}: AuditEntry) {
  if (kind === 'account') return routes.users()
  const [, organization, repository] = /^([^/]+)\/(.+)$/.exec(objectName ?? '') ?? []
  if (kind === 'basic_retention' && connection !== null && organization !== undefined)
    return routes.basicRetention(connection, { organization, repository })
  if (kind === 'immutable_rule' && connection !== null && instance !== null)
    return routes.immutable({ connection, instance })
  if (connection === null || !/^\d{1,15}$/.test(objectId ?? '')) return undefined
  if (operation.startsWith('syncJob')) return routes.syncJob(connection, Number(objectId))
  if (instance === null) return undefined
  const at = { connection, instance }
  if (kind === 'replication' && !(operation === 'replicationDelete' && outcome === 'done'))
    return routes.replicationPolicy(at, Number(objectId))
  if (kind === 'registry' && !(operation === 'registryDelete' && outcome === 'done'))
    return routes.registry(at, Number(objectId))
  const namespace = kind === 'retention' ? namespaceOf(after, before) : undefined
  return namespace && routes.retentionPolicy(at, namespace, Number(objectId))
}

/** The object by name and number, with a link where that still leads somewhere. */
export function ObjectText({ entry }: { entry: AuditEntry }) {
  const { objectName, objectId, kind } = entry
  const address = addressOf(entry)
  const text = objectName ?? (objectId === null ? '' : `#${objectId}`)
  const number =
    objectName !== null && objectId !== null && kind !== 'account' && kind !== 'token' && objectId !== objectName
  return (
    <span className="wrap-anywhere">
      {address && text ? (
        <Link
          href={address}
          prefetch={false}
          className="relative z-1 underline decoration-line-strong underline-offset-2 hover:text-accent hover:decoration-current"
        >
          {text}
        </Link>
      ) : (
        text
      )}
      {number && <span className="text-ink-3"> #{objectId}</span>}
    </span>
  )
}
