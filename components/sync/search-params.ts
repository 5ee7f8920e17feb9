import { createParser, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { repositorySegment } from '@/lib/contract/path'
import type { ApiInput } from '@/lib/query/operations'
import { pageWindow } from '../picker/queries'

/** How tags come into the basket. */
export const collectWays = ['pick', 'pattern', 'paste'] as const

/** What is looked at to collect from, so that a link leads there. */
export const syncAddress = {
  organization: parseAsString.withDefault(''),
  repository: createParser({ parse: repositorySegment.read, serialize: repositorySegment.write }).withDefault(''),
  add: parseAsStringLiteral(collectWays).withDefault('pick'),
}

/* Server and browser ask with equal words, or they do not meet in the cache. */

export const allOrganizations = (connection: string): ApiInput<'organizationList'> => ({ params: { connection } })

export const allRegions = (connection: string): ApiInput<'regionList'> => ({ params: { connection } })

/** `name` is compared loosely by SWR. No order: its documentation contradicts itself about the columns (docs/swr-api.md section 11). */
export const repositoriesInput = (
  connection: string,
  organization: string,
  page = 0,
  name = '',
): ApiInput<'basicRepositoryList'> => ({
  params: { connection },
  query: { namespace: organization, ...pageWindow(page), ...(name && { name }) },
})
