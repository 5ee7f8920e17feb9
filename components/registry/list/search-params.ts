import { createParser } from 'nuqs/server'
import { pageWindow, pagingAddress, searchAddress, sortAddress } from '@/components/table/search-params'
import type { ApiInput } from '@/lib/query/operations'
import type { InstanceLocation } from '@/lib/routes'

const parseAsPanel = createParser<number | 'new'>({
  parse: (text) => (text === 'new' ? text : /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null),
  serialize: String,
})

export const registryAddress = {
  ...pagingAddress,
  ...searchAddress,
  ...sortAddress(['name', 'updated_at', 'created_at'], { sort: 'name', order: 'asc' }),
  /** The registry whose panel is open. */
  edit: parseAsPanel,
}

interface View {
  page: number
  size: number
  q: string
  sort: 'name' | 'updated_at' | 'created_at'
  order: 'asc' | 'desc'
}

/** The one question to SWR that answers a view of the registries. */
export const registryListInput = (
  { connection, instance }: InstanceLocation,
  view: View,
): ApiInput<'registryList'> => ({
  params: { connection, instance_id: instance },
  query: {
    ...pageWindow(view),
    order_column: view.sort,
    order_type: view.order,
    ...(view.q && { name: view.q }),
  },
})
