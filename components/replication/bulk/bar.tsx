'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState, useSyncExternalStore } from 'react'
import { useCan } from '@/components/context/actor'
import { ReasonedButton } from '@/components/shell/permission-button'
import { Button } from '@/components/ui/button'
import { notify } from '@/components/ui/toast-store'
import type { ConsoleInput } from '@/lib/contract/console/schemas'
import { problemOf } from '@/lib/contract/problem'
import type { InstanceLocation } from '@/lib/routes'
import { SelectPage } from '../../table/row-selection'
import type { Selection } from '../../table/use-selection'
import { type BulkAct, bulkActs, bulkJobs, noBulkJobs, watchBulkJobs } from './job'

const BulkDialog = dynamic(() => import('./dialog').then((module) => module.BulkDialog))

const operations = {
  enable: 'replicationUpdate',
  disable: 'replicationUpdate',
  run: 'executionStart',
  delete: 'replicationDelete',
} as const

/** What can be done with the chosen policies. At the foot of the window, so that choosing moves nothing. */
export function BulkBar({
  at,
  selection,
  input,
  total,
}: {
  at: InstanceLocation
  selection: Selection
  input: ConsoleInput<'replicationIndex'>
  total: number
}) {
  const t = useTranslations('replication')
  const p = useTranslations('problem')
  const [asked, setAsked] = useState<BulkAct | null>(null)
  const [gathering, setGathering] = useState(false)
  const isBusy = useSyncExternalStore(watchBulkJobs, bulkJobs, noBulkJobs).some(({ running }) => running)
  const reasons = {
    replicationUpdate: useCan('replicationUpdate').reason,
    executionStart: useCan('executionStart').reason,
    replicationDelete: useCan('replicationDelete').reason,
  }
  const count = selection.policies.length
  if (count === 0) return null
  const gather = async () => {
    setGathering(true)
    try {
      await selection.chooseAll(input)
    } catch (error) {
      notify({ tone: 'bad', text: t('select.failed', { reason: p(`${problemOf(error).code}.title`) }) })
    }
    setGathering(false)
  }
  return (
    <section
      ref={keepFocusVisible}
      aria-label={t('bulk.label')}
      className="sticky bottom-0 z-10 -mx-1 flex flex-wrap items-center gap-2 rounded-t-lg border border-line-strong bg-surface px-3 py-2 print:hidden"
    >
      <span aria-live="polite" className="font-medium tabular-nums">
        {t('select.count', { count })}
      </span>
      <span className="@table:hidden">
        <SelectPage selection={selection} said />
      </span>
      {count < total && (
        <Button look="ghost" aria-disabled={gathering} onClick={() => gathering || void gather()}>
          {t('select.all', { total })}
        </Button>
      )}
      <Button
        look="ghost"
        onClick={({ currentTarget }) => {
          // The bar goes with what was chosen: whoever pressed it stays on the page.
          currentTarget.closest('main')?.focus({ preventScroll: true })
          selection.clear()
        }}
      >
        {t('select.clear')}
      </Button>
      <span className="flex-1" />
      {bulkActs.map((act) => (
        <ReasonedButton
          key={act}
          look={act === 'delete' ? 'danger' : 'plain'}
          reason={reasons[operations[act]] ?? (isBusy ? t('bulk.busy') : undefined)}
          onClick={() => setAsked(act)}
        >
          {t('bulk.button', { act, count })}
        </ReasonedButton>
      ))}
      {asked && (
        <BulkDialog
          at={at}
          act={asked}
          policies={selection.policies}
          onStart={selection.clear}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  )
}

/** What has the focus scrolls clear of the bar, whose height depends on the window; also what has it when the bar comes. */
function keepFocusVisible(bar: HTMLElement) {
  const { style } = document.documentElement
  const watch = new ResizeObserver(() => {
    style.scrollPaddingBottom = `${bar.offsetHeight + 8}px`
    document.querySelector(':focus-visible')?.scrollIntoView({ block: 'nearest' })
  })
  watch.observe(bar)
  return () => {
    watch.disconnect()
    style.scrollPaddingBottom = ''
  }
}
