import type { RepositoriesToMake } from './repositories-to-make'
import { digestOf } from './seed/random'
import { never } from './time'
import type { Artifact, BasicRepository, Namespace, Organization, Repository } from './world'

/* What the control port is asked to make, in the form in which the world keeps it. */

const defaultSizeBytes = 42_000_000

function artifactsOf(path: string, tags: RepositoriesToMake[number]['tags'], now: string): Artifact[] {
  const described = tags.map((tag) => ({
    size: defaultSizeBytes,
    pushed: now,
    pulled: never,
    digest: digestOf(`${path}:${tag.name}`),
    ...tag,
  }))
  const groups = new Map<string, typeof described>()
  for (const each of described) {
    const group = groups.get(each.digest)
    if (group) group.push(each)
    else groups.set(each.digest, [each])
  }
  return [...groups].flatMap(([digest, group], at): Artifact[] => {
    const [first] = group
    if (!first) return []
    const tagged = group.map(({ name, pushed, pulled }, index) => ({ id: at * 100 + index + 1, name, pushed, pulled }))
    return [
      { id: at + 1, digest, type: 'IMAGE', size: first.size, pushed: first.pushed, pulled: first.pulled, tags: tagged },
    ]
  })
}

export function buildNamespaces(
  wanted: readonly { readonly name: string; readonly repositories: RepositoriesToMake }[],
  now: string,
): Namespace[] {
  let ids = 0
  return wanted.map(
    ({ name, repositories }, index): Namespace => ({
      id: index + 1,
      name,
      isPublic: false,
      created: now,
      updated: now,
      repositories: repositories.map((repository): Repository => {
        ids += 1
        const artifacts = artifactsOf(`${name}/${repository.name}`, repository.tags, now)
        return { id: ids, name: repository.name, description: '', pulls: 0, created: now, updated: now, artifacts }
      }),
    }),
  )
}

export function buildOrganization(
  head: Pick<Organization, 'id' | 'name' | 'project' | 'auth'> & Partial<Pick<Organization, 'tagSearch'>>,
  wanted: RepositoriesToMake,
  now: string,
): Organization {
  const repositories = wanted.map(
    ({ name, tags }, at): BasicRepository => ({
      id: at + 1,
      name,
      description: '',
      category: 'other',
      isPublic: false,
      downloads: 0,
      created: now,
      updated: now,
      tags: tags.map((tag, index) => ({
        size: defaultSizeBytes,
        digest: digestOf(`${head.name}/${name}:${tag.name}`),
        created: now,
        updated: now,
        id: index + 1,
        ...tag,
      })),
    }),
  )
  return { tagSearch: 'part', ...head, creator: 'sandbox', repositories }
}
