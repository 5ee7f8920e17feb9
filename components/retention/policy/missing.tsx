'use client'

import dynamic from 'next/dynamic'
import { useParams } from 'next/navigation'

// Every page beside this file carries it along: what it shows is loaded only where it is shown.
const RetentionPolicy = dynamic(() => import('./page').then((module) => module.RetentionPolicy))

/** The page of a policy that SWR does not have: it asks once more and says so. */
export function MissingRetention() {
  const { connection, instance, namespace, policy } =
    useParams<Record<'connection' | 'instance' | 'namespace' | 'policy', string>>()
  const place = { instance_id: instance, namespace_name: namespace, policy_id: policy }
  return <RetentionPolicy at={{ connection, instance }} place={place} tab="now" />
}
