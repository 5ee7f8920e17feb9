'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { Ago } from '@/components/shell/relative-time'
import type { ObjectKind } from '@/lib/contract/vocabulary'
import { findWrite } from '@/lib/policy/diff/change-source'
import { apiQuery } from '@/lib/query/client'
import type { ObjectLocation } from '@/lib/routes'

/** Other things are done to an object between two writes, such as runs; more than these would be looked for in the log. */
const latest = { offset: 0, limit: 20 }

/** Who has changed an object, or deleted it (`current` is null), and when, as far as the audit log knows. */
export function ChangeSource({ object, current }: { object: ObjectLocation<ObjectKind>; current: object | null }) {
  const t = useTranslations('form')
  const { connection, instance, kind, objectId } = object
  const log = useQuery({
    ...apiQuery('auditList', { params: {}, query: { ...latest, connection, instance, kind, objectId } }),
    staleTime: 0,
  })
  const write = log.data && findWrite(log.data.entries, current)
  const act = current === null ? 'deleted' : 'changed'
  return (
    // As high as it will be: nothing moves when it is known.
    <p className="mb-2 min-h-5 font-medium wrap-anywhere" aria-live="polite">
      {log.data &&
        (write
          ? t.rich(`conflict.source.${act}`, {
              who: write.actorName,
              ago: () => <Ago time={write.closedAt ?? write.at} />,
            })
          : t(`conflict.source.${act}Outside`))}
    </p>
  )
}
