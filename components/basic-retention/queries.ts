import { createParser, parseAsInteger, parseAsString } from 'nuqs/server'
import { pageWindow } from '@/components/table/search-params'
import type { BasicRule } from '@/lib/contract/console/basic-retention'
import { repositorySegment } from '@/lib/contract/path'
import type { ApiInput } from '@/lib/query/operations'

/** The repository that is looked at, and the page of its log. */
export const basicAddress = {
  organization: parseAsString.withDefault(''),
  repository: createParser({ parse: repositorySegment.read, serialize: repositorySegment.write }).withDefault(''),
  log: parseAsInteger.withDefault(1),
}

export interface BasicPlace {
  readonly connection: string
  readonly organization: string
  readonly repository: string
}

/* Server and browser ask with equal words, or they do not meet in the cache. */

export const allOrganizations = (connection: string): ApiInput<'organizationList'> => ({ params: { connection } })

/** Repositories of an organization whose names hold a text, as many as one answer has. */
export const repositoriesInput = (
  connection: string,
  organization: string,
  name: string,
): ApiInput<'basicRepositoryList'> => ({
  params: { connection },
  query: { namespace: organization, offset: 0, limit: 100, ...(name && { name }) },
})

export const showInput = ({ connection, ...place }: BasicPlace): ApiInput<'basicRetentionShow'> => ({
  params: { connection },
  query: place,
})

export const decideInput = (
  { connection, ...place }: BasicPlace,
  rule: BasicRule,
): ApiInput<'basicRetentionDecide'> => ({
  params: { connection },
  body: { ...place, rule },
})

/** What a rule that was saved, asked for, confirmed or withdrawn makes old. */
export const staleRule = ['basicRetentionShow', 'basicRetentionDecide', 'basicRetentionLogShow'] as const

export const logSize = 20
export const logInput = ({ connection, ...place }: BasicPlace, page: number): ApiInput<'basicRetentionLogShow'> => ({
  params: { connection },
  query: { ...place, ...pageWindow({ page, size: logSize }) },
})
