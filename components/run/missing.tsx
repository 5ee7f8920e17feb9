'use client'

import dynamic from 'next/dynamic'
import { useParams } from 'next/navigation'

// Every page beside this file carries it along: what it shows is loaded only where it is shown.
const RunPage = dynamic(() => import('./run-page').then((module) => module.RunPage))

/** The page of a run that SWR does not have: it asks once more and says so. */
export function MissingRun() {
  const { connection, instance, policy, execution } =
    useParams<Record<'connection' | 'instance' | 'policy' | 'execution', string>>()
  return <RunPage at={{ connection, instance, policy: Number(policy), execution: Number(execution) }} />
}
