'use client'

import { useParams } from 'next/navigation'
import { RetentionPolicy } from './page'

/** The page of a policy that SWR does not have: it asks once more and says so. */
export function MissingRetention() {
  const { connection, instance, namespace, policy } =
    useParams<Record<'connection' | 'instance' | 'namespace' | 'policy', string>>()
  const place = { instance_id: instance, namespace_name: namespace, policy_id: policy }
  return <RetentionPolicy at={{ connection, instance }} place={place} tab="now" />
}
