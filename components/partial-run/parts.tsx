'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Status } from '@/components/ui/status'
import type { PartialRun, PartialRunItem } from '@/lib/contract/console/partial-runs'
import { problemCodes } from '@/lib/contract/problem'
import { leftReasons } from '@/lib/contract/vocabulary'
import { type InstanceLocation, routes } from '@/lib/routes'
import { isPartMoving, stateKinds } from './state'

const few = 20
const explained = ['nothing_matched', 'not_selected', 'unclear'] as const

/** The repositories of a run of a part: how each went, tag by tag, and what has become of its short-lived policy. */
export function PartialRunItems({ at, run }: { at: InstanceLocation; run: PartialRun }) {
  const t = useTranslations('partialRun')
  const [all, setAll] = useState(false)
  const parts = all ? run.parts : run.parts.slice(0, few)
  return (
    <>
      <ul className="divide-y divide-line border-line border-t">
        {parts.map((part) => (
          <Part
            key={`${part.repository} ${part.state} ${part.text} ${part.tags[0]}`}
            at={at}
            part={part}
            ended={run.endedAt !== null}
          />
        ))}
      </ul>
      {parts.length < run.parts.length && (
        <div className="border-line border-t px-3.5 py-1.5">
          <Button look="ghost" onClick={() => setAll(true)}>
            {t('list.allParts', { count: run.parts.length })}
          </Button>
        </div>
      )}
    </>
  )
}

function Part({ at, part, ended }: { at: InstanceLocation; part: PartialRunItem; ended: boolean }) {
  const t = useTranslations('partialRun')
  const reason = useReason(part)
  return (
    <li className="grid gap-x-4 gap-y-1 px-3.5 py-2.5 sm:grid-cols-[minmax(0,1fr)_13rem] sm:pl-10.5">
      <div className="min-w-0">
        <p className="font-mono text-xs wrap-anywhere">{part.repository}</p>
        <Tags part={part} />
        {reason && <p className="mt-0.5 select-all text-ink-2 text-xs wrap-anywhere">{reason}</p>}
      </div>
      <div>
        <Status kind={stateKinds[part.state]}>{t(`state.${part.state}`)}</Status>
        <small className="mt-px block text-ink-3 text-xs tabular-nums">
          <PolicyLeft at={at} part={part} ended={ended} />
        </small>
      </div>
    </li>
  )
}

/** What SWR said, or our own reason; what needs no reason has none. */
function useReason({ state, text, tags }: PartialRunItem) {
  const t = useTranslations('partialRun')
  const p = useTranslations('problem')
  const code = problemCodes.find((known) => known === text)
  if (code) return p(`${code}.title`)
  const reason = leftReasons.find((left) => left === text)
  if (reason) return t(`leftOut.${reason}`, { count: Math.max(tags.length, 1) })
  if (text) return text
  const known = explained.find((each) => each === state)
  return known && t(`explain.${known}`)
}

function Tags({ part: { tags, whole, results } }: { part: PartialRunItem }) {
  const t = useTranslations('partialRun')
  const failed = results.filter(({ phase }) => phase !== 'succeeded').length
  // Until SWR has told how they went, only what was asked for is known.
  if (results.length === 0)
    return (
      <p className="text-ink-3 text-xs wrap-anywhere">
        {whole ? t('again.whole') : tags.slice(0, few).join(', ')}
        {tags.length > few && ` +${tags.length - few}`}
      </p>
    )
  return (
    <details open={results.length <= few}>
      <summary className="cursor-pointer text-ink-3 text-xs leading-6">
        {t('results', { count: results.length, failed })}
      </summary>
      <ul className="mt-1 flex flex-col gap-0.5 text-xs">
        {results.map(({ tag, phase, text }) => (
          <li key={tag} className="wrap-anywhere">
            <span className="font-mono">{tag}</span>{' '}
            <span className={phase === 'succeeded' ? 'text-ink-3' : 'text-bad'}>{t(`phase.${phase}`)}</span>
            {text && <span className="select-all text-ink-2"> · {text}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Its run can be looked at as long as the policy is there; after that there is only what is shown here. */
function PolicyLeft({ at, part, ended }: { at: InstanceLocation; part: PartialRunItem; ended: boolean }) {
  const t = useTranslations('partialRun')
  const { policy, execution, removed } = part
  if (policy === null) return null
  if (removed) return t('policy.removed')
  return (
    <>
      {execution !== null && (
        <Link
          href={routes.replicationRun(at, policy, execution)}
          prefetch={false}
          className="inline-flex min-h-6 items-center text-ink underline"
        >
          {t('policy.run', { id: String(execution) })}
        </Link>
      )}
      {!isPartMoving(part) && <span className="block">{t(ended ? 'policy.left' : 'policy.there')}</span>}
    </>
  )
}
