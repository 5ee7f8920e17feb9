'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useQueryStates } from 'nuqs'
import { ProblemPanel } from '@/components/shell/error-panel'
import { PageHeader } from '@/components/shell/page-header'
import { buttonClass } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { Skeleton } from '@/components/ui/skeleton'
import { apiPolling } from '@/lib/query/client'
import { routes } from '@/lib/routes'
import { RetentionLog } from './log'
import { PlacePicker } from './place-picker'
import { type BasicPlace, basicAddress, showInput } from './queries'
import { RuleRequest } from './request'
import { RuleEditor } from './rule-editor'

/** Waits for a person. */
const waitingMs = 15_000

/** Retention of one repository of the Basic Edition: its rule, what saving it deletes, and what it has deleted. */
export function BasicRetentionPage({ connection }: { connection: string }) {
  const t = useTranslations('basicRetention')
  const [view, setView] = useQueryStates(basicAddress, { history: 'push' })
  const { organization, repository } = view
  const place = { connection, organization, repository }
  const isChosen = organization !== '' && repository !== ''
  return (
    <>
      <PageHeader
        crumbs={[]}
        title={t('title')}
        lead={t('lead')}
        actions={
          <Link href={routes.basicRetentionSettings(connection)} prefetch={false} className={buttonClass()}>
            {t('limits')}
          </Link>
        }
      />
      <PlacePicker
        place={place}
        onOrganization={(name) => setView({ organization: name, repository: null, log: null })}
        onRepository={(name) => setView({ repository: name, log: null })}
      />
      {isChosen ? (
        <>
          <Rule key={`${organization}/${repository}`} place={place} />
          <RetentionLog place={place} page={Math.max(view.log, 1)} onPage={(log) => setView({ log })} />
        </>
      ) : (
        <div className="rounded-lg border border-line bg-surface">
          <Empty title={t('noneChosen')}>{t('noneChosenText')}</Empty>
        </div>
      )}
    </>
  )
}

function Rule({ place }: { place: BasicPlace }) {
  const { data, error, refetch } = useQuery(
    apiPolling('basicRetentionShow', showInput(place), (answer) =>
      answer?.request?.state === 'waiting' ? waitingMs : false,
    ),
  )
  if (error && !data)
    return (
      <div className="mb-6">
        <ProblemPanel error={error} retry={() => refetch()} />
      </div>
    )
  if (!data) return <Skeleton className="w-64" />
  const { retention, request, otherAdmins } = data
  return (
    <>
      {request && <RuleRequest key={request.id} place={place} request={request} otherAdmins={otherAdmins} />}
      <RuleEditor
        // A rule that was saved opens the form anew.
        key={retention?.content ?? 'none'}
        place={place}
        retention={retention}
        otherAdmins={otherAdmins}
      />
    </>
  )
}
