import type { Raw } from '../json-fields'
import type { Instance } from '../world'

const rules = [
  { name: 'keep-last-10', template: 'latestPushedK', amount: 10, cron: '0 30 3 * * *', tags: '**', repositories: '**' },
  {
    name: 'keep-pulled-20',
    template: 'latestPulledN',
    amount: 20,
    cron: '',
    tags: '**',
    repositories: '{team/**,psp/**}',
  },
  {
    name: 'drop-after-90-days',
    template: 'nDaysSinceLastPush',
    amount: 90,
    cron: '0 0 4 ? * 0',
    tags: 'main-*',
    repositories: '**',
  },
  {
    name: 'drop-unused-60-days',
    template: 'nDaysSinceLastPull',
    amount: 60,
    cron: '0 15 2 * * *',
    tags: 'latest',
    repositories: '**',
  },
  {
    name: 'keep-releases',
    template: 'latestPushedK',
    amount: 30,
    cron: '',
    tags: 'v*',
    repositories: '{auth,tokens,oidc/**}',
  },
] as const

/** Namespaces that nobody cleans up. */
const spared = ['charts', 'mobile']

/** A policy for most namespaces, with each template, some excluding instead of matching, one switched off. */
export function addRetentions(instance: Instance) {
  instance.retentions = instance.namespaces
    .filter(({ name }) => !spared.includes(name))
    .map((namespace, index): Raw => {
      const rule = rules[index % rules.length] ?? rules[0]
      const excludes = rule.template === 'nDaysSinceLastPull'
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
              { kind: 'doublestar', decoration: excludes ? 'excludes' : 'matches', pattern: rule.tags, extras: '' },
            ],
            scope_selectors: {
              repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: rule.repositories, extras: '' }],
            },
            repo_scope_mode: rule.repositories === '**' ? 'regular' : 'selection',
          },
        ],
        trigger: { type: rule.cron ? 'scheduled' : 'manual', trigger_settings: { cron: rule.cron } },
        enabled: index !== 5,
        name: index < rules.length ? rule.name : `${namespace.name}-${rule.name}`,
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
