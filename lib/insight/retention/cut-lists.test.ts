import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { immutableRule } from '../../contract/swr/immutable-rule'
import { systemActor } from '../../contract/system-actor'
import { heldPolicy, heldRule, namespace, policyId } from '../../testing/held-retention'
import { type SandboxedConsole, startOnSandbox } from '../../testing/sandbox'
import { atNext } from '../../testing/swr-hooks'
import { imagesAt } from './archive/side'
import { freshNamespace } from './fresh-listing'
import { guardImmutableRule } from './immutable-guard'
import { immutableHashOf, immutableRulesOf } from './immutable-rules'
import { readVerdicts } from './verdicts'

/* Lists that decide on deletion, of which SWR counts more rows than it lists. */

vi.mock('../../swr/client', async (original) => (await import('../../testing/swr-hooks')).hooked(original))

let console_: SandboxedConsole
let instance = ''
beforeAll(async () => {
  console_ = await startOnSandbox()
  instance = await console_.instance({
    namespaces: [{ name: namespace, repositories: [{ name: 'api', tags: ['v1'] }] }],
    retentions: [heldPolicy()],
    immutableRules: [heldRule(9, 'v1')],
    retentionExecutions: [{ id: 5, policy_id: policyId, dry_run: true, status: 'Succeed', trigger: 'manual' }],
    retentionTasks: { 5: [{ id: 1, execution_id: 5, repository: 'api', status: 'Succeed', total: 1, retained: 1 }] },
    retentionSubtasks: { 1: [{ id: 1, repository: 'api', tag: 'v1', digest: 'sha256:1', action: 'RETAIN' }] },
  })
})
afterAll(() => console_.close())

type Listed = Parameters<typeof atNext>[0]

/** SWR counts one row more than there is, on each page, until `end` is called. */
function countsMore(name: Listed): () => void {
  let isOn = true
  const next = () =>
    atNext(name, async (answer) => {
      if (isOn) next()
      const page = await answer()
      const total = typeof page === 'object' && page !== null && 'total' in page ? Number(page.total) : 0
      return isOn ? { ...Object(page), total: total + 1 } : page
    })
  next()
  return () => {
    isOn = false
  }
}

const at = () => ({ connection: 'default', instance })
const place = () => ({ ...at(), namespace, policy: policyId })
const readers: [string, Listed, () => Promise<unknown>][] = [
  [
    'repositories',
    'namespaceRepositoryList',
    async () => (await freshNamespace(systemActor, at(), namespace)).complete,
  ],
  ['images', 'artifactList', async () => (await freshNamespace(systemActor, at(), namespace)).complete],
  ['images of the archive', 'artifactList', () => imagesAt(systemActor, at(), `${namespace}/api`).then(() => true)],
  ['immutable tag rules', 'immutableRuleList', async () => (await immutableRulesOf(systemActor, at(), true)).known],
  [
    'immutable tag rules that are compared',
    'immutableRuleList',
    () => immutableHashOf(systemActor, place()).then(() => true),
  ],
  ['schedules', 'retentionList', () => guardImmutableRule(letGo()).then(() => true)],
  ['tasks', 'retentionTaskList', () => verdicts()],
  ['subtasks', 'retentionSubtaskList', () => verdicts()],
]

const verdicts = async () => (await readVerdicts({ actor: systemActor, check: () => {} }, place(), 5)).complete

const letGo = () => ({
  db: console_.db,
  actor: systemActor,
  connection: 'default',
  params: { instance_id: instance },
  namespace,
  was: immutableRule.parse({ ...heldRule(9, 'v1'), content_hash: '' }),
  now: null,
  onSwitchedOff: () => {},
})

test.each(readers)('of %s: they are not taken for all', async (_, name, read) => {
  expect(await read()).toBe(true)
  const end = countsMore(name)
  // Throws, or says that it is not all.
  expect(await read().catch(({ problem }) => problem.code === 'swr_unreadable' && false)).toBe(false)
  end()
  expect(await read()).toBe(true)
})
