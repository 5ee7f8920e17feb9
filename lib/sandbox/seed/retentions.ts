import type { Raw } from '../json-fields'
import type { Instance } from '../world'
import type { Clock } from './clock'

const kept = {
  last10: { name: 'keep-last-10', template: 'latestPushedK', amount: 10, tags: '**', repositories: '**' },
  pulled20: {
    name: 'keep-pulled-20',
    template: 'latestPulledN',
    amount: 20,
    tags: '**',
    repositories: '{team/**,psp/**}',
  },
  recent90: {
    name: 'drop-after-90-days',
    template: 'nDaysSinceLastPush',
    amount: 90,
    tags: 'main-*',
    repositories: '**',
  },
  used60: {
    name: 'drop-unused-60-days',
    template: 'nDaysSinceLastPull',
    amount: 60,
    tags: 'latest',
    repositories: '**',
  },
  releases: {
    name: 'keep-releases',
    template: 'latestPushedK',
    amount: 30,
    tags: 'v*',
    repositories: '{auth,tokens,oidc/**}',
  },
} as const

interface Plan {
  readonly namespace: string
  readonly rule: keyof typeof kept
  readonly schedule?: 'nightly' | 'monthly' | 'weekly'
  readonly off?: true
}

/** When policies run that have a schedule by day. */
export const nightly = { hour: 2, minute: 15 } as const

/*
 * What would go now is that of policies that are run by hand, that are switched off, or whose day is far: what runs each
 * night has nothing left to delete. The one by month was made since its last day, with a pattern that lets nearly all go.
 * Copies by pull policies arrive in `library`, `platform`, `ml` and `charts`: no schedule deletes there.
 */
const plans: readonly Plan[] = [
  { namespace: 'library', rule: 'last10' },
  { namespace: 'payments', rule: 'pulled20' },
  { namespace: 'checkout', rule: 'recent90', schedule: 'monthly' },
  { namespace: 'catalog', rule: 'used60', schedule: 'nightly' },
  { namespace: 'identity', rule: 'releases' },
  { namespace: 'platform', rule: 'last10', schedule: 'nightly', off: true },
  { namespace: 'data', rule: 'pulled20' },
  { namespace: 'ml', rule: 'recent90', schedule: 'weekly', off: true },
  { namespace: 'observability', rule: 'used60', schedule: 'nightly' },
]

/** Two weeks from the start, on a day that every month has. */
function farDay({ start }: Clock): number {
  const day = new Date(start.getTime() + 14 * 86_400_000).getUTCDate()
  return Math.min(day, 28)
}

function cronOf({ schedule }: Plan, clock: Clock): string {
  if (schedule === 'nightly') return `0 ${nightly.minute} ${nightly.hour} * * *`
  if (schedule === 'weekly') return '0 0 4 ? * 0'
  return schedule === 'monthly' ? `0 0 4 ${farDay(clock)} * ?` : ''
}

/** A policy for most namespaces, with each template, one excluding instead of matching, some switched off. */
export function addRetentions(instance: Instance, clock: Clock) {
  const names = new Set<string>()
  const held = plans.flatMap((plan) => {
    const namespace = instance.namespaces.find(({ name }) => name === plan.namespace)
    return namespace ? [{ plan, namespace }] : []
  })
  instance.retentions = held.map(({ plan, namespace }, index): Raw => {
    const rule = kept[plan.rule]
    const cron = cronOf(plan, clock)
    const name = names.has(rule.name) ? `${namespace.name}-${rule.name}` : rule.name
    names.add(rule.name)
    return {
      id: 7 + index,
      algorithm: 'or',
      rules: [
        {
          id: 70 + index,
          priority: 0,
          disabled: false,
          action: 'retain',
          template: rule.template,
          params: { [rule.template]: rule.amount },
          tag_selectors: [
            {
              kind: 'doublestar',
              decoration: plan.rule === 'used60' ? 'excludes' : 'matches',
              pattern: rule.tags,
              extras: '',
            },
          ],
          scope_selectors: {
            repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: rule.repositories, extras: '' }],
          },
          repo_scope_mode: rule.repositories === '**' ? 'regular' : 'selection',
        },
      ],
      trigger: { type: cron ? 'scheduled' : 'manual', trigger_settings: { cron } },
      enabled: !plan.off,
      name,
      namespace_id: namespace.id,
      namespace_name: namespace.name,
    }
  })
}

/** What must not change: releases of one namespace, and everything of another, for which somebody has switched it off. */
export function addImmutableRules(instance: Instance) {
  const rules = [
    { namespace: 'observability', tags: 'v*', disabled: false },
    { namespace: 'ml', tags: '**', disabled: true },
  ]
  const selector = { kind: 'doublestar', extras: '' }
  instance.immutableRules = rules.flatMap(({ namespace: name, tags, disabled }, index): Raw[] => {
    const namespace = instance.namespaces.find((each) => each.name === name)
    if (!namespace) return []
    return [
      {
        id: 3 + index,
        namespace_id: namespace.id,
        namespace_name: name,
        priority: 0,
        disabled,
        action: 'immutable',
        template: 'immutable_template',
        tag_selectors: [{ ...selector, decoration: 'matches', pattern: tags }],
        scope_selectors: { repository: [{ ...selector, decoration: 'repoMatches', pattern: '**' }] },
      },
    ]
  })
}
