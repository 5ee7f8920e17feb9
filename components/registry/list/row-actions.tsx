'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { useCan } from '@/components/context/actor'
import { useCopyId } from '@/components/shell/copy-id'
import type { RowAction } from '@/components/ui/menu-action'
import type { Registry } from '@/lib/contract/swr/registry'
import { type InstanceLocation, routes } from '@/lib/routes'

const DeleteRegistry = dynamic(() => import('../delete-dialog').then((module) => module.DeleteRegistry))

/** What can be done with one registry, and the dialog that asks first. */
export function useRegistryActions(
  at: InstanceLocation,
  open: (id: number) => void,
): { actionsOf: (registry: Registry) => readonly RowAction[]; dialog: ReactNode } {
  const t = useTranslations('registry')
  const [asked, setAsked] = useState<Registry | null>(null)
  const copyId = useCopyId()
  const mayEdit = useCan('registryUpdate')
  const mayDelete = useCan('registryDelete')
  return {
    actionsOf: (registry) => {
      const { id } = registry
      if (id === undefined) return []
      return [
        { label: t('act.edit'), run: () => open(id), disabledReason: mayEdit.reason },
        { label: t('act.policies'), href: routes.replicationOf(at, id) },
        copyId(id),
        {
          label: t('act.delete'),
          destructive: true,
          run: () => setAsked(registry),
          disabledReason: mayDelete.reason,
        },
      ]
    },
    dialog: asked && <DeleteRegistry at={at} registry={asked} onClose={() => setAsked(null)} />,
  }
}
