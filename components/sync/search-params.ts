import { createParser, parseAsString } from 'nuqs/server'
import { repositorySegment } from '@/lib/contract/path'
import type { SwrInput } from '@/lib/contract/swr/schemas'
import { pageWindow } from '../picker/queries'

/** What is copied from, so that a link leads to a prepared form. */
export const syncAddress = {
  organization: parseAsString.withDefault(''),
  repository: createParser({ parse: repositorySegment.read, serialize: repositorySegment.write }).withDefault(''),
}

/* Server and browser ask with equal words, or they do not meet in the cache. */

export const allOrganizations: SwrInput<'organizationList'> = { params: {} }

export const allRegions: SwrInput<'regionList'> = { params: {} }

/** `name` is compared loosely by SWR. No order: its documentation contradicts itself about the columns (docs/swr-api.md section 11). */
export const repositoriesOf = (organization: string, page = 0, name = ''): SwrInput<'basicRepositoryList'> => ({
  params: {},
  query: { namespace: organization, ...pageWindow(page), ...(name && { name }) },
})
