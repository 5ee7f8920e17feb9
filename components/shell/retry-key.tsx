'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { notify } from '@/components/ui/toast-store'
import { problemOf } from '@/lib/contract/problem'
import { useApiWrite } from '@/lib/query/client'
import { GatedButton } from './permission-button'

/** Sends one request with a key that SWR has refused; whatever comes of it, what is on screen is asked again. */
export function RetryKey({ connection }: { connection: string }) {
  const t = useTranslations('problem')
  const cache = useQueryClient()
  const retry = useApiWrite('connectionRetry', { stale: ['connectionList'] })
  const press = () =>
    retry.mutate(
      { params: { connection } },
      {
        onSuccess: ({ connection: { name } }) => notify({ tone: 'ok', text: t('key.done', { name }) }),
        onError: (error) => notify({ tone: 'bad', text: t(`${problemOf(error).code}.title`) }),
        onSettled: () => void cache.invalidateQueries(),
      },
    )
  return (
    <GatedButton
      operation="connectionRetry"
      aria-busy={retry.isPending}
      aria-disabled={retry.isPending}
      onClick={() => retry.isPending || press()}
    >
      {t('key.act')}
    </GatedButton>
  )
}
