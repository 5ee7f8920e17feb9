import { parseAsInteger } from 'nuqs/server'
import { pageWindow, pagingAddress, searchAddress, sortAddress } from '@/components/table/list-address'
import type { In } from '@/lib/contract/swr'

/** Everything that makes one view of the policy list: what SWR can sort and filter by (NOTES section 7). */
export const replicationAddress = {
  ...pagingAddress,
  ...searchAddress,
  ...sortAddress(['created_at', 'updated_at', 'name'], { sort: 'created_at', order: 'desc' }),
  registry: parseAsInteger,
}

interface View {
  page: number
  size: number
  q: string
  sort: 'created_at' | 'updated_at' | 'name'
  order: 'asc' | 'desc'
  registry: number | null
}

/** The one question to SWR that answers a view; the page and the browser ask it under the same key. */
export function replicationListInput(instance: string, view: View): In<'replicationList'> {
  return {
    params: { instance_id: instance },
    query: {
      ...pageWindow(view),
      order_column: view.sort,
      order_type: view.order,
      ...(view.q && { name: view.q }),
      ...(view.registry && view.registry > 0 && { registry_id: view.registry }),
    },
  }
}
