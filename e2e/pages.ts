import type { APIRequestContext } from '@playwright/test'
import type { Route } from 'next'
import { routes } from '@/lib/routes'
import type { Place } from './fixtures'
import { farFromNow, policy, pullFrom, registry, run, scheduled } from './policies'
import { armAnew, askedByAnother, immutable, limit } from './retention-runs'
import type { Content } from './sandbox'

/*
 * Every screen of the console, with something to show on each: tests that walk through all of them need one line here
 * for a new one.
 */

const id = 1
const namespace = 'library'

export const content: Content = {
  namespaces: [{ name: namespace, repositories: [{ name: 'web', tags: ['1.0', '1.1'] }] }],
  registries: [registry(3, 'harbor-frankfurt'), registry(4, 'swr-paris', { type: 'huawei-SWR', status: 'unhealthy' })],
  policies: [
    policy(id, 'nightly', scheduled(farFromNow().cron)),
    policy(2, 'from-paris', { ...pullFrom(4), enabled: false, override: true }),
    policy(3, 'on-push', { trigger: { type: 'event_based' } }),
  ],
  executions: [
    run(1, id, 'Succeed'),
    run(2, id, 'Failed', { succeed: 1, failed: 3, status_text: 'dial tcp: i/o timeout' }),
    run(3, id, 'Succeed', { total: 0, succeed: 0 }),
    run(4, id, 'Stopped'),
  ],
  tasks: {
    2: [
      {
        id: 21,
        execution_id: 2,
        src_resource: 'library/web:[1.0,1.1]',
        dst_resource: 'library/web:[1.0,1.1]',
        status: 'Failed',
      },
    ],
  },
  subtasks: {
    21: [
      { id: 1, namespace, repository: 'web', tag: '1.0', status: 'Failed', status_text: '401 unauthorized' },
      { id: 2, namespace, repository: 'web', tag: '1.1', status: 'Succeed', status_text: '' },
    ],
  },
  retentionExecutions: [{ id: 7, policy_id: id, status: 'Succeed', trigger: 'SCHEDULED', dry_run: false }],
  retentionTasks: {
    7: [{ id: 71, execution_id: 7, repository: 'web', status: 'Succeed', total: 3, retained: 2 }],
  },
  immutableRules: [immutable(1, namespace, 'release-*')],
  retentions: [
    {
      id,
      name: 'keep-releases',
      namespace_name: namespace,
      namespace_id: 1,
      algorithm: 'or',
      enabled: true,
      rules: [
        {
          priority: 0,
          disabled: false,
          action: 'retain',
          template: 'latestPushedK',
          params: { latestPushedK: 10 },
          repo_scope_mode: 'regular',
          tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: 'v*' }],
          scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
        },
      ],
      ...scheduled(farFromNow().cron),
    },
  ],
}

export const repositories = [{ name: 'team/api', tags: ['1.0', '2.0'] }]

/** A dry run and a run of the retention policy, which the console keeps itself: they have other ids in each test. */
interface Runs {
  readonly dryRun: number
  readonly run: number
}

/** Starts both. The run waits for another admin: what the screens show stays as it is. */
export async function startRuns(asAdmin: APIRequestContext, place: Place): Promise<Runs> {
  await place.pace(0)
  await limit(asAdmin, place, { ceilingTags: 0 })
  const dryRun = await armAnew(asAdmin, place, id)
  return { dryRun, run: await askedByAnother(asAdmin, place, dryRun, id) }
}

type Titles = Readonly<Record<'en' | 'zh-CN', string>>

interface Screen {
  readonly address: (place: Place, organization: string, runs: Runs) => Route
  readonly title: Titles | ((runs: Runs) => Titles)
  /** What the first HTML shows of SWR's data. */
  readonly shows: readonly string[]
}

export const screens: readonly Screen[] = [
  { address: routes.home, title: { en: 'Instances', 'zh-CN': '实例' }, shows: ['prod-registry'] },
  { address: routes.settings, title: { en: 'Settings', 'zh-CN': '设置' }, shows: ['Shared sandbox'] },
  { address: routes.users, title: { en: 'Users', 'zh-CN': '用户' }, shows: ['ada@team.example', 'Vito Viewer'] },
  { address: routes.audit, title: { en: 'Audit log', 'zh-CN': '审计日志' }, shows: ['ada@team.example'] },
  { address: routes.instance, title: { en: 'Overview', 'zh-CN': '概览' }, shows: ['swr-paris'] },
  {
    address: routes.replication,
    title: { en: 'Replication policies', 'zh-CN': '同步策略' },
    shows: ['nightly', 'from-paris', 'on-push', 'harbor-frankfurt', 'library/**'],
  },
  {
    address: (place) => routes.replicationPolicy(place, id),
    title: { en: 'nightly · Replication', 'zh-CN': 'nightly · 镜像同步' },
    shows: ['nightly', 'harbor-frankfurt', 'dial tcp: i/o timeout'],
  },
  {
    address: (place) => routes.replicationHistory(place, id),
    title: { en: 'nightly · Replication', 'zh-CN': 'nightly · 镜像同步' },
    shows: ['nightly'],
  },
  {
    address: (place) => routes.replicationRun(place, id, 2),
    title: { en: 'Run 2 partially failed', 'zh-CN': '执行记录 2：部分失败' },
    shows: ['nightly', 'library/web:1.0', '401 unauthorized'],
  },
  {
    address: routes.replicationDeleted,
    title: { en: 'Deleted policies', 'zh-CN': '已删除的策略' },
    shows: [],
  },
  {
    address: routes.week,
    title: { en: 'Weekly schedule', 'zh-CN': '每周计划' },
    shows: ['nightly', 'keep-releases', 'harbor-frankfurt'],
  },
  {
    address: routes.registries,
    title: { en: 'Registries', 'zh-CN': '目标仓库' },
    shows: ['harbor-frankfurt', 'swr-paris', 'https://swr-paris.example.com'],
  },
  {
    address: routes.checks,
    title: { en: 'Checks', 'zh-CN': '策略检查' },
    shows: ['keep-releases', 'nightly', 'library/web:1.0'],
  },
  {
    address: (place) => routes.registry(place, 3),
    title: { en: 'Registries', 'zh-CN': '目标仓库' },
    shows: ['harbor-frankfurt'],
  },
  {
    address: (place) => routes.replicationCopy(place, id),
    title: { en: 'New replication policy', 'zh-CN': '新建同步策略' },
    shows: ['nightly', 'harbor-frankfurt'],
  },
  {
    address: routes.replicationNew,
    title: { en: 'New replication policy', 'zh-CN': '新建同步策略' },
    shows: ['harbor-frankfurt'],
  },
  {
    address: (place) => routes.replicationEdit(place, id),
    title: { en: 'Edit nightly', 'zh-CN': '编辑 nightly' },
    shows: ['nightly'],
  },
  {
    address: routes.retention,
    title: { en: 'Retention policies', 'zh-CN': '老化策略' },
    shows: ['keep-releases', namespace],
  },
  {
    address: (place) => routes.retentionPolicy(place, namespace, id),
    title: { en: 'keep-releases · Retention', 'zh-CN': 'keep-releases · 镜像老化' },
    shows: ['keep-releases', 'v*'],
  },
  {
    address: (place) => routes.retentionHistory(place, namespace, id),
    title: { en: 'keep-releases · Retention', 'zh-CN': 'keep-releases · 镜像老化' },
    shows: ['keep-releases'],
  },
  {
    address: (place) => routes.retentionNew(place),
    title: { en: 'New retention policy', 'zh-CN': '新建老化策略' },
    shows: [],
  },
  {
    address: (place) => routes.retentionCopy(place, namespace, id),
    title: { en: 'New retention policy', 'zh-CN': '新建老化策略' },
    shows: [],
  },
  {
    address: routes.retentionDeleted,
    title: { en: 'Deleted policies', 'zh-CN': '已删除的策略' },
    shows: [],
  },
  {
    address: (place) => routes.retentionApply(place, namespace, id),
    title: { en: 'Apply keep-releases to namespaces', 'zh-CN': '将 keep-releases 应用到命名空间' },
    shows: ['keep-releases', 'v*'],
  },
  {
    address: (place) => routes.retentionEdit(place, namespace, id),
    title: { en: 'Edit keep-releases', 'zh-CN': '编辑 keep-releases' },
    shows: ['keep-releases'],
  },
  {
    address: (place) => routes.retentionExecution({ ...place, namespace, policy: id }, 7),
    title: { en: 'SWR run 7', 'zh-CN': 'SWR 执行记录 7' },
    shows: ['keep-releases', 'library/web'],
  },
  {
    address: (place, _, { dryRun }) => routes.retentionDryRun({ ...place, namespace, policy: id }, dryRun),
    title: ({ dryRun }) => ({ en: `Dry run ${dryRun}`, 'zh-CN': `模拟执行 ${dryRun}` }),
    shows: ['keep-releases', 'v*'],
  },
  {
    address: (place, _, { run }) => routes.retentionRun({ ...place, namespace, policy: id }, run),
    title: ({ run }) => ({
      en: `Waiting for confirmation – Retention run ${run}`,
      'zh-CN': `等待确认 – 老化任务 ${run}`,
    }),
    shows: ['keep-releases', 'ada@team.example'],
  },
  {
    address: routes.retentionSettings,
    title: { en: 'Limits and archive', 'zh-CN': '限制与归档仓库' },
    shows: ['harbor-frankfurt'],
  },
  {
    address: routes.immutable,
    title: { en: 'Immutable tag rules', 'zh-CN': '镜像版本不可变规则' },
    shows: [namespace, 'release-*'],
  },
  { address: routes.inUse, title: { en: 'Images in use', 'zh-CN': '使用中的镜像' }, shows: [] },
  {
    address: ({ connection }, organization) =>
      routes.basicRetention(connection, { organization, repository: 'team/api' }),
    title: { en: 'Image retention', 'zh-CN': '镜像老化' },
    shows: ['team/api'],
  },
  {
    address: ({ connection }) => routes.basicRetentionSettings(connection),
    title: { en: 'Limits', 'zh-CN': '限制' },
    shows: [],
  },
  {
    address: ({ connection }, organization) => routes.sync(connection, { organization, repository: 'team/api' }),
    title: { en: 'Manual sync', 'zh-CN': '手动同步' },
    shows: ['team/api', '2.0'],
  },
  {
    address: ({ connection }) => routes.syncJobs(connection),
    title: { en: 'Sync jobs', 'zh-CN': '同步任务' },
    shows: [],
  },
  {
    address: ({ connection }, organization) => routes.syncAuto(connection, organization),
    title: { en: 'Automatic sync', 'zh-CN': '自动同步' },
    shows: [],
  },
]
