'use client'

import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTimeZone, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Changes } from '@/components/diff/changes'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Chip } from '@/components/ui/code'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/skeleton'
import type { AuditEntry } from '@/lib/contract/console/schemas'
import { changesBetween } from '@/lib/policy/diff/changes-text'
import { apiQuery } from '@/lib/query/client'
import { RoleText } from './audit-columns'
import { CodeText, ObjectText, OutcomeStatus, saidOutcome, useActText, useKindText } from './audit-text'
import { InstanceLink } from './instance-link'
import { entryInput } from './search-params'

/** One entry with all that it says, wherever it stands in the log. */
export function AuditDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const t = useTranslations('audit')
  const found = useQuery(apiQuery('auditList', entryInput(id)))
  const entry = found.data?.entries[0]
  const actText = useActText()
  const name = entry && (entry.objectName ?? entry.objectId)
  const act = entry && actText(entry)
  return (
    <Dialog
      title={act ? (name ? t('entryTitle', { act, name }) : act) : t('entry', { id: String(id) })}
      onClose={onClose}
      wide
    >
      {entry ? (
        <Entry entry={entry} />
      ) : found.error ? (
        <ProblemPanel error={found.error} retry={() => found.refetch()} />
      ) : found.data ? (
        <Note tone="warn">{t('notFound')}</Note>
      ) : (
        <Skeleton className="w-64" />
      )}
      <DialogFoot>
        <Button onClick={onClose}>{t('close')}</Button>
      </DialogFoot>
    </Dialog>
  )
}

/** To a hundredth: two times of one second would say nothing. */
const secondsOf = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 10) / 100

function Entry({ entry }: { entry: AuditEntry }) {
  const t = useTranslations('audit')
  const f = useTranslations('form')
  const format = useFormatter()
  const timeZone = useTimeZone()
  const chip = (text: string | null) => text && <Chip key={text}>{text}</Chip>
  const isNew = entry.before === null || entry.before === undefined
  const changes = changesBetween(entry.before, entry.after)
  const kindText = useKindText()
  const { connection, instance } = entry
  const facts: readonly [string, ReactNode][] = [
    [t('detail.object'), <ObjectText key="object" entry={entry} />],
    [t('detail.kind'), entry.kind && kindText(entry.kind)],
    [t('detail.number'), `#${entry.id}`],
    [t('detail.who'), entry.actorName || t('nobody')],
    [t('detail.role'), <RoleText key="role" role={entry.role} />],
    [
      t('detail.when'),
      `${format.dateTime(new Date(entry.at), { dateStyle: 'medium', timeStyle: 'medium' })} (${timeZone})`,
    ],
    [t('detail.took'), entry.closedAt && t('detail.seconds', { seconds: secondsOf(entry.at, entry.closedAt) })],
    [
      t('detail.place'),
      connection !== null && instance !== null ? (
        <InstanceLink key="place" at={{ connection, instance }} />
      ) : (
        chip(connection)
      ),
    ],
    [t('detail.request'), chip(entry.requestId)],
    [t('detail.status'), entry.status],
    [t('detail.code'), entry.code && <CodeText key="code" code={entry.code} />],
    [t('detail.reason'), entry.reason ?? t('detail.noReason')],
  ]
  return (
    <>
      <p className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <OutcomeStatus entry={entry} />
        <span className="text-ink-2">
          {t(`${connection === null ? 'explainedHere' : 'explained'}.${saidOutcome(entry)}`)}
        </span>
      </p>
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
        {facts.map(
          ([term, value]) =>
            value !== null &&
            value !== '' && (
              <div key={term} className="min-w-0">
                <dt className="text-ink-3 text-xs">{term}</dt>
                <dd className="wrap-anywhere">{value}</dd>
              </div>
            ),
        )}
      </dl>
      <h3 className="mt-4 mb-1">{t('changes')}</h3>
      {changes.length === 0 ? (
        <p className="text-ink-2">{t('noChanges')}</p>
      ) : (
        <Changes
          label={t('changes')}
          changes={changes}
          at={connection !== null && instance !== null ? { connection, instance } : undefined}
          isNew={isNew}
          labels={{ before: f('before'), after: f('after') }}
        />
      )}
    </>
  )
}
