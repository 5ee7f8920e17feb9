'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Status, type StatusKind } from '@/components/ui/status'
import { tooltip } from '@/components/ui/tooltip'
import { routes } from '@/lib/routes'
import { type BulkItem, type BulkJob, dismissBulk, markBulkShown, sendAgain, stopBulk, undoOf, unfinished } from './job'
import { useBulk } from './send'

const kinds = {
  done: 'ok',
  already: 'off',
  refused: 'bad',
  unclear: 'warn',
  not_tried: 'warn',
  waiting: 'off',
  sending: 'busy',
} as const satisfies Record<BulkItem['state'], StatusKind>

/** What needs somebody stands first. */
const order = ['refused', 'unclear', 'not_tried', 'sending', 'waiting', 'done', 'already'] as const

/** How an act on many policies goes and went, one result for each. Stays until somebody has read it. */
export function BulkPanel({ job }: { job: BulkJob }) {
  const t = useTranslations('replication')
  const c = useTranslations('common')
  const id = useId()
  const panel = useRef<HTMLElement>(null)
  const { act, items, running, stopping, shown } = job
  const count = (...states: readonly BulkItem['state'][]) => items.filter(({ state }) => states.includes(state)).length
  const done = count('done', 'already')
  const left = unfinished(job)
  const isWell = !running && done === items.length
  const undo = isWell ? undoOf(job) : undefined
  const start = useBulk(job.at)
  const [open, setOpen] = useState(false)
  // What was pressed last (in the dialog that started it, or here) goes with each step: whoever pressed it stands here now.
  // A quick act can be over before this panel has loaded: then it is shown all the same.
  useEffect(() => {
    const isNews = running || !shown
    if (isNews || document.activeElement === document.body) panel.current?.focus({ preventScroll: !isNews })
    if (!shown) markBulkShown(job.id)
  }, [running, shown, job.id])
  useEffect(() => {
    if (!running) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [running])
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-labelledby={id}
      className="mb-3 rounded-lg border border-line-strong bg-surface"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2">
        <div role="status" className="flex flex-wrap items-baseline gap-x-3 tabular-nums">
          <h2 id={id}>
            {isWell ? (
              <Status kind="ok">{t('bulk.allDone', { act, count: done })}</Status>
            ) : (
              t(running ? 'bulk.progress' : 'bulk.finished', { act, done, total: items.length })
            )}
          </h2>
          {count('refused') > 0 && (
            <span className="text-bad">{t('bulk.refusedCount', { count: count('refused') })}</span>
          )}
          {count('unclear') > 0 && (
            <span className="text-warn">{t('bulk.unclearCount', { count: count('unclear') })}</span>
          )}
          {count('not_tried') > 0 && (
            <span className="text-warn">{t('bulk.notTriedCount', { count: count('not_tried') })}</span>
          )}
          {stopping && <span className="text-ink-2">{t('bulk.stopping')}</span>}
        </div>
        {undo && (
          <Button
            onClick={() => {
              dismissBulk(job.id)
              void start(undo.act, undo.policies, '', true)
            }}
          >
            {c('undo')}
          </Button>
        )}
        {isWell && (
          <Button look="ghost" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('bulk.details')}
          </Button>
        )}
        <span className="flex-1" />
        {running ? (
          <Button aria-disabled={stopping} onClick={() => stopping || stopBulk(job.id)}>
            {t('bulk.stop')}
          </Button>
        ) : (
          <>
            {left.length > 0 && (
              <Button {...tooltip(t('bulk.againText'))} onClick={() => void sendAgain(job.id)}>
                {t('bulk.again', { count: left.length })}
              </Button>
            )}
            <Button
              onClick={() => {
                panel.current?.closest('main')?.focus({ preventScroll: true })
                dismissBulk(job.id)
              }}
            >
              {t('bulk.dismiss')}
            </Button>
          </>
        )}
      </div>
      {(!isWell || open) && (
        <ul
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls has to be reached by keyboard
          tabIndex={0}
          aria-label={t('bulk.results')}
          className="max-h-60 divide-y divide-line overflow-auto border-line border-t"
        >
          {[...items]
            .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
            .map((item) => (
              <Result key={item.id} job={job} item={item} />
            ))}
        </ul>
      )}
    </section>
  )
}

function Result({ job: { act, at }, item }: { job: BulkJob; item: BulkItem }) {
  const t = useTranslations('replication')
  const { id, policy, state, run } = item
  const word = state === 'done' || state === 'already' ? t(`bulk.state.${state}`, { act }) : t(`bulk.state.${state}`)
  return (
    <li className="flex flex-wrap gap-x-3 px-3 py-1.5">
      <span className="basis-60 font-medium wrap-anywhere">{policy.name ?? `#${id}`}</span>
      <span className="min-w-0 flex-1 basis-60">
        <span className="flex flex-wrap gap-x-2">
          <Status kind={kinds[state]}>{word}</Status>
          {run !== undefined && (
            <Link href={routes.replicationRun(at, id, run)} prefetch={false} className="underline hover:text-accent">
              {t('bulk.run', { run: String(run) })}
            </Link>
          )}
        </span>
        <Reason item={item} />
      </span>
    </li>
  )
}

function Reason({ item: { why, problem } }: { item: BulkItem }) {
  const t = useTranslations('replication')
  const p = useTranslations('problem')
  if (why) return <small className="block text-sm">{t(`bulk.why.${why}`)}</small>
  if (!problem) return null
  const { code, swr, requestId } = problem
  return (
    <small className="block text-sm wrap-anywhere">
      {code === 'changed_meanwhile' ? t('bulk.why.changed') : p(`${code}.title`)}
      {(swr?.message || requestId) && (
        <span className="block select-all font-mono text-xs">
          {[swr?.code, swr?.message, requestId].filter(Boolean).join(' · ')}
        </span>
      )}
    </small>
  )
}
