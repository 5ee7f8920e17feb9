import { createParser, parseAsString } from 'nuqs/server'
import { repositorySegment } from '@/lib/contract/path'
import type { In } from '@/lib/contract/swr/schemas'

/** What is copied from, so that a link leads to a prepared form. */
export const syncAddress = {
  organization: parseAsString.withDefault(''),
  repository: createParser({ parse: repositorySegment.read, serialize: repositorySegment.write }).withDefault(''),
}

export interface Source {
  readonly organization: string
  readonly repository: string
}

/** One step of "load more", for repositories and tags. */
export const step = 100
const window = (page: number) => ({ offset: page * step, limit: step })

/* Server and browser ask with equal words, or they do not meet in the cache. */

export const allOrganizations: In<'organizationList'> = { params: {} }

export const allRegions: In<'regionList'> = { params: {} }

/** `name` is compared loosely by SWR. No order: its documentation contradicts itself about the columns (NOTES section 11). */
export const repositoriesOf = (organization: string, page = 0, name = ''): In<'basicRepositoryList'> => ({
  params: {},
  query: { namespace: organization, ...window(page), ...(name && { name }) },
})

export const tagsOf = ({ organization, repository }: Source, page = 0): In<'basicTagList'> => ({
  params: { namespace: organization, repository },
  query: { ...window(page), order_column: 'updated_at', order_type: 'desc' },
})
