import { digestOf } from '../seed/random'
import type { World } from '../world'
import { copyingMs, countAttempt, deliver, settle } from './deliver'
import { nextBasicId, putTag } from './places'
import { applyBasicRetention } from './retention'
import type { AutoSync, BasicTag, Cell, Organization } from './world'

/** Somebody pushes an image: rules of automatic sync copy it, and nothing that was there before. */
export function push(
  world: World,
  organization: Organization,
  repository: string,
  tag: Pick<BasicTag, 'name' | 'digest' | 'size'>,
) {
  settle(world)
  putTag(world, organization, repository, tag, world.clock().getTime())
  const rules = world.basic.rules.filter(
    ({ project, rule }) =>
      project === organization.project &&
      rule.namespace === organization.name &&
      rule.repoName === repository &&
      rule.syncAuto,
  )
  for (const { rule } of rules) copyBy(world, organization, rule, tag)
  settle(world)
  const pushed = organization.repositories.find(({ name }) => name === repository)
  if (pushed) applyBasicRetention(world, organization, pushed, world.clock().getTime())
}

function copyBy(world: World, { name, project, mood }: Organization, rule: AutoSync, tag: Cell['tag']) {
  const pushed = world.clock().getTime()
  const [begins, ends] = [0.5, 1].map(
    (share) => pushed + share * (mood.automaticSeconds * 1000 + copyingMs(mood, tag.size)),
  ) as [number, number]
  const cell: Cell = {
    region: rule.remoteRegionId,
    organization: rule.remoteNamespace,
    repository: rule.repoName,
    tag,
    override: rule.override,
    from: { project, organization: name },
  }
  // Read when it ends: the organization may be made, and another image pushed, until then.
  world.basic.runs.push({ id: nextBasicId(world), project, rule, cell, pushed, begins, ends, outcome: null })
  deliver(world, cell, { mood, attempt: countAttempt(world, cell), at: ends })
}

/** A tag that is pushed without a digest is an image of its own. */
export const pushedDigest = (world: World, path: string) => digestOf(`${path} pushed as ${nextBasicId(world)}`)
