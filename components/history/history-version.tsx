'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { Changes } from '@/components/diff/changes'
import { GatedLink } from '@/components/shell/permission-button'
import { Ago } from '@/components/shell/relative-time'
import type { Revision } from '@/lib/contract/console/schemas'
import { relevantChanges } from '@/lib/policy/diff/field-names'
import { contentDifferences } from '@/lib/policy/diff/version-differences'
import { type ObjectLocation, routes } from '@/lib/routes'
import { Predecessor } from './predecessor'

/** One version: when, by whom or from where, and what it changed. */
export function HistoryVersion({
  at,
  revision,
  before,
  isCurrent,
  restoreTo,
}: {
  at: ObjectLocation
  revision: Revision
  /** The version that it replaced; none for the first. */
  before: Revision | undefined
  isCurrent: boolean
  restoreTo: Route | undefined
}) {
  const t = useTranslations('history')
  const format = useFormatter()
  const time = format.dateTime(new Date(revision.at), { dateStyle: 'medium', timeStyle: 'medium' })
  const changes = relevantChanges(contentDifferences(before?.content, revision.content))
  return (
    <li className="rounded-lg border border-line bg-surface p-3.5">
      <div className="flex items-start justify-between gap-x-3 gap-y-2 max-sm:flex-col">
        <div className="min-w-0">
          <h2 className="flex flex-wrap items-baseline gap-x-2">
            <time dateTime={revision.at}>{time}</time>
            <small className="font-normal text-ink-3 text-xs">
              {isCurrent && !revision.deleted ? t('current') : <Ago time={revision.at} />}
            </small>
          </h2>
          <p className="wrap-anywhere text-ink-2">
            <SourceText revision={revision} />
            {revision.reason && ` · ${t('reason', { reason: revision.reason })}`}
          </p>
          {revision.auditId !== null && (
            <Link href={routes.auditEntry(revision.auditId)} prefetch={false} className="text-sm underline">
              {t('entry')}
              <span className="sr-only"> ({time})</span>
            </Link>
          )}
        </div>
        {!isCurrent && restoreTo && (
          <GatedLink operation={at.kind === 'replication' ? 'replicationUpdate' : 'retentionUpdate'} href={restoreTo}>
            {t('restore')}
            <span className="sr-only"> ({time})</span>
          </GatedLink>
        )}
      </div>
      <div className="mt-2">
        {before === undefined ? (
          <>
            <p className="mb-1.5 text-ink-3 text-sm">{t('first')}</p>
            <Changes label={`${t('first')} ${time}`} changes={changes} at={at} isNew />
            <Predecessor at={at} first={revision} />
          </>
        ) : changes.length === 0 ? (
          <p className="text-ink-3 text-sm">{t('same')}</p>
        ) : (
          <Changes label={`${t('changes')} ${time}`} changes={changes} at={at} />
        )}
      </div>
    </li>
  )
}

function SourceText({ revision: { source, deleted, actorName } }: { revision: Revision }) {
  const t = useTranslations('history')
  if (deleted) return actorName ? t('source.deleted', { who: actorName }) : t('source.deletedOutside')
  if (source !== 'console') return t(`source.${source}`)
  return actorName ? t('source.console', { who: actorName }) : t('source.consoleAnonymous')
}
