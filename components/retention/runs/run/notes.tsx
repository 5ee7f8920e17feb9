'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useActor } from '@/components/context/actor'
import { NoOtherAdmin } from '@/components/retention-limits/no-other-admin'
import { Ago, Until } from '@/components/shell/relative-time'
import { Note } from '@/components/ui/alert'
import type { RetentionRun } from '@/lib/contract/console/retention-runs'
import type { RunBlock } from '@/lib/contract/console/retention-vocabulary'
import { problemCodes } from '@/lib/contract/problem'
import { parseEnum } from '@/lib/policy/enum'
import { apiQuery } from '@/lib/query/client'
import { type RetentionLocation, routes } from '@/lib/routes'
import { useImageReason } from '../images/use-reason'
import { lockInput } from '../queries'
import { RunOutcome } from './outcome'
import { canRestore, isPartial } from './state'

/** Why a run stands as it stands, in words, and the way to go on. */
export function RunNotes({ place, run }: { place: RetentionLocation; run: RetentionRun }) {
  const t = useTranslations('retentionRuns.run')
  const { state, stopped, archive } = run
  return (
    <>
      {state === 'waiting' && (
        <div className="mb-4">
          <Note tone="warn" role="status">
            {t('waiting', { name: run.actorName })}
          </Note>
          <OtherAdmins place={place} run={run} />
        </div>
      )}
      {state === 'deleting' && (
        <Note tone="warn" role="status" className="mb-4">
          {t('deleting')}
        </Note>
      )}
      {state === 'unknown' && (
        <Note tone="warn" role="alert" className="mb-4">
          {t('unknown')}
        </Note>
      )}
      {(state === 'refused' || (state === 'failed' && !isPartial(run))) && <Refusal place={place} run={run} />}
      <RunOutcome run={run} />
      {stopped && (
        <Note tone="info" className="mb-4">
          {t.rich(`stopped.${stopped.reason}`, { name: stopped.name, ago: () => <Ago time={stopped.at} /> })}
        </Note>
      )}
      {(state === 'done' || canRestore(run)) && (
        <Note tone={archive ? 'ok' : 'info'} className="mb-4">
          {archive
            ? t.rich('kept', {
                registry: archive.name,
                namespace: archive.namespace,
                until: () => <Until time={new Date(archive.until)} />,
              })
            : t('gone')}
        </Note>
      )}
    </>
  )
}

/** Says it where nobody could confirm what one has asked for oneself. */
function OtherAdmins({ place, run: { actorId } }: { place: RetentionLocation; run: RetentionRun }) {
  const isOwn = useActor()?.id === actorId
  const lock = useQuery({ ...apiQuery('retentionLockShow', lockInput(place)), enabled: isOwn })
  return isOwn && lock.data?.otherAdmins === 0 ? <NoOtherAdmin /> : null
}

function Refusal({ place, run: { state, block, failure, text } }: { place: RetentionLocation; run: RetentionRun }) {
  const t = useTranslations('retentionRuns.block')
  const r = useTranslations('retentionRuns.run')
  const p = useTranslations('problem')
  const reason = useImageReason()
  const code = parseEnum(problemCodes, failure ?? undefined)
  return (
    <Note tone="bad" role="alert" className="mb-4">
      <p className="font-medium text-base">
        {block === null ? p(`${code ?? 'unexpected'}.title`) : t(`${block}.title`)}
      </p>
      <p className="mt-0.5">
        {state === 'refused' && r('nothingDeleted')} {block !== null && <Way place={place} block={block} />}
      </p>
      {block !== null && code && <p className="mt-0.5">{p(`${code}.title`)}</p>}
      {text && <p className="mt-1 select-all whitespace-pre-line wrap-anywhere">{reason(text)}</p>}
    </Note>
  )
}

/** What opens the way again. */
function Way({ place, block }: { place: RetentionLocation; block: RunBlock }) {
  const t = useTranslations('retentionRuns.block')
  const to = {
    outdated: routes.retentionPolicy(place, place.namespace, place.policy),
    in_use: routes.retentionEdit(place, place.namespace, place.policy),
    in_use_old: routes.inUse(),
    above_ceiling: routes.retentionSettings(place),
    copy_failed: routes.retentionSettings(place),
  }[block]
  const link = (text: ReactNode) => (
    <Link href={to} prefetch={false} className="underline">
      {text}
    </Link>
  )
  return t.rich(`${block}.text`, { way: link })
}
