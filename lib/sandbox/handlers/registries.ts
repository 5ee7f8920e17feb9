import type { registryOperations } from '../../contract/registry'
import { named, ordered, pageOf } from '../query'
import { enterpriseRefusal } from '../refusal'
import { numberField, textField } from '../row'
import { type Handlers, instanceOf } from './handler'

export const registryHandlers: Handlers<typeof registryOperations> = {
  registryList(world, call) {
    const type = call.query.text('type')
    const rows = named(instanceOf(world, call).registries, call.query).filter(
      (row) => type === undefined || textField(row, 'type') === type,
    )
    return { body: { registries: pageOf(ordered(rows, call.query), call.query), total: rows.length } }
  },
  registryShow(world, call) {
    const id = Number(call.param('registry_id'))
    const row = instanceOf(world, call).registries.find((candidate) => numberField(candidate, 'id') === id)
    if (row === undefined) throw enterpriseRefusal('missing', `registry ${id} not found`)
    return { body: row }
  },
}
