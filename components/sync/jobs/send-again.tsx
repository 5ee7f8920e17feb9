'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { GatedButton } from '@/components/shell/permission-button'
import { notify } from '@/components/ui/toast-store'
import { problemOf } from '@/lib/contract/problem'
import { useFreshRead } from '@/lib/query/client'
import { routes } from '@/lib/routes'
import { basketOfJob, countTags } from '../basket/basket'
import { useBasket } from '../basket/use-basket'
import { jobInput } from '../job/cells'

/** Fills the basket with what a job has sent, and leads to the plan: what is there by now is seen before anything goes. */
export function SendAgain({ connection, id }: { connection: string; id: number }) {
  const t = useTranslations('sync.jobs')
  const p = useTranslations('problem')
  const router = useRouter()
  const read = useFreshRead()
  const c = useTranslations('common')
  const { basket, change } = useBasket(connection)
  const [isReading, setReading] = useState(false)
  const fill = async () => {
    setReading(true)
    try {
      const answer = await read('syncJobShow', jobInput(connection, id))
      if (answer) {
        change(() => basketOfJob(answer.job.targets, answer.cells).basket)
        if (countTags(basket) > 0)
          notify({
            tone: 'ok',
            text: t('replaced', { count: countTags(basket), id: String(id) }),
            action: { label: c('undo'), run: () => change(() => basket) },
          })
        router.push(routes.sync(connection))
      }
    } catch (error) {
      notify({ tone: 'bad', text: p(`${problemOf(error).code}.title`) })
    }
    setReading(false)
  }
  return (
    <GatedButton
      operation="syncJobStart"
      aria-label={t('againOf', { id: String(id) })}
      aria-disabled={isReading}
      onClick={() => isReading || void fill()}
    >
      {t('again')}
    </GatedButton>
  )
}
