import { newRepository, strict } from './basic/places'
import type { BasicRepository, BasicTag, Organization } from './basic/world'
import type { RepositoriesToMake } from './repositories-to-make'
import { digestOf } from './seed/random'
import { never } from './time'
import type { Artifact, Namespace, Repository } from './world'

/* What the control port is asked to make, in the form in which the world keeps it. */

export const defaultSizeBytes = 42_000_000

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

type Head = Pick<Organization, 'id' | 'name' | 'project' | 'auth'> & Partial<Pick<Organization, 'tagSearch' | 'mood'>>

export function buildOrganization(head: Head, wanted: RepositoriesToMake, now: string): Organization {
  const repositories = wanted.map(({ name, tags }, at): BasicRepository => {
    const all = tags.map((tag, index): BasicTag => ({ ...basicTag(`${head.name}/${name}`, tag, now), id: index + 1 }))
    return { ...newRepository(at + 1, name, now), tags: new Map(all.map((tag) => [tag.name, tag])) }
  })
  return { tagSearch: 'part', mood: strict, ...head, creator: 'sandbox', repositories }
}

function basicTag(path: string, given: RepositoriesToMake[number]['tags'][number], now: string): Omit<BasicTag, 'id'> {
  const { pushed, ...tag } = { pushed: now, pulled: never, ...given }
  return {
    size: defaultSizeBytes,
    digest: digestOf(`${path}:${tag.name}`),
    created: pushed,
    updated: pushed,
    ...tag,
  }
}
