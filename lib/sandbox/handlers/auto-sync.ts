import type { basicOperations } from '../../contract/swr/basic'
import { nextBasicId } from '../basic/places'
import type { AutoSyncRun } from '../basic/world'
import { basicPage, packedFilter } from '../basic-query'
import { basicRefusal } from '../errors'
import { textField } from '../json-fields'
import { microTime } from '../time'
import type { World } from '../world'
import { domainId } from './basic-account'
import { basicRepositoryOf, type Handlers } from './handler'
import { requireTarget } from './manual-sync'

export type AutoSyncOperations = Pick<
  typeof basicOperations,
  'autoSyncList' | 'autoSyncCreate' | 'autoSyncDelete' | 'autoSyncRunList'
>

type InRepository = Parameters<typeof basicRepositoryOf>[1]

/** Rules of a repository, those that are never listed among them. */
function rulesOf(world: World, call: InRepository, shape: 'array' | 'wrapped') {
  const { organization, repository } = basicRepositoryOf(world, call, shape)
  const rules = world.basic.rules.filter(
    ({ project, rule }) =>
      project === call.project && rule.namespace === organization.name && rule.repoName === repository.name,
  )
  return { organization, repository, rules }
}

const targetOf = (body: unknown) => ({
  remoteRegionId: textField(body, 'remoteRegionId'),
  remoteNamespace: textField(body, 'remoteNamespace'),
})

const mostListed = 100

function runRow(run: AutoSyncRun, now: number) {
  const { syncAuto: _syncAuto, ...rule } = run.rule
  const status = run.outcome ?? (now < run.begins ? 'waiting' : 'running')
  const updated = run.outcome ? run.ends : now < run.begins ? run.pushed : run.begins
  return {
    ...rule,
    id: run.id,
    tag: run.cell.tag.name,
    status,
    syncOperatorId: domainId,
    syncOperatorName: rule.domainName,
    createdAt: microTime(new Date(run.pushed)),
    updatedAt: microTime(new Date(updated)),
  }
}

export const autoSyncHandlers: Handlers<AutoSyncOperations> = {
  autoSyncList(world, call) {
    const { rules } = rulesOf(world, call, 'array')
    const listed = rules.filter(({ rule }) => rule.syncAuto).slice(0, mostListed)
    return { body: listed.map(({ rule }) => rule) }
  },
  autoSyncCreate(world, call) {
    const { organization, repository, rules } = rulesOf(world, call, 'wrapped')
    const target = targetOf(call.body)
    requireTarget(world, organization, { region: target.remoteRegionId, organization: target.remoteNamespace })
    const isThere = rules.some(
      ({ rule }) => rule.remoteRegionId === target.remoteRegionId && rule.remoteNamespace === target.remoteNamespace,
    )
    if (isThere) throw basicRefusal('duplicateAutoSync', '', 'wrapped')
    const at = microTime(world.clock())
    world.basic.rules.push({
      project: call.project,
      rule: {
        ...target,
        id: nextBasicId(world),
        namespace: organization.name,
        repoName: repository.name,
        override: call.body.override === true,
        syncAuto: call.body.syncAuto === true,
        createdAt: at,
        updatedAt: at,
        domainID: domainId,
        domainName: organization.creator,
      },
    })
    return {}
  },
  autoSyncDelete(world, call) {
    const { rules } = rulesOf(world, call, 'wrapped')
    const target = targetOf(call.body)
    const found = rules.find(
      ({ rule }) => rule.remoteRegionId === target.remoteRegionId && rule.remoteNamespace === target.remoteNamespace,
    )
    if (!found) throw basicRefusal('autoSyncMissing', '', 'wrapped')
    world.basic.rules.splice(world.basic.rules.indexOf(found), 1)
    return {}
  },
  autoSyncRunList(world, call) {
    const { organization, repository } = basicRepositoryOf(world, call, 'array')
    const filter = packedFilter(call.query.text('filter') ?? '')
    if (filter.limit === undefined || filter.offset === undefined) throw basicRefusal('invalid', 'filter')
    const now = world.clock().getTime()
    const rows = world.basic.runs
      .filter(
        ({ project, rule }) =>
          project === call.project && rule.namespace === organization.name && rule.repoName === repository.name,
      )
      .map((run) => runRow(run, now))
    const { page, headers } = basicPage(filter.order === 'asc' ? rows : rows.toReversed(), filter)
    return { body: page, headers }
  },
}
