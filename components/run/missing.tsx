'use client'

import { useParams } from 'next/navigation'
import { RunPage } from './run-page'

/** The page of a run that SWR does not have: it asks once more and says so. */
export function MissingRun() {
  const { connection, instance, policy, execution } =
    useParams<Record<'connection' | 'instance' | 'policy' | 'execution', string>>()
  return <RunPage at={{ connection, instance, policy: Number(policy), execution: Number(execution) }} />
}
