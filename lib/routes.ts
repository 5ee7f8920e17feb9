import type { Route } from 'next'
import { repositorySegment } from './contract/path'

/** An instance behind a connection: the place of every Enterprise Edition screen. */
export interface InstanceAt {
  readonly connection: string
  readonly instance: string
}

const encode = encodeURIComponent
const at = ({ connection, instance }: InstanceAt) => `/${encode(connection)}/instances/${encode(instance)}`

/** Every address of the console. */
export const routes = {
  home: () => '/' as Route,
  settings: () => '/settings' as Route,
  instance: (place: InstanceAt) => at(place) as Route,
  replication: (place: InstanceAt) => `${at(place)}/replication` as Route,
  /** The policies of one registry. */
  replicationOf: (place: InstanceAt, registry: number) => `${at(place)}/replication?registry=${registry}` as Route,
  replicationNew: (place: InstanceAt) => `${at(place)}/replication/new` as Route,
  replicationPolicy: (place: InstanceAt, id: number) => `${at(place)}/replication/${id}` as Route,
  replicationEdit: (place: InstanceAt, id: number) => `${at(place)}/replication/${id}/edit` as Route,
  retention: (place: InstanceAt) => `${at(place)}/retention` as Route,
  retentionEdit: (place: InstanceAt, namespace: string, id: number) =>
    `${at(place)}/retention/${encode(namespace)}/${id}/edit` as Route,
  registries: (place: InstanceAt) => `${at(place)}/registries` as Route,
  sync: (connection: string, from?: { organization: string; repository?: string }) => {
    const query = new URLSearchParams()
    if (from) query.set('organization', from.organization)
    if (from?.repository) query.set('repository', repositorySegment.write(from.repository))
    return `/${encode(connection)}/sync${query.size ? `?${query}` : ''}` as Route
  },
}

/** Connection ids that would collide with an address of the console. */
export const reservedConnections = ['api', 'sign-in', 'audit', 'users', 'settings'] as const
