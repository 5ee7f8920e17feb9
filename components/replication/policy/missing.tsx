'use client'

import { useParams } from 'next/navigation'
import { ReplicationPolicy } from './page'

/** The page of a policy that SWR does not have: it asks once more and says so. */
export function MissingReplication() {
  const { connection, instance, policy } = useParams<{ connection: string; instance: string; policy: string }>()
  return <ReplicationPolicy at={{ connection, instance }} policyId={policy} tab="now" />
}
