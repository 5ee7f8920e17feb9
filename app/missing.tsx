'use client'

import dynamic from 'next/dynamic'

/*
 * What stands in the place of what is not there. Every page carries this file along with the `not-found` beside and above it:
 * what it shows is loaded only where it is shown.
 */

export const MissingPage = dynamic(() => import('@/components/shell/missing-page').then((module) => module.MissingPage))
export const MissingInstance = dynamic(() =>
  import('@/components/instance/missing').then((module) => module.MissingInstance),
)
export const MissingReplication = dynamic(() =>
  import('@/components/replication/policy/missing').then((module) => module.MissingReplication),
)
export const MissingRun = dynamic(() => import('@/components/run/missing').then((module) => module.MissingRun))
export const MissingRetention = dynamic(() =>
  import('@/components/retention/policy/missing').then((module) => module.MissingRetention),
)
export const MissingSyncJob = dynamic(() => import('@/components/sync/job/missing').then((module) => module.MissingJob))
export const MissingDryRun = dynamic(() =>
  import('@/components/retention/runs/missing').then((module) => module.MissingDryRun),
)
export const MissingRetentionRun = dynamic(() =>
  import('@/components/retention/runs/missing').then((module) => module.MissingRetentionRun),
)
export const MissingExecution = dynamic(() =>
  import('@/components/retention/runs/missing').then((module) => module.MissingExecution),
)
