import type { instanceOperations } from '../../contract/swr/instance'
import { enterpriseRefusal } from '../errors'
import { numberField, textField } from '../json-fields'
import { type Handlers, instanceOf } from './handler'

export type GarbageCollectionOperations = Pick<
  typeof instanceOperations,
  'instanceFeatureGateShow' | 'garbageCollectionList'
>

export const garbageCollectionHandlers: Handlers<GarbageCollectionOperations> = {
  instanceFeatureGateShow: (world, call) => ({ body: instanceOf(world, call).gates }),
  garbageCollectionList(world, call) {
    const { gates, garbageCollections } = instanceOf(world, call)
    if (gates.enableArtifactGc !== true)
      throw enterpriseRefusal('forbidden', 'garbage collection is not open to this tenant')
    const [marker, limit, status] = [call.query.text('marker'), call.query.number('limit'), call.query.text('status')]
    if (marker !== undefined && limit === undefined)
      throw enterpriseRefusal('invalid', 'marker and limit must be used together')
    // Newest first; the marker is the id of the last run of the page before.
    const rows = garbageCollections
      .toSorted((a, b) => (numberField(b, 'id') ?? 0) - (numberField(a, 'id') ?? 0))
      .filter((row) => status === undefined || textField(row, 'job_status') === status)
      .filter((row) => marker === undefined || (numberField(row, 'id') ?? 0) < Number(marker))
    const tasks = rows.slice(0, limit ?? 10)
    const last = numberField(tasks.at(-1), 'id')
    return { body: { page_info: tasks.length < rows.length ? { next_marker: String(last) } : {}, tasks } }
  },
}
