'use client'

import { X } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { useNow } from '@/components/context/clock'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Status, type StatusKind } from '@/components/ui/status'
import { type Sending, type Verdict, verdicts } from './outcome'

/** What was sent from this page and what SWR said to it; stays until dismissed. */
export function SentList({ sendings, onDismiss }: { sendings: readonly Sending[]; onDismiss: (id: number) => void }) {
  const t = useTranslations('sync')
  if (sendings.length === 0) return null
  return (
    <section aria-labelledby="sent">
      <h2 id="sent">{t('sent.title')}</h2>
      <p className="mb-2 text-ink-3 text-sm">{t('sent.note')}</p>
      <ol className="flex flex-col gap-3">
        {sendings.map((sending) => (
          <li key={sending.id}>
            <Sent sending={sending} onDismiss={() => onDismiss(sending.id)} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Sent({ sending, onDismiss }: { sending: Sending; onDismiss: () => void }) {
  const t = useTranslations('sync')
  const format = useFormatter()
  const { at, outcome, values } = sending
  const element = useRef<HTMLElement>(null)
  // The dialog that sent it is gone: whoever pressed its button goes on here, also where the list stands below the form.
  useEffect(() => {
    element.current?.focus({ preventScroll: true })
    element.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const source = `${values.organization}/${values.repository}`
  return (
    <article
      aria-label={t('sent.heading', { source, target: values.target, region: values.region })}
      ref={element}
      tabIndex={-1}
      className="scroll-my-4 rounded-lg border border-line bg-surface"
    >
      <div className="flex items-start gap-2 border-line border-b py-2 pr-2 pl-3.5">
        <div className="min-w-0 flex-1">
          <h3 className="font-mono text-xs/5 wrap-anywhere">{source}</h3>
          <p className="text-ink-3 text-xs wrap-anywhere">
            {t('summary.place', { organization: values.target, region: values.region })}
            {values.override && ` · ${t('sent.overwriting')}`}
            {' · '}
            {format.dateTime(at, { timeStyle: 'medium' })}
          </p>
        </div>
        {outcome.state !== 'running' && (
          <Button look="ghost" size="icon" aria-label={t('sent.dismiss', { source })} onClick={onDismiss}>
            <X aria-hidden size={16} />
          </Button>
        )}
      </div>
      <div className="flex flex-col gap-2 px-3.5 py-3">
        <Said sending={sending} />
        <Tags sending={sending} />
      </div>
    </article>
  )
}

function Said({ sending: { at, outcome, values } }: { sending: Sending }) {
  const t = useTranslations('sync')
  const place = { target: `${values.target}/${values.repository}`, region: values.region }
  if (outcome.state === 'running') return <Running since={at} />
  if (outcome.state === 'refused')
    return (
      <>
        <ProblemPanel error={outcome.problem} />
        <p className="text-ink-2 text-sm">{t('sent.failed')}</p>
      </>
    )
  return (
    <Note tone="info" role="status" className="wrap-anywhere">
      {t(outcome.named.length === 0 ? 'sent.accepted' : 'sent.named', place)}
    </Note>
  )
}

function Running({ since }: { since: number }) {
  const t = useTranslations('sync')
  const now = useNow(1_000)
  const seconds = Math.max(0, Math.round((now.getTime() - since) / 1000))
  return (
    <>
      <Status kind="busy">{t('sent.running', { seconds })}</Status>
      <p role="status" className="text-ink-2 text-sm">
        {t('sent.runningText')}
      </p>
    </>
  )
}

const kinds: Record<Verdict, StatusKind> = {
  running: 'busy',
  accepted: 'ok',
  named: 'off',
  unnamed: 'off',
  failed: 'bad',
  unreported: 'off',
}

function Tags({ sending: { outcome, values } }: { sending: Sending }) {
  const t = useTranslations('sync')
  return (
    <ul aria-label={t('sent.tags')} className="relative max-h-81 overflow-y-auto">
      {verdicts(values.tags, outcome).map(({ tag, verdict }) => (
        <li key={tag} className="flex flex-wrap items-center gap-x-3 border-line border-b py-1 last:border-b-0">
          <span className="min-w-0 flex-1 font-mono text-xs wrap-anywhere">{tag}</span>
          <span className="text-sm">
            <Status kind={kinds[verdict]}>{t(`verdict.${verdict}`)}</Status>
          </span>
        </li>
      ))}
    </ul>
  )
}
