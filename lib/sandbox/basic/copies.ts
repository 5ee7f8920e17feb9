import type { World } from '../world'
import { settle } from './deliver'
import { projectOf } from './places'

/** A tag that a sync put into another region. */
export interface Copy {
  readonly project: string
  readonly region: string
  readonly remoteOrganization: string
  readonly organization: string
  readonly repository: string
  readonly tag: string
  readonly digest: string
  readonly at: string
}

/** What sync has brought to other regions until now. */
export function copiesIn(world: World): Copy[] {
  settle(world)
  return world.basic.organizations.flatMap(({ project, name, repositories }) =>
    repositories.flatMap((repository) =>
      [...repository.tags.values()].flatMap((tag): Copy[] => {
        if (!tag.from) return []
        const target = {
          region: projectOf(world, project).region,
          remoteOrganization: name,
          repository: repository.name,
        }
        return [{ ...target, ...tag.from, tag: tag.name, digest: tag.digest, at: tag.updated }]
      }),
    ),
  )
}
