'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import type { Column } from '@/components/table/column'
import type { AuditEntry } from '@/lib/contract/console/schemas'
import { roles } from '@/lib/contract/roles'
import { ObjectText, OutcomeStatus, useActText } from './audit-text'
import { ChangesLine } from './changes-line'

/** A role in words; one that is none any more stays as it was written. */
export function RoleText({ role }: { role: string | null }) {
  const c = useTranslations('common')
  const t = useTranslations('audit')
  const known = roles.find((each) => each === role)
  return known ? c(`role.${known}`) : (role ?? t('signedOut'))
}

/** What one entry shows in the list. Its time leads to all of it. */
export function useAuditColumns(addressOf: (id: number) => Route): Column<AuditEntry>[] {
  const t = useTranslations('audit')
  const format = useFormatter()
  const actText = useActText()
  return [
    {
      id: 'when',
      header: t('column.when'),
      width: '@table:w-52',
      className: 'whitespace-nowrap tabular-nums',
      cell: ({ id, at }) => (
        <>
          <Link
            href={addressOf(id)}
            prefetch={false}
            scroll={false}
            // The whole row leads there: what else can be pointed at in it lies above.
            className="inline-block font-medium after:absolute after:inset-0 hover:text-accent hover:underline"
          >
            <span className="sr-only">{t('open', { id: String(id) })}: </span>
            <time dateTime={at}>{format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'medium' })}</time>
          </Link>
          <small className="relative z-1 mt-px block w-fit text-ink-3 text-xs">
            <Ago time={at} />
          </small>
        </>
      ),
    },
    {
      id: 'who',
      header: t('column.who'),
      width: '@table:w-[20%]',
      className: 'wrap-anywhere',
      cell: ({ actorName, role }) => (
        <>
          {actorName || t('nobody')}
          <small className="mt-px block text-ink-3 text-xs">
            <RoleText role={role} />
          </small>
        </>
      ),
    },
    {
      id: 'operation',
      header: t('column.operation'),
      cell: (entry) => (
        <>
          {actText(entry)}
          <ChangesLine entry={entry} />
        </>
      ),
    },
    {
      id: 'object',
      header: t('column.object'),
      labelled: true,
      width: '@table:w-[22%]',
      cell: (entry) => <ObjectText entry={entry} />,
    },
    {
      id: 'outcome',
      header: t('column.outcome'),
      width: '@table:w-40',
      cell: (entry) => <OutcomeStatus entry={entry} />,
    },
  ]
}
