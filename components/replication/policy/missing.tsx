'use client'

import dynamic from 'next/dynamic'
import { useParams } from 'next/navigation'

// Every page beside this file carries it along: what it shows is loaded only where it is shown.
const ReplicationPolicy = dynamic(() => import('./page').then((module) => module.ReplicationPolicy))

/** The page of a policy that SWR does not have: it asks once more and says so. */
export function MissingReplication() {
  const { connection, instance, policy } = useParams<{ connection: string; instance: string; policy: string }>()
  return <ReplicationPolicy at={{ connection, instance }} policyId={policy} tab="now" />
}
