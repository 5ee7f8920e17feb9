'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { Chip } from '@/components/ui/code'
import { Status, type StatusKind } from '@/components/ui/status'
import type { AuditEntry, AuditOutcome } from '@/lib/contract/console/schemas'
import { problemCodes } from '@/lib/contract/problem'
import { routes } from '@/lib/routes'
import { auditOperations } from './audit-operations'

export function OperationText({ operation }: { operation: string }) {
  const t = useTranslations('audit')
  const known = auditOperations.find((each) => each === operation)
  return known ? t(`operation.${known}`) : operation
}

const kinds = {
  open: 'busy',
  done: 'ok',
  failed: 'bad',
  refused: 'bad',
  denied: 'warn',
  interrupted: 'warn',
} as const satisfies Record<AuditOutcome, StatusKind>

/** Icon and word. */
export function OutcomeStatus({ outcome }: { outcome: AuditOutcome }) {
  const t = useTranslations('audit')
  return <Status kind={kinds[outcome]}>{t(`outcome.${outcome}`)}</Status>
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
function addressOf({ operation, outcome, kind, connection, instance, objectId, before, after }: AuditEntry) {
  if (kind === 'account') return routes.users()
  if (connection === null || instance === null || !/^\d{1,15}$/.test(objectId ?? '')) return undefined
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
  const number = objectName !== null && objectId !== null && kind !== 'account' && objectId !== objectName
  return (
    <span className="wrap-anywhere">
      {address && text ? (
        <Link href={address} prefetch={false} className="hover:text-accent hover:underline">
          {text}
        </Link>
      ) : (
        text
      )}
      {number && <span className="text-ink-3"> #{objectId}</span>}
    </span>
  )
}
