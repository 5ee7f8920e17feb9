import { buildNamespaces } from '../builders'
import { demo } from '../demo'
import type { Raw } from '../json-fields'
import { microTime } from '../time'
import type { Instance } from '../world'
import type { Clock } from './clock'
import { emptyInstance, instanceInfo } from './empty-instance'
import { type Random, randomFrom } from './random'
import { places, registries } from './registries'

/** How much a sandbox for measuring holds beside the demo. */
export interface Size {
  /** All scheduled, in one instance, which also has the repositories and their tags. */
  readonly policies: number
  readonly repositories: number
  readonly tags: number
  /** With the large one; the second has a hundred policies, the others next to nothing. */
  readonly instances: number
  /** Of the Basic Edition: tags in one repository, and repositories in another organization. */
  readonly basicTags?: number
  readonly basicRepositories?: number
}

const dayMinutes = 24 * 60
const repositoriesPerNamespace = 20
const smallPolicies = 100
const runsPerPolicy = 2

const padded = (value: number, digits: number) => String(value).padStart(digits, '0')
const namespaceOf = (repository: number) => `team-${padded(Math.floor(repository / repositoriesPerNamespace), 3)}`

/** Repositories with the tags shared out evenly, twenty to a namespace. */
function namespacesFor({ repositories, tags }: Size, now: string) {
  const shareTo = (count: number) => Math.floor((tags * count) / repositories)
  const all = Array.from({ length: repositories }, (_, index) => ({
    namespace: namespaceOf(index),
    name: `service-${padded(index, 4)}`,
    tags: Array.from({ length: shareTo(index + 1) - shareTo(index) }, (_, tag) => ({ name: `v1.${tag}.0` })),
  }))
  const byNamespace = all.reduce(
    (byName, each) => byName.set(each.namespace, [...(byName.get(each.namespace) ?? []), each]),
    new Map<string, typeof all>(),
  )
  return buildNamespaces(
    [...byNamespace].map(([name, own]) => ({ name, repositories: own })),
    now,
  )
}

function policiesFor(count: number, namespaces: number, clock: Clock, random: Random): Raw[] {
  return Array.from({ length: count }, (_, index): Raw => {
    const namespace = `team-${padded(index % Math.max(1, namespaces), 3)}`
    const { id: registry, place } = places[random.between(0, places.length - 1)] ?? places[0]
    const created = random.between(20, 400) * dayMinutes + index
    return {
      id: 1 + index,
      name: `${namespace}-to-${place}-${padded(index, 5)}`,
      description: '',
      src_registry: { id: 0 },
      dest_registry: { id: registry },
      dest_namespace: '',
      filters: [
        { type: 'name', value: `${namespace}/**` },
        { type: 'tag', value: 'v*' },
      ],
      repo_scope_mode: 'regular',
      trigger: {
        type: 'scheduled',
        trigger_settings: { cron: `0 ${random.between(0, 59)} ${random.between(0, 23)} * * *` },
      },
      override: true,
      enabled: !random.chance(0.1),
      created_at: clock.ago(created),
      updated_at: clock.ago(random.between(60, created)),
    }
  })
}

/** What the policies did on the days before, oldest first, as it is listed once it is over. */
function executionsFor(policies: readonly Raw[], clock: Clock, random: Random): Raw[] {
  return policies
    .flatMap(({ id }) =>
      Array.from({ length: runsPerPolicy }, (_, day) => ({
        id,
        ago: day * dayMinutes + random.between(15, dayMinutes),
      })),
    )
    .sort((a, b) => b.ago - a.ago)
    .map(({ id, ago }, index): Raw => {
      const failed = random.chance(0.05) ? 1 : 0
      const start = new Date(clock.start.getTime() - ago * 60_000)
      return {
        id: 1 + index,
        policy_id: id,
        status: failed > 0 ? 'Failed' : 'Succeed',
        status_text: '',
        total: 20,
        failed,
        succeed: 20 - failed,
        in_progress: 0,
        stopped: 0,
        trigger: 'scheduled',
        created_at: microTime(start),
        updated_at: microTime(new Date(start.getTime() + random.between(60, 600) * 1000)),
      }
    })
}

/** Ids of these instances are fixed, as those of the demo are. */
export const largeInstanceId = (index: number): string => `00000000-0000-4000-8000-${padded(index, 12)}`

function instanceOf(index: number, size: Size, clock: Clock): Instance {
  const [name, policies] =
    index === 0
      ? ['large-registry', size.policies]
      : index === 1
        ? ['small-registry', smallPolicies]
        : [`spare-${padded(index, 2)}`, 2]
  const random = randomFrom(100 + index)
  const id = largeInstanceId(index)
  const info = instanceInfo(id, name, demo.project, `${name}.swr-pro.example.com`, clock.ago(300 * dayMinutes))
  const instance = emptyInstance(id, demo.project, info, clock.start)
  const content = index === 0 ? size : { ...size, repositories: 20, tags: 100 }
  instance.namespaces = namespacesFor(content, clock.ago(dayMinutes))
  instance.registries = registries(clock)
  const rows = policiesFor(policies, instance.namespaces.length, clock, random)
  instance.policies = rows
  instance.executions = executionsFor(rows, clock, random)
  instance.past = { upTo: instance.executions.length, policies: rows }
  instance.statistics = { replica_policy_quota: 20_000, image_repo_quota: 5_000, namespace_quota: 500 }
  return instance
}

/** Instances of the given size, in the account of the demo. */
export const largeInstances = (size: Size, clock: Clock): Instance[] =>
  Array.from({ length: size.instances }, (_, index) => instanceOf(index, size, clock))
