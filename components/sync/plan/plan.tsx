'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Refresh } from '@/components/table/refresh'
import { Empty } from '@/components/ui/empty'
import { Skeleton } from '@/components/ui/skeleton'
import { countTags } from '../basket/basket'
import type { BasketStore } from '../basket/use-basket'
import type { Choices } from './choices'
import { PlanGrid } from './plan-grid'
import { SendBar } from './send-bar'
import type { PlanQuery } from './use-plan'

const noChoices: Choices = new Map()

/** What sending would do, tag by tag and target by target, and the one press that does it. */
export function Plan({ connection, store, plan }: { connection: string; store: BasketStore; plan: PlanQuery }) {
  const t = useTranslations('sync.plan')
  const [choices, setChoices] = useState(noChoices)
  const { data } = plan
  const isEmpty = countTags(store.basket) === 0 || store.basket.targets.length === 0
  return (
    <section aria-labelledby="plan" className="mt-6">
      <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-3">
        <h2 id="plan">{t('title')}</h2>
        <span className="flex-1" />
        {data && (
          <Refresh at={Date.parse(data.at)} busy={plan.isBusy || plan.isOld} onRefresh={() => void plan.refresh()} />
        )}
      </div>
      {Boolean(plan.error) && (
        <div className="mb-3">
          <ProblemPanel error={plan.error} retry={plan.retry} />
        </div>
      )}
      {data ? (
        <>
          <PlanGrid
            // Cells are known by their places: another basket or other targets begin with nothing chosen.
            key={`${data.rows.length} ${data.targets.map(({ region, organization }) => `${region}/${organization}`)}`}
            plan={data}
            isOld={plan.isOld}
            choices={choices}
            onChoose={(next) => {
              setChoices(next)
              store.renewPress()
            }}
          />
          <SendBar connection={connection} plan={data} isOld={plan.isOld} choices={choices} store={store} />
        </>
      ) : plan.isPending && !isEmpty ? (
        <div aria-busy className="rounded-lg border border-line bg-surface p-4">
          <span className="sr-only">{t('planning')}</span>
          <Skeleton className="w-60" />
        </div>
      ) : (
        !plan.error && (
          <div className="rounded-lg border border-line bg-surface">
            <Empty title={t('empty')}>{t(isEmpty ? 'emptyText' : 'openText')}</Empty>
          </div>
        )
      )}
    </section>
  )
}
