import type { Raw } from '../json-fields'
import type { Instance } from '../world'
import type { Clock } from './clock'

/*
 * What people have in SWR beside what this console would make: Chinese names, which the English pages of SWR do not mention,
 * and values that break its rules. They come after everything else of the seed and leave it as it is.
 */

const day = 24 * 60
const plantId = 24

export function addChinese(instance: Instance, clock: Clock) {
  const times = { created_at: clock.ago(33 * day), updated_at: clock.ago(4 * day) }
  const here = { id: 0 }
  instance.registries.push({
    id: plantId,
    name: '上海-灾备',
    description: '上海机房的 Harbor',
    type: 'swr-pro',
    url: 'https://harbor.shanghai.example.com',
    region_id: '',
    project_id: '',
    instance_id: '',
    credential: { type: 'basic', access_key: 'robot$shanghai', access_secret: '' },
    insecure: false,
    dns_conf: { hosts: {} },
    status: 'healthy',
    ...times,
  })
  const policy = {
    description: '',
    src_registry: here,
    dest_registry: { id: plantId },
    dest_namespace: '',
    repo_scope_mode: 'regular',
    override: true,
    ...times,
  }
  instance.policies.push(
    {
      ...policy,
      id: 301,
      name: '支付-同步_1',
      description: '支付团队的正式版本',
      filters: [
        { type: 'name', value: 'payments/**' },
        { type: 'tag', value: 'v*' },
      ],
      trigger: { type: 'manual', trigger_settings: { cron: '' } },
      enabled: true,
    },
    // Made by an older tool: a blank and a dot in its name, a cron of five fields, and tags that are left out.
    {
      ...policy,
      id: 302,
      name: 'legacy sync v1.0',
      filters: [
        { type: 'name', value: 'library/**' },
        { type: 'tag', value: '*-alpine', decoration: 'excludes' },
      ],
      trigger: { type: 'scheduled', trigger_settings: { cron: '0 2 * * *' } },
      enabled: false,
    },
  )
}

/** A retention policy of a namespace that had none. */
export function addChineseRetention(instance: Instance) {
  const namespace = instance.namespaces.find(({ name }) => name === 'mobile')
  if (!namespace) return
  const selector = { kind: 'doublestar', pattern: '**', extras: '' }
  const rule: Raw = {
    id: 90,
    priority: 0,
    disabled: false,
    action: 'retain',
    template: 'latestPushedK',
    params: { latestPushedK: 20 },
    tag_selectors: [{ ...selector, decoration: 'matches' }],
    scope_selectors: { repository: [{ ...selector, decoration: 'repoMatches' }] },
    repo_scope_mode: 'regular',
  }
  instance.retentions.push({
    id: 40,
    algorithm: 'or',
    rules: [rule],
    trigger: { type: 'manual', trigger_settings: { cron: '' } },
    enabled: true,
    name: '移动端-保留20个',
    namespace_id: namespace.id,
    namespace_name: namespace.name,
  })
}
