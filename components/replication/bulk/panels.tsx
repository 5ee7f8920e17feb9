'use client'

import dynamic from 'next/dynamic'
import { useSyncExternalStore } from 'react'
import type { InstanceLocation } from '@/lib/routes'
import { bulkJobs, noBulkJobs, watchBulkJobs } from './job'

const BulkPanel = dynamic(() => import('./panel').then((module) => module.BulkPanel), { ssr: false })

/** Results of acts on many policies of an instance, each until it is dismissed. */
export function BulkPanels({ at }: { at: InstanceLocation }) {
  const jobs = useSyncExternalStore(watchBulkJobs, bulkJobs, noBulkJobs)
  return jobs
    .filter((job) => job.at.connection === at.connection && job.at.instance === at.instance)
    .map((job) => <BulkPanel key={job.id} job={job} />)
}
