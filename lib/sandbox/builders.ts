import { linkSignatures } from './accessories'
import { newRepository, strict } from './basic/places'
import type { BasicRepository, BasicTag, Organization } from './basic/world'
import type { InstanceRepositories, RepositoriesToMake } from './repositories-to-make'
import { digestOf } from './seed/random'
import { never } from './time'
import type { Accessory, Artifact, Namespace, Repository } from './world'

/* What the control port is asked to make, in the form in which the world keeps it. */

export const defaultSizeBytes = 42_000_000

type Described = InstanceRepositories[number]

/** Signatures of an image, whose own digests follow from its digest. */
export function signaturesOf(digest: string, count: number, id: () => number, created: string): Accessory[] {
  return Array.from({ length: count }, (_, index) => ({
    id: id(),
    artifact: id(),
    digest: digestOf(`signature ${index} of ${digest}`),
    size: 1_400 + index,
    created,
  }))
}

function artifactsOf(path: string, { tags, untagged = [] }: Partial<Described>, now: string): readonly Artifact[] {
  const usual = { size: defaultSizeBytes, pushed: now, pulled: never, signatures: 0 }
  const described = [
    ...(tags ?? []).map((tag) => ({ ...usual, digest: digestOf(`${path}:${tag.name}`), ...tag })),
    ...untagged.map((image, at) => ({ ...usual, digest: digestOf(`${path} untagged ${at}`), ...image, name: '' })),
  ]
  const groups = new Map<string, typeof described>()
  for (const each of described) {
    const group = groups.get(each.digest)
    if (group) group.push(each)
    else groups.set(each.digest, [each])
  }
  const artifacts = [...groups].flatMap(([digest, group], at): Artifact[] => {
    const [first] = group
    if (!first) return []
    const tagged = group
      .filter(({ name }) => name !== '')
      .map(({ name, pushed, pulled }, index) => ({ id: at * 100 + index + 1, name, pushed, pulled }))
    let last = at * 100
    const id = () => {
      last += 1
      return last
    }
    const { size, pushed, pulled } = first
    const accessories = signaturesOf(digest, first.signatures, id, pushed)
    return [{ id: at + 1, digest, type: 'IMAGE', size, pushed, pulled, tags: tagged, accessories }]
  })
  return linkSignatures(artifacts)
}

export function buildNamespaces(
  wanted: readonly {
    readonly name: string
    readonly repositories: readonly (Pick<Described, 'name' | 'tags'> & Partial<Described>)[]
  }[],
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
        const artifacts = artifactsOf(`${name}/${repository.name}`, repository, now)
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
