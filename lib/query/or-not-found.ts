import 'server-only'
import { notFound } from 'next/navigation'
import type { Problem } from '../contract/problem'

/** A wrong id in the address, or one of something that is not there. */
const isMissing = ({ status, fields = {} }: Problem) =>
  status === 404 || (status === 422 && Object.keys(fields).some((name) => name.startsWith('params.')))

/**
 * Answers 404 when what a page is about does not exist. What is shown then is the `not-found` beside the page: it asks once
 * more, by the address, and says what SWR says.
 */
export async function orNotFound(prefetched: Promise<Problem | null>): Promise<void> {
  const problem = await prefetched
  if (problem && isMissing(problem)) notFound()
}
