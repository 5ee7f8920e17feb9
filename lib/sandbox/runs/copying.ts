import { matcher } from '../glob'
import { field, listField, numberField, textField } from '../json-fields'
import type { Instance, Repository, Route, World } from '../world'
import { copyFault, noNamespace } from './copy-faults'

/* What a policy copies, and what comes of it at the target. */

const remoteId = (policy: unknown) =>
  Math.max(...['src_registry', 'dest_registry'].map((side) => numberField(field(policy, side), 'id') ?? 0))

const registryOf = (instance: Instance, policy: unknown) =>
  instance.registries.find((row) => numberField(row, 'id') === remoteId(policy))

/** As Harbor reads a filter: `decoration` may turn it round, and an empty one takes everything. */
function takerOf(filter: unknown): (name: string) => boolean {
  const pattern = textField(filter, 'value')
  const takes = matcher(pattern)
  return pattern !== '' && textField(filter, 'decoration') === 'excludes' ? (name) => !takes(name) : takes
}

const patterns = (policy: unknown, type: string) =>
  listField(policy, 'filters')
    .filter((filter) => textField(filter, 'type') === type)
    .map(takerOf)

/** An untagged artifact is tested against the empty name (docs/swr-api.md section 10). */
const tagNames = (artifact: Repository['artifacts'][number]) =>
  artifact.tags.length === 0 ? [''] : artifact.tags.map(({ name }) => name)

/** Harbor drops the filters when it asks such a registry for its images (docs/swr-api.md section 8). */
const isUnfiltered = (instance: Instance, policy: unknown) =>
  instance.basicPull === 'everything' &&
  (numberField(field(policy, 'src_registry'), 'id') ?? 0) !== 0 &&
  textField(registryOf(instance, policy), 'type') === 'huawei-SWR'

function matching(instance: Instance, policy: unknown, source: Instance) {
  const filtered = isUnfiltered(instance, policy) ? {} : policy
  const [names, tags] = [patterns(filtered, 'name'), patterns(filtered, 'tag')]
  const isWanted = (tag: string) => tags.every((matches) => matches(tag))
  const repositories = source.namespaces
    .flatMap((namespace) =>
      namespace.repositories.map((repository) => ({ name: `${namespace.name}/${repository.name}`, repository })),
    )
    .filter(({ name }) => names.every((matches) => matches(name)))
    .filter(({ repository }) => repository.artifacts.some((artifact) => tagNames(artifact).some(isWanted)))
  return { repositories, isWanted }
}

/** Repositories that a policy's filters select: by name first, then those with at least one matching tag. */
export const selected = (instance: Instance, policy: unknown): string[] =>
  matching(instance, policy, instance).repositories.map(({ name }) => name)

export interface Chosen {
  /** In full. */
  readonly repository: string
  readonly tags: readonly { readonly name: string; readonly digest: string }[]
}

/** The same with the tags that are copied. `source`: where they are read, when that is another instance. */
export function chosen(instance: Instance, policy: unknown, source = instance): Chosen[] {
  const { repositories, isWanted } = matching(instance, policy, source)
  return repositories.map(({ name, repository }) => ({
    repository: name,
    tags: repository.artifacts.flatMap((artifact) =>
      tagNames(artifact)
        .filter(isWanted)
        .map((tag) => ({ name: tag, digest: artifact.digest })),
    ),
  }))
}

/** A namespace at the target replaces everything but the last part of the name (docs/swr-api.md section 8). */
export function targetOf(policy: unknown, repository: string): string {
  const namespace = textField(policy, 'dest_namespace')
  return namespace ? `${namespace}/${repository.split('/').at(-1)}` : repository
}

/** Why a run cannot even begin, or null. */
export const noRegistry = (instance: Instance, policy: unknown): string | null =>
  registryOf(instance, policy) === undefined ? `failed to get registry ${remoteId(policy)}: not found` : null

/** The other side of a policy, where it is an instance of this sandbox. */
function remoteOf(world: World, instance: Instance, policy: unknown): Instance | undefined {
  const registry = registryOf(instance, policy)
  return textField(registry, 'type') === 'swr-pro-internal'
    ? world.instances.get(textField(registry, 'instance_id'))
    : undefined
}

/** Where a policy copies from and to; undefined where the sandbox does not have the other side. */
export function routeOf(world: World, instance: Instance, policy: unknown): Route | undefined {
  const remote = remoteOf(world, instance, policy)
  if (!remote) return undefined
  const isPush = (numberField(field(policy, 'dest_registry'), 'id') ?? 0) !== 0
  const [from, to] = isPush ? [instance, remote] : [remote, instance]
  return { from: from.id, to: to.id, override: field(policy, 'override') === true }
}

/** What becomes of a tag: the text of its failure, or null when it goes well. */
export function verdictOn(
  world: World,
  instance: Instance,
  policy: unknown,
): (target: string, tag: string) => string | null {
  const registry = registryOf(instance, policy)
  if (textField(registry, 'status') === 'unhealthy') {
    const text = `failed to ping registry ${textField(registry, 'name')}: Get "${textField(registry, 'url')}/v2/": dial tcp: i/o timeout`
    return () => text
  }
  const to = world.instances.get(routeOf(world, instance, policy)?.to ?? '')
  // Harbor makes a namespace that is missing; the Enterprise Edition may not (docs/swr-api.md section 8).
  const known = to && new Set(to.namespaces.map(({ name }) => name))
  return (target, tag) => {
    const namespace = target.split('/')[0] ?? ''
    return copyFault({ target, tag }) ?? (known && !known.has(namespace) ? noNamespace(target) : null)
  }
}
