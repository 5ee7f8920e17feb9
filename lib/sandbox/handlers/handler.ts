import type { PathParams } from '../../contract/path'
import type { SwrOperation, swrRoutes } from '../../contract/swr/operations'
import type { Organization } from '../basic/world'
import { basicRefusal, enterpriseRefusal } from '../errors'
import { type Raw, textField } from '../json-fields'
import type { Query } from '../query'
import { advance } from '../runs/advance'
import type { Instance, Namespace, World } from '../world'

export interface Call<Name extends SwrOperation> {
  param(name: string & keyof PathParams<(typeof swrRoutes)[Name]['path']>): string
  readonly query: Query
  /** Accepted by the API description; empty when the operation takes none. Unknown properties are still in it. */
  readonly body: Raw
  /** The project of the key that signed. */
  readonly project: string
}

export interface Reply {
  /** None = empty body. The status is the contract's success code. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Of the repositories in the answer, or of the policy that was run: a sentinel among them acts on the answer. */
  readonly names?: readonly string[]
  /** Milliseconds of work before the answer. */
  readonly takes?: number
}

/** One function for every operation of a resource file: forgetting one does not compile. */
export type Handlers<Operations> = {
  readonly [Name in SwrOperation & keyof Operations]: (world: World, call: Call<Name>) => Reply
}

type InInstance = { param(name: 'instance_id'): string; readonly project: string }

/** The instance as it is at present: what was due before a request began before it. */
export function instanceOf(world: World, call: InInstance): Instance {
  const instance = world.instances.get(call.param('instance_id'))
  if (!instance || instance.project !== call.project) throw enterpriseRefusal('missing', 'the instance does not exist')
  // What others copy into it is there as well.
  for (const other of world.instances.values())
    if (other !== instance && copiesTo(other, instance.id)) advance(world, other)
  advance(world, instance)
  return instance
}

const copiesTo = ({ registries }: Instance, id: string) =>
  registries.some((row) => textField(row, 'instance_id') === id)

export function namespaceOf(instance: Instance, name: string): Namespace {
  const namespace = instance.namespaces.find((candidate) => candidate.name === name)
  if (!namespace) throw enterpriseRefusal('missing', `namespace ${name} not found`)
  return namespace
}

export function organizationOf(world: World, project: string, name: string): Organization | undefined {
  return world.basic.organizations.find((candidate) => candidate.project === project && candidate.name === name)
}

/** The repository that a Basic path names, or the documented 404 for whichever part is missing. */
export function basicRepositoryOf(
  world: World,
  call: { param(name: 'namespace' | 'repository'): string; readonly project: string },
  shape: 'array' | 'wrapped',
) {
  const organization = organizationOf(world, call.project, call.param('namespace'))
  if (!organization) throw basicRefusal('organizationMissing', call.param('namespace'), shape)
  const repository = organization.repositories.find(({ name }) => name === call.param('repository'))
  if (!repository) throw basicRefusal('imageMissing', call.param('repository'), shape)
  return { organization, repository }
}
