import { isIP } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import type { registryOperations } from '../../contract/swr/registry'
import { enterpriseRefusal } from '../errors'
import { field, isRaw, nextId, numberField, type Raw, rawField, textField } from '../json-fields'
import { named, ordered, pageOf } from '../query'
import { checkRegistryQuota } from '../statistics'
import { microTime } from '../time'
import type { Instance } from '../world'
import { type Handlers, instanceOf } from './handler'

const invalid = (message: string) => enterpriseRefusal('invalid', message)

function registryIndex(instance: Instance, id: number): number {
  const index = instance.registries.findIndex((row) => numberField(row, 'id') === id)
  if (index < 0) throw enterpriseRefusal('missing', `registry ${id} not found`)
  return index
}

function hostOf(url: string): string | undefined {
  try {
    const { protocol, hostname } = new URL(url)
    return protocol === 'https:' || protocol === 'http:' ? hostname : undefined
  } catch {
    return undefined
  }
}

/** What no schema says: nothing required is empty, addresses are ones, the name is free. */
function checkRegistry(instance: Instance, body: Raw, own?: unknown) {
  const ownId = numberField(own, 'id')
  // What is stored already is not looked at again (`held.ts`).
  const isHeld = (key: string) => own !== undefined && isDeepStrictEqual(body[key], field(own, key))
  const url = textField(body, 'url')
  if (!isHeld('url') && hostOf(url) === undefined) throw invalid(`url ${url} is not an http or https address`)
  for (const key of ['access_key', 'access_secret'])
    if (textField(body.credential, key) === '') throw invalid(`credential.${key} must not be empty`)
  const type = textField(body, 'type')
  if (type === 'swr-pro-internal')
    for (const key of ['project_id', 'region_id', 'instance_id'])
      if (textField(body, key) === '' && !isHeld(key)) throw invalid(`${key} is required for ${type}`)
  if (body.dns_conf !== undefined && type !== 'swr-pro') throw invalid(`dns_conf is not supported by ${type}`)
  const hosts = isHeld('dns_conf') ? {} : rawField(rawField(body, 'dns_conf'), 'hosts')
  for (const [host, address] of Object.entries(hosts))
    if (!isIP(String(address))) throw invalid(`dns_conf: ${host} does not lead to an IP address`)
  const name = textField(body, 'name')
  if (instance.registries.some((row) => textField(row, 'name') === name && numberField(row, 'id') !== ownId))
    throw enterpriseRefusal('conflict', `registry ${name} already exists`)
}

/** As it will be read: without the secret, and with a health of its own. Names under `.invalid` exist nowhere (RFC 6761). */
function stored(body: Raw, more: Raw): Raw {
  const health = hostOf(textField(body, 'url'))?.endsWith('.invalid') ? 'unhealthy' : 'healthy'
  return {
    description: '',
    region_id: '',
    project_id: '',
    instance_id: '',
    ...body,
    credential: { ...(isRaw(body.credential) ? body.credential : {}), access_secret: '' },
    status: health,
    ...more,
  }
}

const uses = (policy: unknown, id: number) =>
  [field(policy, 'src_registry'), field(policy, 'dest_registry')].some((side) => numberField(side, 'id') === id)

export const registryHandlers: Handlers<typeof registryOperations> = {
  registryList(world, call) {
    const type = call.query.text('type')
    const rows = named(instanceOf(world, call).registries, call.query).filter(
      (row) => type === undefined || textField(row, 'type') === type,
    )
    return { body: { registries: pageOf(ordered(rows, call.query), call.query), total: rows.length } }
  },
  registryShow(world, call) {
    const instance = instanceOf(world, call)
    return { body: instance.registries[registryIndex(instance, Number(call.param('registry_id')))] }
  },
  registryCreate(world, call) {
    const instance = instanceOf(world, call)
    checkRegistry(instance, call.body)
    checkRegistryQuota(instance)
    const id = nextId(instance.registries, instance.issued.registry)
    instance.issued.registry = id
    const now = microTime(world.clock())
    instance.registries.push(stored(call.body, { id, created_at: now, updated_at: now }))
    return { body: { id } }
  },
  registryUpdate(world, call) {
    const instance = instanceOf(world, call)
    const id = Number(call.param('registry_id'))
    const index = registryIndex(instance, id)
    const was = instance.registries[index]
    if (textField(was, 'type') !== textField(call.body, 'type'))
      throw invalid('the type of a registry cannot be changed')
    checkRegistry(instance, call.body, was)
    const now = microTime(world.clock())
    instance.registries[index] = stored(call.body, { id, created_at: field(was, 'created_at') ?? now, updated_at: now })
    return {}
  },
  registryDelete(world, call) {
    const instance = instanceOf(world, call)
    const id = Number(call.param('registry_id'))
    const index = registryIndex(instance, id)
    const count = instance.policies.filter((policy) => uses(policy, id)).length
    // Harbor refuses it; with which code SWR does is not known.
    if (count > 0) throw enterpriseRefusal('conflict', `registry ${id} is used by ${count} replication policies`)
    instance.registries.splice(index, 1)
    instance.issued.registry = Math.max(instance.issued.registry, id)
    return {}
  },
}
