import { never } from '../time'
import type { Artifact, Namespace, Repository, Tag } from '../world'
import type { Clock } from './clock'
import { digestOf, type Random } from './random'

const day = 24 * 60

/** Version tags from old to new, as base images and services use them. */
function versions(namespace: string, count: number, random: Random): string[] {
  if (namespace === 'library') {
    const major = random.between(1, 17)
    return Array.from(
      { length: count },
      (_, index) => `${major}.${index >> 2}.${index & 3}${index % 5 === 4 ? '-alpine' : ''}`,
    )
  }
  const major = random.between(1, 4)
  const minor = random.between(0, 20)
  return Array.from({ length: count }, (_, index) => {
    const version = `${major}.${minor + Math.floor(index / 4)}.${index % 4}`
    if (namespace === 'charts') return version
    if (index % 9 === 5) return `main-${digestOf(`${namespace}${version}${index}`).slice(7, 14)}`
    return index % 9 === 7 ? `v${version}-rc.1` : `v${version}`
  })
}

function artifacts(path: string, namespace: string, ids: Ids, clock: Clock, random: Random): Artifact[] {
  const names = versions(namespace, random.between(9, 23), random)
  const newest = random.between(20, 12 * day)
  const gap = random.between(day, 9 * day)
  const base = random.between(8, 320) * 1_000_000
  return names.map((name, index): Artifact => {
    const age = newest + (names.length - 1 - index) * gap + random.between(0, day)
    const pushed = clock.ago(age)
    const isNewest = index === names.length - 1
    const pulled = !isNewest && random.chance(0.35) ? never : clock.ago(random.between(5, Math.min(age, 20 * day)))
    const tag = (tagName: string): Tag => ({ id: ids.next(), name: tagName, pushed, pulled })
    return {
      id: ids.next(),
      digest: digestOf(`${path}:${name}`),
      type: namespace === 'charts' ? 'CHART' : 'IMAGE',
      size: namespace === 'charts' ? random.between(9_000, 90_000) : base + index * random.between(1_000, 400_000),
      pushed,
      pulled,
      tags: isNewest && namespace !== 'charts' ? [tag(name), tag('latest')] : [tag(name)],
    }
  })
}

/**
 * A namespace that has grown: one more repository, and older builds in all of them until it holds so many tags. Built after
 * the others, which it leaves as they are.
 */
export function grown(
  namespace: Namespace,
  more: string,
  tags: number,
  ids: Ids,
  clock: Clock,
  random: Random,
): Namespace {
  const path = `${namespace.name}/${more}`
  const all = artifacts(path, namespace.name, ids, clock, random)
  const added: Repository = {
    id: ids.next(),
    name: more,
    description: '',
    pulls: random.between(3, 9_000),
    created: clock.ago(300 * day),
    updated: all.at(-1)?.pushed ?? clock.ago(0),
    artifacts: all,
  }
  const repositories = [...namespace.repositories, added]
  const held = repositories.flatMap((each) => each.artifacts).reduce((sum, each) => sum + each.tags.length, 0)
  const missing = Math.max(tags - held, 0)
  const share = (count: number) => Math.floor((missing * count) / repositories.length)
  return {
    ...namespace,
    repositories: repositories.map((repository, index) => ({
      ...repository,
      artifacts: [
        ...builds(`${namespace.name}/${repository.name}`, share(index + 1) - share(index), ids, clock),
        ...repository.artifacts,
      ],
    })),
  }
}

function builds(path: string, count: number, ids: Ids, clock: Clock): Artifact[] {
  return Array.from({ length: count }, (_, index): Artifact => {
    const pushed = clock.ago((330 - index * 2) * day)
    const digest = digestOf(`${path} build ${index}`)
    const tags = [{ id: ids.next(), name: `build-${digest.slice(7, 14)}`, pushed, pulled: never }]
    return { id: ids.next(), digest, type: 'IMAGE', size: 61_000_000 + index * 9_000, pushed, pulled: never, tags }
  })
}

export interface Ids {
  next(): number
}

export function idsFrom(start: number): Ids {
  let last = start
  return {
    next() {
      last += 1
      return last
    },
  }
}

const descriptions = [
  '',
  '',
  '',
  'Owned by the team of the same name',
  'Base image, rebuilt weekly',
  'Deprecated, see wiki',
] as const

export function content(
  catalog: Readonly<Record<string, readonly string[]>>,
  ids: Ids,
  clock: Clock,
  random: Random,
): Namespace[] {
  return Object.entries(catalog).map(([name, repositories], index): Namespace => {
    const rows = repositories.map((repository): Repository => {
      const all = artifacts(`${name}/${repository}`, name, ids, clock, random)
      return {
        id: ids.next(),
        name: repository,
        description: random.pick(descriptions),
        pulls: random.between(3, 90_000),
        created: clock.ago(random.between(200, 500) * day),
        updated: all.at(-1)?.pushed ?? clock.ago(0),
        artifacts: all,
      }
    })
    return {
      id: index + 1,
      name,
      isPublic: name === 'library',
      created: clock.ago((520 - index) * day),
      updated: clock.ago(random.between(1, 30) * day),
      repositories: rows,
    }
  })
}
