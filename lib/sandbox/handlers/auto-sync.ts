import type { basicOperations } from '../../contract/swr/basic'
import { basicPage, packedFilter } from '../basic-query'
import { basicRefusal } from '../errors'
import { textField } from '../json-fields'
import { microTime } from '../time'
import { domainId } from './basic-account'
import { basicRepositoryOf, type Handlers } from './handler'

export type AutoSyncOperations = Pick<
  typeof basicOperations,
  'autoSyncList' | 'autoSyncCreate' | 'autoSyncDelete' | 'autoSyncRunList'
>

const mostListed = 100

export const autoSyncHandlers: Handlers<AutoSyncOperations> = {
  autoSyncList(world, call) {
    const { organization, repository } = basicRepositoryOf(world, call, 'array')
    const rows = world.autoSyncs
      .filter((rule) => rule.project === call.project && rule.namespace === organization.name)
      .filter(({ repoName, syncAuto }) => repoName === repository.name && syncAuto)
      .slice(0, mostListed)
    return { body: rows.map(({ project: _project, ...row }) => row) }
  },
  autoSyncCreate(world, call) {
    const { organization, repository } = basicRepositoryOf(world, call, 'wrapped')
    const at = microTime(world.clock())
    world.autoSyncs.push({
      id: world.autoSyncs.length + 1,
      project: call.project,
      namespace: organization.name,
      repoName: repository.name,
      remoteRegionId: textField(call.body, 'remoteRegionId'),
      remoteNamespace: textField(call.body, 'remoteNamespace'),
      override: call.body.override === true,
      syncAuto: call.body.syncAuto !== false,
      createdAt: at,
      updatedAt: at,
      domainID: domainId,
      domainName: organization.creator,
    })
    return {}
  },
  autoSyncDelete(world, call) {
    const { organization, repository } = basicRepositoryOf(world, call, 'wrapped')
    const at = world.autoSyncs.findIndex(
      (rule) =>
        rule.project === call.project &&
        rule.namespace === organization.name &&
        rule.repoName === repository.name &&
        rule.remoteRegionId === textField(call.body, 'remoteRegionId') &&
        rule.remoteNamespace === textField(call.body, 'remoteNamespace'),
    )
    if (at < 0) throw basicRefusal('autoSyncMissing', '', 'wrapped')
    world.autoSyncs.splice(at, 1)
    return {}
  },
  autoSyncRunList(world, call) {
    basicRepositoryOf(world, call, 'array')
    const { page, headers } = basicPage([], packedFilter(call.query.text('filter') ?? ''))
    return { body: page, headers }
  },
}
