import 'server-only'
import { requestSwr } from '../../../swr/client'
import type { ConsoleRequest } from '../../handler'
import { fetchAllPages } from '../../paginate'
import { archiveSide } from './side'

/** As many as a person looks through; another name is typed. */
const mostNames = 1000

/** Namespaces behind a registry in which copies could be kept. */
export async function archiveNamespaceList({ actor, params }: ConsoleRequest<'archiveNamespaceList'>) {
  const place = { connection: params.connection, instance: params.instance_id }
  const side = await archiveSide(actor, place, Number(params.registry_id))
  if (!side) return { names: null }
  const { rows } = await fetchAllPages(
    async (query) => {
      const at = { instance_id: side.instance }
      const { namespaces, total } = await requestSwr(actor, side.connection, 'namespaceList', { params: at, query })
      return { rows: namespaces, total }
    },
    { maxRows: mostNames },
  )
  return { names: rows.flatMap(({ name }) => name ?? []).toSorted() }
}
