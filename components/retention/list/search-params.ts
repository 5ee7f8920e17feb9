import { parseAsInteger } from 'nuqs/server'
import { pageWindow, pagingAddress, searchAddress } from '@/components/table/search-params'
import type { ApiInput } from '@/lib/query/operations'
import type { InstanceLocation } from '@/lib/routes'

/** Everything that makes one view of the policy list. SWR offers no order for it, so there is none. */
export const retentionAddress = {
  ...pagingAddress,
  ...searchAddress,
  namespace: parseAsInteger,
}

interface View {
  page: number
  size: number
  q: string
  /** Its id: SWR filters by nothing else. */
  namespace: number | null
}

/** The one question to SWR that answers a view; the page and the browser ask it under the same key. */
export function retentionListInput({ connection, instance }: InstanceLocation, view: View): ApiInput<'retentionList'> {
  return {
    params: { connection, instance_id: instance },
    query: {
      ...pageWindow(view),
      ...(view.q && { name: view.q }),
      ...(view.namespace !== null && view.namespace >= 0 && { namespace_id: view.namespace }),
    },
  }
}
