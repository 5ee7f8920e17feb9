import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { apiQuery } from '@/lib/query/client'
import { type RetentionLocation, routes } from '@/lib/routes'
import { policyParams } from './queries'

/** The policy that a run is of, and the way back to it. */
export function useRunPolicy(place: RetentionLocation) {
  const r = useTranslations('retention')
  const policy = useQuery(apiQuery('retentionShow', { params: policyParams(place) })).data
  const href = routes.retentionPolicy(place, place.namespace, place.policy)
  return {
    policy,
    href,
    between: [
      { label: r('title'), href: routes.retention(place) },
      { label: policy?.name ?? `#${place.policy}`, href },
    ],
  }
}
