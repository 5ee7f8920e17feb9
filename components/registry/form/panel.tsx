'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Sheet, SheetBody } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/skeleton'
import { apiQuery } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { RegistryForm } from './form'

/** One registry beside what is on the page, or a new one. */
export function RegistryPanel({
  at,
  edited,
  onAdded,
  onClose,
}: {
  at: InstanceLocation
  edited: number | 'new'
  /** Before it closes: a new one is there. */
  onAdded?: ((id: number) => void) | undefined
  onClose: () => void
}) {
  const t = useTranslations('registry')
  const registry = useQuery({
    ...apiQuery('registryShow', {
      params: { connection: at.connection, instance_id: at.instance, registry_id: String(edited) },
    }),
    enabled: edited !== 'new',
  })
  // The form, once it is there, knows whether something would be lost.
  const requestClose = useRef(onClose)
  const isNew = edited === 'new'
  const title = isNew ? t('form.new') : t('form.edit', { name: registry.data?.name ?? `#${edited}` })
  return (
    <Sheet title={title} closeLabel={t('form.close')} onClose={() => requestClose.current()}>
      {isNew || registry.data ? (
        <RegistryForm
          at={at}
          registry={registry.data}
          requestClose={requestClose}
          onAdded={onAdded}
          onClose={onClose}
        />
      ) : (
        <SheetBody>
          {registry.error ? (
            <ProblemPanel error={registry.error} retry={() => registry.refetch()} />
          ) : (
            <div className="flex flex-col gap-3" aria-busy>
              <Skeleton className="w-40" />
              <Skeleton className="w-64" />
              <Skeleton className="w-56" />
            </div>
          )}
        </SheetBody>
      )}
    </Sheet>
  )
}
