'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { GatedLink } from '@/components/shell/permission-button'
import { Ago } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import type { Replication } from '@/lib/contract/swr/replication'
import type { Run } from '@/lib/contract/swr/runs'
import { filterText, isExcluding } from '@/lib/policy/replication/filter'
import { countedRow, countersOf, repositoriesOf } from '@/lib/policy/runs/counters'
import { failureCause } from '@/lib/policy/runs/failure-cause'
import { outcomeOf, readStatus } from '@/lib/policy/runs/status'
import { routes } from '@/lib/routes'
import { useTook } from './duration'
import { FixLink } from './remediation-link'
import { isPreparing, isRunning } from './run-head'
import type { RunPlace } from './search-params'

/** What the bar cannot say: nothing to do yet, nothing to do at all, failed before anything was done, hung, asked to stop. */
export function RunNotes({ at, run, policy }: { at: RunPlace; run: Run; policy: Replication | undefined }) {
  const t = useTranslations('run')
  const outcome = outcomeOf(countedRow(run))
  const { status_text: text } = run.execution
  const { total, succeed, failed, stopped } = countersOf(run.execution)
  const listed = repositoriesOf(run)
  if (outcome === 'nothing_matched') return <NothingMatched at={at} policy={policy} text={text} />
  if (readStatus(run.execution.status).phase === 'failed' && listed === 0 && total === 0)
    return <FailedAtOnce at={at} policy={policy} text={text} />
  return (
    <>
      {run.hangs && <Hangs run={run} since={run.hangs} />}
      {run.stopAsked && <StopAsked run={run} asked={run.stopAsked} />}
      {listed === 0 && total > 0 && !isPreparing(run) && (
        <Titled tone="info" title={t('gone.title')}>
          <p>{t('gone.text', { total, succeed, failed, stopped })}</p>
        </Titled>
      )}
      {isPreparing(run) ? (
        <Titled tone="info" title={t('preparing.title')}>
          <p>{t('preparing.text')}</p>
          {text && <p className="mt-1 font-mono text-xs wrap-anywhere">{text}</p>}
        </Titled>
      ) : (
        text &&
        !isSaidBelow(run, text) && <p className="mb-4 select-all font-mono text-ink-2 text-xs wrap-anywhere">{text}</p>
      )}
    </>
  )
}

/** SWR repeats for the run what one of its tags says: a cause has it, with what it means. */
const isSaidBelow = ({ failures }: Run, text: string) =>
  failures.some((failure) => failure.text !== '' && (text.includes(failure.text) || failure.text.includes(text)))

function StopAsked({ run, asked }: { run: Run; asked: NonNullable<Run['stopAsked']> }) {
  const t = useTranslations('run')
  const words = { name: asked.by, ago: () => <Ago time={asked.at} /> }
  if (isRunning(run))
    return (
      <Note tone="warn" className="mb-4" role="status">
        {t.rich('stop.asked', words)}
      </Note>
    )
  return outcomeOf(run.execution) === 'stopped' ? (
    <p className="mb-4 text-ink-2">{t.rich('stop.askedEnded', words)}</p>
  ) : null
}

function Hangs({ run, since }: { run: Run; since: string }) {
  const t = useTranslations('run')
  const took = useTook()
  return (
    <Titled tone="warn" title={t('hangs.title')}>
      <p>
        {t.rich('hangs.text', {
          ago: () => <Ago time={since} />,
          usual: run.usual === null ? 'none' : took(run.usual * 1000),
        })}
      </p>
    </Titled>
  )
}

function Titled({ tone, title, children }: { tone: 'bad' | 'warn' | 'info'; title: string; children: ReactNode }) {
  return (
    <Note tone={tone} className="mb-5">
      <h2 className="text-base">{title}</h2>
      {children}
    </Note>
  )
}

interface Ended {
  readonly at: RunPlace
  readonly policy: Replication | undefined
  readonly text: string | undefined
}

function FailedAtOnce({ at, policy, text }: Ended) {
  const t = useTranslations('run')
  return (
    <Titled tone="bad" title={t('failed.title')}>
      {text ? (
        <>
          <p>{t('failed.text')}</p>
          <p className="mt-1 select-all font-mono text-xs wrap-anywhere">{text}</p>
          <p className="mt-2">{t(`why.advice.${failureCause(text)}`)}</p>
          <div className="mt-2 flex">
            <FixLink at={at} cause={failureCause(text)} policy={policy} />
          </div>
        </>
      ) : (
        <p>{t('failed.silent')}</p>
      )}
    </Titled>
  )
}

function NothingMatched({ at, policy, text }: Ended) {
  const t = useTranslations('run')
  const r = useTranslations('replication')
  const values = (type: string) =>
    (policy?.filters ?? []).flatMap((filter) => {
      const text = filter.type === type ? filterText(filter) : ''
      return text === '' ? [] : [isExcluding(filter) ? r('allBut', { value: text }) : text]
    })
  return (
    <Titled tone="warn" title={t('nothing.title')}>
      <p>{t('nothing.text')}</p>
      {policy && (
        <dl className="mt-2 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-1">
          {(['names', 'tags'] as const).map((kind) => {
            const patterns = values(kind === 'names' ? 'name' : 'tag')
            return (
              <div key={kind} className="col-span-2 grid grid-cols-subgrid">
                <dt>{t(`nothing.${kind}`)}</dt>
                <dd className="flex flex-wrap gap-1 text-ink">
                  {patterns.length === 0 ? t('nothing.all') : patterns.map((value) => <Chip key={value}>{value}</Chip>)}
                </dd>
              </div>
            )
          })}
        </dl>
      )}
      {text && <p className="mt-2 font-mono text-xs wrap-anywhere">{text}</p>}
      <p className="mt-2">{t('nothing.advice')}</p>
      <div className="mt-2 flex">
        <GatedLink operation="replicationUpdate" href={routes.replicationEdit(at, at.policy)}>
          {t('nothing.edit')}
        </GatedLink>
      </div>
    </Titled>
  )
}
