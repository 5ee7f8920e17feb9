import { useTranslations } from 'next-intl'
import { type InstanceLocation, routes } from '@/lib/routes'
import type { PolicyList } from '../history/missing-policy'

/** Where replication policies are listed, for the way back and for making one again. */
export function useReplicationList(at: InstanceLocation): PolicyList {
  const t = useTranslations('replication')
  return {
    title: t('title'),
    href: routes.replication(at),
    back: t('policy.toList'),
    recreate: (id) => routes.replicationRecreate(at, id),
  }
}
