'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import type { Revision } from '@/lib/contract/console/schemas'
import { apiQuery } from '@/lib/query/client'
import type { ObjectLocation } from '@/lib/routes'
import { deletedInput, pageOfDeleted } from './queries'

/** The policy that had the same name before and was deleted: a policy that is made again gets a number and a history of its own. */
export function Predecessor({ at, first }: { at: ObjectLocation; first: Revision }) {
  const t = useTranslations('history')
  const format = useFormatter()
  const gone = useQuery(apiQuery('deletedList', deletedInput(at, at.kind)))
  const earlier = (gone.data?.revisions ?? [])
    .filter(({ name, objectId, at: time }) => name === first.name && objectId !== at.objectId && time <= first.at)
    .sort((one, other) => other.at.localeCompare(one.at))[0]
  const page = earlier && pageOfDeleted(at, at.kind, earlier)
  if (!page) return null
  return (
    <p className="mt-2 text-sm wrap-anywhere">
      {t.rich('predecessor', {
        time: format.dateTime(new Date(earlier.at), { dateStyle: 'medium', timeStyle: 'short' }),
        link: () => (
          <Link href={page} prefetch={false} className="underline">
            {earlier.name} #{earlier.objectId}
          </Link>
        ),
      })}
    </p>
  )
}
