import type { ApiInput } from '@/lib/query/operations'

export interface Source {
  readonly organization: string
  readonly repository: string
}

/** Rows that one "load more" adds, for repositories and tags. */
export const pageSize = 100
export const pageWindow = (page: number) => ({ offset: page * pageSize, limit: pageSize })

/* Server and browser ask with equal words, or they do not meet in the cache. */

export const tagsInput = (
  connection: string,
  { organization, repository }: Source,
  page = 0,
  /** Part of a name; empty for all. */
  name = '',
): ApiInput<'basicTagList'> => ({
  params: { connection, namespace: organization, repository },
  query: { ...pageWindow(page), order_column: 'updated_at', order_type: 'desc', ...(name && { tag: name }) },
})
