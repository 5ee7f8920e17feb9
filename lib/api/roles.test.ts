import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ConsoleOperation, type ConsoleRoute, consoleRoutes } from '../contract/console/operations'
import { type Role, roles } from '../contract/roles'
import { type SwrOperation, swrRoutes } from '../contract/swr/operations'
import type { SwrRoute } from '../contract/swr/route'
import { throttles } from '../db/schema'
import type { TestMember } from '../testing/console'
import { type SandboxedConsole, startOnSandbox } from '../testing/sandbox'

/** Nothing that is asked here is there, and no write is complete: what a role lets through is stopped right behind it. */
const params = {
  instance_id: 'nowhere',
  namespace_name: 'n',
  repository_name: 'r',
  registry_id: '1',
  policy_id: '1',
  execution_id: '1',
  task_id: '1',
  namespace: 'n',
  repository: 'r',
  partial_run_id: '1',
  sync_job_id: '1',
  dry_run_id: '1',
  retention_run_id: '1',
  immutable_rule_id: '1',
  retention_id: '1',
  reference: 'v1',
  cluster: 'c',
  user_id: 'nobody',
  token_id: 'none',
  connection: 'default',
  kind: 'retention',
  object_id: '1',
}
const least: Record<SwrOperation | ConsoleOperation, Role> = {
  instanceList: 'viewer',
  instanceShow: 'viewer',
  instanceStatistics: 'viewer',
  namespaceList: 'viewer',
  repositoryList: 'viewer',
  namespaceRepositoryList: 'viewer',
  artifactListAll: 'viewer',
  artifactList: 'viewer',
  tagList: 'viewer',
  registryList: 'viewer',
  registryShow: 'viewer',
  registryCreate: 'admin',
  registryUpdate: 'admin',
  registryDelete: 'admin',
  replicationList: 'viewer',
  replicationShow: 'viewer',
  replicationCreate: 'admin',
  replicationUpdate: 'admin',
  replicationDelete: 'admin',
  executionList: 'viewer',
  executionStart: 'operator',
  executionStop: 'operator',
  executionTaskList: 'viewer',
  executionSubtaskList: 'viewer',
  retentionList: 'viewer',
  retentionShow: 'viewer',
  retentionUpdate: 'admin',
  organizationList: 'viewer',
  organizationShow: 'viewer',
  organizationCreate: 'admin',
  basicQuotaList: 'viewer',
  basicFeatureGateShow: 'viewer',
  agencyShow: 'viewer',
  basicRepositoryList: 'viewer',
  basicTagList: 'viewer',
  regionList: 'viewer',
  manualSync: 'operator',
  autoSyncList: 'viewer',
  autoSyncCreate: 'admin',
  autoSyncDelete: 'admin',
  autoSyncRunList: 'viewer',
  userList: 'admin',
  userInvite: 'admin',
  userUpdate: 'admin',
  userResetLink: 'admin',
  userSignOut: 'admin',
  tokenList: 'viewer',
  tokenCreate: 'viewer',
  tokenRevoke: 'viewer',
  connectionList: 'viewer',
  connectionRetry: 'admin',
  userUnlock: 'admin',
  auditList: 'viewer',
  revisionList: 'viewer',
  deletedList: 'viewer',
  matchPreview: 'viewer',
  copyPlanShow: 'viewer',
  replicationIndex: 'viewer',
  runShow: 'viewer',
  runTagList: 'viewer',
  runTaskList: 'viewer',
  retryPlanShow: 'viewer',
  partialRunStart: 'operator',
  partialRunCancel: 'operator',
  partialRunList: 'viewer',
  checkList: 'viewer',
  checkDraft: 'viewer',
  findingMute: 'admin',
  findingUnmute: 'admin',
  weekShow: 'viewer',
  weekScheduleList: 'viewer',
  registryUseList: 'viewer',
  targetNamespaceShow: 'viewer',
  syncReferenceRead: 'viewer',
  syncTagSearch: 'viewer',
  syncPlanShow: 'viewer',
  syncTargetShow: 'viewer',
  syncJobStart: 'operator',
  syncJobList: 'viewer',
  syncJobShow: 'viewer',
  syncJobRetry: 'operator',
  syncJobPause: 'operator',
  syncJobResume: 'operator',
  syncJobCancel: 'operator',
  autoSyncRuleList: 'viewer',
  artifactDelete: 'admin',
  accessoryList: 'viewer',
  retentionCreate: 'admin',
  retentionDelete: 'admin',
  retentionExecutionStart: 'operator',
  retentionExecutionList: 'viewer',
  retentionTaskList: 'viewer',
  retentionSubtaskList: 'viewer',
  immutableRuleList: 'viewer',
  immutableRuleCreate: 'admin',
  immutableRuleUpdate: 'admin',
  immutableRuleDelete: 'admin',
  instanceFeatureGateShow: 'viewer',
  garbageCollectionList: 'viewer',
  basicRetentionList: 'viewer',
  basicRetentionCreate: 'admin',
  basicRetentionUpdate: 'admin',
  basicRetentionDelete: 'admin',
  basicRetentionLogList: 'viewer',
  retentionDecide: 'viewer',
  retentionIndex: 'viewer',
  retentionLockShow: 'viewer',
  retentionArmingShow: 'viewer',
  retentionDryRunStart: 'operator',
  retentionDryRunShow: 'viewer',
  retentionDryRunImageList: 'viewer',
  retentionDryRunSee: 'viewer',
  retentionRunStart: 'operator',
  retentionRunShow: 'viewer',
  retentionRunImageList: 'viewer',
  retentionRunConfirm: 'admin',
  retentionRunCancel: 'operator',
  retentionRestoreStart: 'operator',
  retentionHistoryList: 'viewer',
  retentionExecutionShow: 'viewer',
  retentionExecutionImageList: 'viewer',
  retentionSettingsShow: 'viewer',
  retentionSettingsUpdate: 'admin',
  retentionCeilingConfirm: 'admin',
  retentionCeilingWithdraw: 'admin',
  archiveNamespaceList: 'viewer',
  archiveCopyList: 'viewer',
  archiveCopyDelete: 'admin',
  inUseList: 'viewer',
  inUsePut: 'operator',
  inUseDelete: 'operator',
  basicRetentionShow: 'viewer',
  basicRetentionDecide: 'viewer',
  basicRetentionSave: 'admin',
  basicRetentionConfirm: 'admin',
  basicRetentionWithdraw: 'admin',
  basicRetentionRemove: 'admin',
  basicRetentionLogShow: 'viewer',
}
let console_: SandboxedConsole
/** Of what one person is denied the log leaves out what is too much: not everything is asked by the same one. */
const askedByOne = 15
const members = new Map<string, TestMember>()
async function memberFor(role: Role, index: number): Promise<TestMember> {
  const name = `${role} ${Math.floor(index / askedByOne)}`
  const member = members.get(name) ?? (await console_.member(role))
  members.set(name, member)
  return member
}

beforeAll(async () => {
  console_ = await startOnSandbox()
})
afterAll(() => console_.close())
// One person is refused more often here than the log enters in a minute.
beforeEach(async () => {
  await console_.db.delete(throttles)
})

const isRead = ({ risk }: Pick<SwrRoute, 'risk'>) => risk === 'read'
const codeOf = async (answer: Response): Promise<unknown> => {
  const body: unknown = await answer.json()
  return typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined
}
// Some reads are asked with a body.
const asked = ({ method }: Pick<SwrRoute, 'method'>) => ({
  params,
  ...(method !== 'GET' && method !== 'DELETE' && { body: [] }),
})

const allOperations = Object.entries(swrRoutes) as [SwrOperation, SwrRoute][]
const swrOperations = allOperations.filter(([, { withheld }]) => !withheld)
const withheld = allOperations.filter((row) => !swrOperations.includes(row)).map(([name]) => name)
const ownOperations = Object.entries(consoleRoutes) as [ConsoleOperation, ConsoleRoute][]
const operations = [
  ...swrOperations.map(([name, operation]) => ({
    name,
    operation,
    ask: (who: TestMember | null) => console_.swr(who, name, asked(operation)),
  })),
  ...ownOperations.map(([name, operation]) => ({
    name,
    operation,
    ask: (who: TestMember | null) => console_.own(who, name, asked(operation)),
  })),
].map((row, index) => ({ ...row, index }))

describe.each(operations)('$name', ({ name, operation, ask, index }) => {
  test('says nothing to whoever is not signed in', async () => {
    const answer = await ask(null)
    expect([answer.status, await codeOf(answer)]).toEqual([401, 'not_signed_in'])
  })

  test.each(roles)('asked by: %s', async (role) => {
    const who = await memberFor(role, index)
    const answer = await ask(who)
    const may = roles.indexOf(role) >= roles.indexOf(least[name])
    const code = await codeOf(answer)
    const [entry] = (await console_.entries({ person: who.email, operation: name })).slice(-1)
    if (may) {
      expect([200, 404, 422, 428]).toContain(answer.status)
      expect(['not_signed_in', 'role_too_low', 'not_in_contract']).not.toContain(code)
    } else expect([answer.status, code]).toEqual([403, 'role_too_low'])
    if (isRead(operation)) return expect(entry).toBeUndefined()
    expect(entry).toMatchObject({ outcome: expect.stringMatching(/denied|done/), role, code: code ?? null })
  })
})

test.each(withheld)('%s is the console’s own to ask for, whoever asks', async (name) => {
  const answer = await console_.swr(await memberFor('admin', 0), name, asked(swrRoutes[name]))
  expect([answer.status, await codeOf(answer)]).toEqual([404, 'not_in_contract'])
})

test('none of this wrote anything to SWR', async () => {
  const requests = await console_.received()
  expect(requests.length).toBeGreaterThan(10)
  expect(requests.filter(({ method }) => method !== 'GET')).toEqual([])
})
