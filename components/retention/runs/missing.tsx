'use client'

import { useParams } from 'next/navigation'
import type { RetentionLocation } from '@/lib/routes'
import { DryRunPage } from './dry-run/page'
import { ExecutionPage } from './execution/page'
import { RetentionRunPage } from './run/page'

/** The policy and the number of what its address names. */
function useAddress(name: 'dryRun' | 'run' | 'execution'): { place: RetentionLocation; id: number } {
  const { connection = '', instance = '', namespace = '', policy, ...rest } = useParams<Record<string, string>>()
  return { place: { connection, instance, namespace, policy: Number(policy) }, id: Number(rest[name]) }
}

/* Pages of what is not there: each asks once more and says so. */

export const MissingDryRun = () => <DryRunPage {...useAddress('dryRun')} />
export const MissingRetentionRun = () => <RetentionRunPage {...useAddress('run')} />
export const MissingExecution = () => <ExecutionPage {...useAddress('execution')} />
