'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef } from 'react'
import { GatedButton } from '@/components/shell/permission-button'
import { Button } from '@/components/ui/button'
import { Status, type StatusKind } from '@/components/ui/status'
import { inPlace, type RuleBatch, type RuleItem, unfinished } from './rule-batch'
import { TodaysTagsNote, useTodaysTags } from './todays-tags'
import type { useCreateRules } from './use-create-rules'

const kinds = {
  // SWR takes rules that never work with the same words.
  done: 'claimed',
  duplicate: 'off',
  refused: 'bad',
  unclear: 'warn',
  not_tried: 'warn',
  waiting: 'off',
  sending: 'busy',
} as const satisfies Record<RuleItem['state'], StatusKind>

/** What needs somebody stands first. */
const order = ['refused', 'unclear', 'not_tried', 'sending', 'waiting', 'done', 'duplicate'] as const

/** How new rules went, one result for each repository; then the offer to send what is there today. */
export function RuleResults({
  connection,
  creation,
  batch,
  takesFocus,
}: {
  connection: string
  creation: ReturnType<typeof useCreateRules>
  batch: RuleBatch
  /** Just begun here: the panel that started it is gone, and whoever pressed its button goes on here. */
  takesFocus: boolean
}) {
  const t = useTranslations('sync.auto')
  const id = useId()
  const panel = useRef<HTMLElement>(null)
  const { items, running, source, target } = batch
  const done = inPlace(batch).length
  const todays = useTodaysTags(connection, batch)
  const left = unfinished(batch)
  useEffect(() => {
    if (takesFocus) panel.current?.focus()
  }, [takesFocus])
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-labelledby={id}
      className="@container mb-4 rounded-lg border border-line-strong bg-surface"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2">
        <div role="status" className="tabular-nums">
          <h2 id={id}>
            {t(running ? 'result.running' : 'result.done', {
              ...{ done, total: items.length },
              ...{ organization: source, region: target.region },
            })}
          </h2>
        </div>
        {!running && (
          <div className="flex flex-wrap gap-2 @2xl:ml-auto">
            {left.length > 0 && (
              <GatedButton operation="autoSyncCreate" onClick={() => void creation.again()}>
                {t('result.again', { count: left.length })}
              </GatedButton>
            )}
            {done > 0 && (
              <Button
                look="primary"
                aria-busy={todays.isReading}
                aria-disabled={todays.isReading}
                onClick={() => todays.isReading || void todays.fill()}
              >
                {t('result.today')}
              </Button>
            )}
            <Button onClick={creation.dismiss}>{t('result.dismiss')}</Button>
          </div>
        )}
      </div>
      {todays.cut && (
        <div className="px-3 pb-2">
          <TodaysTagsNote connection={connection} cut={todays.cut} />
        </div>
      )}
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls has to be reached by keyboard
        tabIndex={0}
        aria-label={t('result.label')}
        className="max-h-60 divide-y divide-line overflow-auto border-line border-t"
      >
        {[...items]
          .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
          .map((item) => (
            <Result key={item.repository} item={item} />
          ))}
      </ul>
    </section>
  )
}

function Result({ item: { repository, state, problem } }: { item: RuleItem }) {
  const t = useTranslations('sync.auto')
  const p = useTranslations('problem')
  return (
    <li className="flex flex-wrap gap-x-3 px-3 py-1.5">
      <span className="min-w-0 basis-60 font-mono text-xs/5 wrap-anywhere">{repository}</span>
      <span className="min-w-0 flex-1 basis-60">
        <Status kind={kinds[state]}>{t(`result.state.${state}`)}</Status>
        {problem && (
          <small className="block text-sm wrap-anywhere">
            {state === 'duplicate' ? t('result.duplicate') : p(`${problem.code}.title`)}
            {(problem.swr?.message || problem.requestId) && (
              <span className="block select-all font-mono text-xs">
                {[problem.swr?.code, problem.swr?.message, problem.requestId].filter(Boolean).join(' · ')}
              </span>
            )}
          </small>
        )}
      </span>
    </li>
  )
}
