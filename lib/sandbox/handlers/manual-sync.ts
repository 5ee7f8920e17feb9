import type { basicOperations } from '../../contract/swr/basic'
import { organizationName } from '../../contract/vocabulary'
import { copyingMs, countAttempt, deliver, faultOf, isCopied, settle } from '../basic/deliver'
import { accountsOrganization, isRegion, projectOf } from '../basic/places'
import type { BasicRepository, BasicTag, Cell, Organization } from '../basic/world'
import { basicRefusal } from '../errors'
import { listField, textField } from '../json-fields'
import type { World } from '../world'
import { basicRepositoryOf, type Handlers } from './handler'

export type ManualSyncOperations = Pick<typeof basicOperations, 'manualSync'>

/** What is refused in either mood, or, in the mood of the documentation, only there. Whether SWR copies anything. */
export function requireTarget(
  world: World,
  source: Organization,
  target: { readonly region: string; readonly organization: string },
): boolean {
  const { account, region, imageSync } = projectOf(world, source.project)
  const isStrict = source.mood.mood === 'strict'
  if (!organizationName.test(target.organization))
    throw basicRefusal('organizationName', target.organization, 'wrapped')
  if (!isRegion(world, target.region))
    throw isStrict
      ? basicRefusal('invalid', `remoteRegionId ${target.region}`, 'wrapped')
      : basicRefusal('unknownRegion', '', 'wrapped')
  if (target.region === region) throw basicRefusal('invalid', 'remoteRegionId is the region of the image', 'wrapped')
  if (!imageSync && isStrict) throw basicRefusal('forbidden', 'image sync is not available', 'wrapped')
  const isThere = accountsOrganization(world, account, target.region, target.organization) !== undefined
  if (!isThere && isStrict) throw basicRefusal('organizationMissing', target.organization, 'wrapped')
  return isThere && imageSync
}

/** The tags that are asked for; the service was seen to say yes to some that do not exist. */
function tagsOf({ mood }: Organization, repository: BasicRepository, names: readonly unknown[]): BasicTag[] {
  return names.flatMap((name) => {
    const tag = repository.tags.get(String(name))
    if (!tag && mood.mood === 'strict') throw basicRefusal('tagMissing', String(name), 'wrapped')
    return tag ?? []
  })
}

export const manualSyncHandlers: Handlers<ManualSyncOperations> = {
  manualSync(world, call) {
    const { organization: source, repository } = basicRepositoryOf(world, call, 'wrapped')
    const target = {
      region: textField(call.body, 'remoteRegionId'),
      organization: textField(call.body, 'remoteNamespace'),
    }
    const isThere = requireTarget(world, source, target)
    const tags = tagsOf(source, repository, listField(call.body, 'imageTag'))
    if (!isThere) return { body: [] }
    const sent = tags.map((tag) => {
      const cell: Cell = {
        ...target,
        repository: repository.name,
        tag: { name: tag.name, digest: tag.digest, size: tag.size },
        override: call.body.override === true,
        from: { project: source.project, organization: source.name },
      }
      return { cell, attempt: countAttempt(world, cell) }
    })
    if (sent.some(({ cell, attempt }) => attempt === 0 && faultOf(cell) === 'fault-once'))
      throw basicRefusal('busy', '', 'wrapped')

    const now = world.clock().getTime()
    let takes = 0
    // One after the other: who breaks off the call finds some of them there, and the others later.
    for (const { cell, attempt } of sent) {
      if (isCopied(world, cell)) takes += copyingMs(source.mood, cell.tag.size)
      deliver(world, cell, { mood: source.mood, attempt, at: now + takes })
    }
    settle(world)
    // The answer does not tell which of them stayed as they were.
    return { body: [], takes }
  },
}
