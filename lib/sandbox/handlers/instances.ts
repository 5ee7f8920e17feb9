import type { instanceOperations } from '../../contract/swr/instance'
import { textField } from '../json-fields'
import { pageOf } from '../query'
import { statisticsOf } from '../statistics'
import type { GarbageCollectionOperations } from './garbage-collection'
import { type Handlers, instanceOf } from './handler'

export const instanceHandlers: Handlers<Omit<typeof instanceOperations, keyof GarbageCollectionOperations>> = {
  instanceList(world, { query, project }) {
    const wanted = (['status', 'enterprise_project_id'] as const).map((name) => [name, query.text(name)] as const)
    const rows = [...world.instances.values()]
      .filter((instance) => instance.project === project)
      .map(({ info }) => info)
      .filter((info) => wanted.every(([name, value]) => value === undefined || textField(info, name) === value))
    return { body: { instances: pageOf(rows, query, { size: 100, anyOffset: true }), total: rows.length } }
  },
  instanceShow: (world, call) => ({ body: instanceOf(world, call).info }),
  instanceStatistics: (world, call) => ({ body: statisticsOf(instanceOf(world, call)) }),
}
