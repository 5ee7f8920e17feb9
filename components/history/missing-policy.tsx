'use client'

import { useQuery } from '@tanstack/react-query'
import type { Route } from 'next'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'next-intl'
import { ProblemPanel } from '@/components/shell/error-panel'
import { InstanceCrumbs } from '@/components/shell/instance-breadcrumbs'
import { GatedLink } from '@/components/shell/permission-button'
import { Ago } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { buttonClass } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import type { Revision } from '@/lib/contract/console/schemas'
import type { Problem } from '@/lib/contract/problem'
import { apiPolling } from '@/lib/query/client'
import type { ObjectLocation } from '@/lib/routes'
import { historyInput } from './queries'

const HistoryList = dynamic(() => import('./history-list').then((module) => module.HistoryList))

const maxReads = 4
const retryMs = 1_500

/** Where policies of a kind are listed. */
export interface PolicyList {
  readonly title: string
  readonly href: Route
  /** What the way back to it is called. */
  readonly back: string
  /** The form that makes a deleted policy again, by its id; undefined where nothing can be made. */
  readonly recreate?: (id: string) => Route
}

interface Place {
  readonly object: ObjectLocation
  readonly list: PolicyList
}

/** The page of a policy that cannot be shown: still being read, deleted as the console knows, or why not. */
export function MissingPolicy({ error, retry, ...place }: Place & { error: Problem | null; retry: () => void }) {
  const isGone = error?.code === 'swr_not_found' || error?.code === 'swr_gone'
  const versions = useQuery({
    ...apiPolling('revisionList', historyInput(place.object, 1)),
    enabled: isGone,
    // That it is gone is entered beside the answer that found it gone, and may come a moment later.
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      data?.revisions[0]?.deleted === false && dataUpdateCount < maxReads ? retryMs : false,
  })
  const last = versions.data?.revisions[0]
  if (isGone && last?.deleted) return <DeletedPolicy {...place} last={last} />
  const isKnown = error !== null && !(isGone && versions.isPending)
  return (
    <>
      <InstanceCrumbs at={place.object} between={[crumbOf(place.list)]} title={`#${place.object.objectId}`} />
      {isKnown ? (
        <ProblemPanel error={error} retry={retry} action={<WayBack list={place.list} />} />
      ) : (
        <Skeleton className="w-64" />
      )}
    </>
  )
}

/** Who deleted it and when, what it was, and how it can be made again. */
function DeletedPolicy({ object, list, last }: Place & { last: Revision }) {
  const t = useTranslations('history')
  const format = useFormatter()
  const name = last.name || `#${object.objectId}`
  const time = format.dateTime(new Date(last.at), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <>
      <InstanceCrumbs
        at={object}
        between={[crumbOf(list)]}
        title={name}
        actions={
          <>
            <WayBack list={list} />
            {list.recreate && (
              <GatedLink operation={`${object.kind}Create`} href={list.recreate(object.objectId)} look="primary">
                {t('deleted.again')}
              </GatedLink>
            )}
          </>
        }
      />
      <Note tone="warn" className="mb-4 wrap-anywhere">
        <p className="font-medium">
          {t.rich(last.actorName ? 'deleted.by' : 'deleted.outside', {
            name,
            who: last.actorName ?? '',
            time,
            ago: () => <Ago time={last.at} />,
          })}
        </p>
        {last.reason && <p>{t('reason', { reason: last.reason })}</p>}
      </Note>
      <HistoryList at={object} />
    </>
  )
}

const crumbOf = ({ title, href }: PolicyList) => ({ label: title, href })

const WayBack = ({ list }: { list: PolicyList }) => (
  <Link href={list.href} prefetch={false} className={buttonClass()}>
    {list.back}
  </Link>
)
