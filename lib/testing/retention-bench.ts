import { controlAnswer } from '../sandbox/control'
import { parsedJson } from '../sandbox/exchange'
import { listField, numberField, textField } from '../sandbox/json-fields'
import { bench } from './sandbox-client'

const day = 86_400_000

/** Words for what tests of retention ask of an instance that they make: `shop` holds what `repositories` says. */
export function retentionBench(repositories: readonly object[], content: object = {}) {
  const at = bench()
  const control = (method: string, target: string, body?: object) => {
    const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body))
    const answer = controlAnswer(at.world, { method, target, headers: {}, body: bytes })
    return { status: answer.status, json: parsedJson(answer.body) }
  }
  const made = control('POST', '/instances', { content: { namespaces: [{ name: 'shop', repositories }], ...content } })
  if (made.status !== 201) throw new Error(JSON.stringify(made.json))
  const here = { instance_id: textField(made.json, 'id') }
  const shop = { ...here, namespace_name: 'shop' }
  const page = { query: { offset: 0, limit: 100 } }

  return {
    ...at,
    control,
    here,
    shop,
    /** Makes a policy and answers its id. */
    policy(rule: object, more: object = {}): string {
      const body = {
        algorithm: 'or',
        enabled: true,
        name: 'under-test',
        rules: [rule],
        trigger: { type: 'manual', trigger_settings: { cron: '' } },
        ...more,
      }
      return String(numberField(at.ask('retentionCreate', shop, { body }).json, 'id'))
    },
    start: (policy_id: string, dry_run: boolean) =>
      String(numberField(at.ask('retentionExecutionStart', { ...shop, policy_id }, { body: { dry_run } }).json, 'id')),
    executions: (policy_id: string) =>
      listField(at.ask('retentionExecutionList', { ...shop, policy_id }, page).json, 'executions'),
    tasks: (policy_id: string, execution_id: string) =>
      listField(at.ask('retentionTaskList', { ...shop, policy_id, execution_id }, page).json, 'tasks'),
    /** Of all tasks, as `repository:tag action status`. */
    subtasks(policy_id: string, execution_id: string): string[] {
      const tasks = listField(at.ask('retentionTaskList', { ...shop, policy_id, execution_id }, page).json, 'tasks')
      return tasks.flatMap((task) => {
        const params = { ...shop, policy_id, execution_id, task_id: String(numberField(task, 'id')) }
        return listField(at.ask('retentionSubtaskList', params, page).json, 'sub_tasks').map(
          (row) =>
            `${textField(row, 'repository')}:${textField(row, 'tag')} ${textField(row, 'action')} ${textField(row, 'status')}`,
        )
      })
    },
    /** The tags of a repository; an untagged image is an empty text. */
    tags(repository_name: string, place: { instance_id: string; namespace_name: string } = shop): string[] {
      const got = at.ask('artifactList', { ...place, repository_name }, page)
      if (got.status === 404) return []
      return listField(got.json, 'artifacts')
        .flatMap((row) => {
          const names = listField(row, 'tags').map((tag) => textField(tag, 'name'))
          return names.length === 0 ? [''] : names
        })
        .toSorted()
    },
    push: (name: string, tags: readonly unknown[]) =>
      control('POST', '/images', { instance: here.instance_id, namespace: 'shop', repositories: [{ name, tags }] }),
    storage: () => numberField(at.ask('instanceStatistics', here).json, 'storage_used') ?? Number.NaN,
  }
}

/** A tag that was pushed so many days before the bench's clock begins. */
export const pushedAgo = (name: string, days: number, more: object = {}) => ({
  name,
  pushed: new Date(Date.parse('2026-03-04T09:30:00Z') - days * day).toISOString(),
  ...more,
})

const selector = (decoration: string, pattern: string) => ({ kind: 'doublestar', decoration, pattern })

/** Keeps the newest ones of what `tags` takes. */
export const keepNewest = (count: number, { tags = '**', repositories = '**' } = {}) => ({
  priority: 0,
  disabled: false,
  action: 'retain',
  template: 'latestPushedK',
  params: { latestPushedK: count },
  repo_scope_mode: 'regular',
  tag_selectors: [selector('matches', tags)],
  scope_selectors: { repository: [selector('repoMatches', repositories)] },
})

export const immutableRule = (tags: string, repositories = '**') => ({
  priority: 0,
  disabled: false,
  action: 'immutable',
  template: 'immutable_template',
  tag_selectors: [selector('matches', tags)],
  scope_selectors: { repository: [selector('repoMatches', repositories)] },
})
