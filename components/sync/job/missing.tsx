'use client'

import { useParams } from 'next/navigation'
import { JobPage } from './job-page'

/** The page of a job that the console does not have: it asks once more and says so. */
export function MissingJob() {
  const { connection, job } = useParams<Record<'connection' | 'job', string>>()
  return <JobPage connection={connection} id={Number(job)} />
}
