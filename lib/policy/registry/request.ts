import type { Registry } from '../../contract/swr/registry'

/** What a registry says in the shape of a request: the `before` of its differences. Its secret cannot be read. */
export function toRequest(registry: Registry): object {
  const { credential, dns_conf } = registry
  return {
    name: registry.name,
    description: registry.description,
    type: registry.type,
    url: registry.url,
    region_id: registry.region_id,
    project_id: registry.project_id,
    instance_id: registry.instance_id,
    credential: credential && { type: credential.type, access_key: credential.access_key },
    dns_conf: dns_conf && { hosts: dns_conf.hosts },
    insecure: registry.insecure,
  }
}
