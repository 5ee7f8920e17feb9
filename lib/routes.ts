import type { Route } from 'next'
import { repositorySegment } from './contract/path'
import type { ObjectKind, PolicyKind } from './contract/vocabulary'

/** An instance behind a connection: the place of every Enterprise Edition screen. */
export interface InstanceLocation {
  readonly connection: string
  readonly instance: string
}

/** A retention policy of an instance: SWR's addresses name its namespace as well. */
export interface RetentionLocation extends InstanceLocation {
  readonly namespace: string
  readonly policy: number
}

/** An object in the audit log and in the history of its versions. */
export interface ObjectLocation<Kind extends ObjectKind = PolicyKind> extends InstanceLocation {
  readonly kind: Kind
  readonly objectId: string
}

const encode = encodeURIComponent
const at = ({ connection, instance }: InstanceLocation) => `/${encode(connection)}/instances/${encode(instance)}`

const retentionAt = ({ namespace, policy, ...place }: RetentionLocation) =>
  `${at(place)}/retention/${encode(namespace)}/${policy}`
const retentionExport = ({ connection, instance, namespace, policy }: RetentionLocation) =>
  `/api/console/instances/${encode(connection)}/${encode(instance)}/retention/${encode(namespace)}/${policy}`

/** The address to go back to, when it is one of this console: `//host` and `/\host` would leave it. */
export const returnPath = (to: unknown): Route =>
  typeof to === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(to) ? (to as Route) : routes.home()

/** The version that a form's address asks for. */
export const revisionIn = ({ revision }: Readonly<Record<string, string | string[] | undefined>>): number | null =>
  typeof revision === 'string' && /^[1-9]\d{0,14}$/.test(revision) ? Number(revision) : null

/** Every address of the console. */
export const routes = {
  home: () => '/' as Route,
  settings: () => '/settings' as Route,
  audit: () => '/audit' as Route,
  auditEntry: (id: number) => `/audit?entry=${id}` as Route,
  auditView: (view: Readonly<Record<string, string>>) => `/audit?${new URLSearchParams(view)}` as Route,
  /** What was done to one policy. */
  auditOf: ({ connection, instance, kind, objectId }: ObjectLocation) =>
    `/audit?${new URLSearchParams({ connection, instance, kind, objectId })}` as Route,
  auditExport: (format: 'csv' | 'jsonl', filters: Readonly<Record<string, string>>) =>
    `/api/console/audit/export?${new URLSearchParams({ format, ...filters })}` as Route,
  /** `to` is where one was going; the front page needs no mention. */
  signIn: (to = '/') => (to === '/' ? '/sign-in' : `/sign-in?to=${encode(to)}`) as Route,
  users: () => '/users' as Route,
  /** The two ends of one-time links; the token is in the fragment. */
  setUp: () => '/set-up' as Route,
  password: () => '/password' as Route,
  instance: (place: InstanceLocation) => at(place) as Route,
  replication: (place: InstanceLocation) => `${at(place)}/replication` as Route,
  /** The policies of one registry. */
  replicationOf: (place: InstanceLocation, registry: number) =>
    `${at(place)}/replication?registry=${registry}` as Route,
  replicationNew: (place: InstanceLocation) => `${at(place)}/replication/new` as Route,
  replicationPolicy: (place: InstanceLocation, id: number) => `${at(place)}/replication/${id}` as Route,
  /** Its partial runs. */
  replicationPartialRuns: (place: InstanceLocation, id: number) =>
    `${at(place)}/replication/${id}#partial-runs` as Route,
  replicationHistory: (place: InstanceLocation, id: number) => `${at(place)}/replication/${id}?tab=history` as Route,
  replicationEdit: (place: InstanceLocation, id: number) => `${at(place)}/replication/${id}/edit` as Route,
  /** The form on the present policy, filled with an earlier version. */
  replicationRestore: (place: InstanceLocation, id: number, revision: number) =>
    `${at(place)}/replication/${id}/edit?revision=${revision}` as Route,
  replicationDeleted: (place: InstanceLocation) => `${at(place)}/replication/deleted` as Route,
  /** The form of a new policy, filled with the last version of a deleted one. */
  replicationRecreate: (place: InstanceLocation, deleted: string) =>
    `${at(place)}/replication/new?recreate=${encode(deleted)}` as Route,
  replicationRun: (place: InstanceLocation, policy: number, execution: number) =>
    `${at(place)}/replication/${policy}/executions/${execution}` as Route,
  /** One kind of its tags. */
  replicationRunView: (
    place: InstanceLocation,
    policy: number,
    execution: number,
    view: Readonly<Record<string, string>>,
  ) => `${at(place)}/replication/${policy}/executions/${execution}?${new URLSearchParams(view)}` as Route,
  runExport: (
    { connection, instance }: InstanceLocation,
    policy: number,
    execution: number,
    view: { format: 'text' | 'json' } & Readonly<Record<string, string>>,
  ) =>
    `/api/console/instances/${encode(connection)}/${encode(instance)}/replication/${policy}/runs/${execution}/export?${new URLSearchParams(view)}` as Route,
  /** The form of a new policy, filled with what another one says. */
  replicationCopy: (place: InstanceLocation, policy: number) => `${at(place)}/replication/new?copy=${policy}` as Route,
  /** All schedules of an instance over a week. */
  week: (place: InstanceLocation) => `${at(place)}/week` as Route,
  checks: (place: InstanceLocation) => `${at(place)}/checks` as Route,
  retention: (place: InstanceLocation) => `${at(place)}/retention` as Route,
  retentionPolicy: (place: InstanceLocation, namespace: string, id: number) =>
    `${at(place)}/retention/${encode(namespace)}/${id}` as Route,
  retentionHistory: (place: InstanceLocation, namespace: string, id: number) =>
    `${at(place)}/retention/${encode(namespace)}/${id}?tab=history` as Route,
  retentionRestore: (place: InstanceLocation, namespace: string, id: number, revision: number) =>
    `${at(place)}/retention/${encode(namespace)}/${id}/edit?revision=${revision}` as Route,
  retentionEdit: (place: InstanceLocation, namespace: string, id: number) =>
    `${at(place)}/retention/${encode(namespace)}/${id}/edit` as Route,
  /** The form of a new policy; `namespace` is chosen already. */
  retentionNew: (place: InstanceLocation, namespace?: string) =>
    `${at(place)}/retention/new${namespace === undefined ? '' : `?namespace=${encode(namespace)}`}` as Route,
  /** The form of a new policy, filled with what another one says. */
  retentionCopy: (place: InstanceLocation, namespace: string, id: number) =>
    `${at(place)}/retention/new?copy=${id}&from=${encode(namespace)}` as Route,
  retentionDeleted: (place: InstanceLocation) => `${at(place)}/retention/deleted` as Route,
  /** The form of a new policy, filled with the last version of a deleted one. */
  retentionRecreate: (place: InstanceLocation, deleted: string) =>
    `${at(place)}/retention/new?recreate=${encode(deleted)}` as Route,
  /** The rules of a policy for further namespaces. */
  retentionApply: (place: InstanceLocation, namespace: string, id: number) =>
    `${at(place)}/retention/${encode(namespace)}/${id}/apply` as Route,
  /** Limits of retention and the archive of an instance. */
  retentionSettings: (place: InstanceLocation) => `${at(place)}/retention/settings` as Route,
  retentionDryRun: (place: RetentionLocation, id: number) => `${retentionAt(place)}/dry-runs/${id}` as Route,
  retentionRun: (place: RetentionLocation, id: number) => `${retentionAt(place)}/runs/${id}` as Route,
  retentionExecution: (place: RetentionLocation, id: number) => `${retentionAt(place)}/executions/${id}` as Route,
  /** The verdicts of a dry run, or what became of the images of a run, as CSV. */
  retentionImagesExport: (
    place: RetentionLocation,
    kind: 'dry-runs' | 'runs',
    id: number,
    view: Readonly<Record<string, string>>,
  ) => `${retentionExport(place)}/${kind}/${id}/export?${new URLSearchParams(view)}` as Route,
  immutable: (place: InstanceLocation) => `${at(place)}/immutable` as Route,
  /** The list with one rule open. */
  immutableRule: (place: InstanceLocation, id: number) => `${at(place)}/immutable?edit=${id}` as Route,
  /** What runs in clusters, over all connections. */
  inUse: () => '/in-use' as Route,
  basicRetention: (connection: string, from?: { organization: string; repository?: string }) => {
    const query = new URLSearchParams()
    if (from) query.set('organization', from.organization)
    if (from?.repository) query.set('repository', repositorySegment.write(from.repository))
    return `/${encode(connection)}/retention${query.size ? `?${query}` : ''}` as Route
  },
  /** Limits of retention in the Basic Edition of a connection. */
  basicRetentionSettings: (connection: string) => `/${encode(connection)}/retention/settings` as Route,
  registries: (place: InstanceLocation) => `${at(place)}/registries` as Route,
  /** The list with one registry's panel open. */
  registry: (place: InstanceLocation, id: number | 'new') => `${at(place)}/registries?edit=${id}` as Route,
  sync: (connection: string, from?: { organization: string; repository?: string }) => {
    const query = new URLSearchParams()
    if (from) query.set('organization', from.organization)
    if (from?.repository) query.set('repository', repositorySegment.write(from.repository))
    return `/${encode(connection)}/sync${query.size ? `?${query}` : ''}` as Route
  },
  syncJobs: (connection: string) => `/${encode(connection)}/sync/jobs` as Route,
  syncJob: (connection: string, id: number) => `/${encode(connection)}/sync/jobs/${id}` as Route,
  /** Rules of automatic sync, of one organization. */
  syncAuto: (connection: string, organization = '') =>
    `/${encode(connection)}/sync/auto${organization && `?organization=${encode(organization)}`}` as Route,
}

/** Connection ids that would collide with an address of the console. */
export const reservedConnections = [
  'api',
  'messages',
  'sign-in',
  'set-up',
  'password',
  'audit',
  'users',
  'settings',
  'in-use',
] as const
