import { useTranslations } from 'next-intl'
import { type InstanceLocation, routes } from '@/lib/routes'
import type { PolicyList } from '../history/missing-policy'

/** Where retention policies are listed, for the way back and for making one again. */
export function useRetentionList(at: InstanceLocation): PolicyList {
  const t = useTranslations('retention')
  return {
    title: t('title'),
    href: routes.retention(at),
    back: t('edit.toList'),
    recreate: (id) => routes.retentionRecreate(at, id),
  }
}
