/* What an instance of a test holds of retention, and what is sent to it. */

export const registryId = 3
export const policyId = 7
export const namespace = 'payments'

export const retentionRule = (keep: number, more: object = {}) => ({
  priority: 0,
  action: 'retain',
  template: 'latestPushedK',
  params: { latestPushedK: keep },
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern: '**' }],
  scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
  repo_scope_mode: 'regular',
  disabled: false,
  ...more,
})

/** An immutable tag rule as an instance holds it. */
export const heldRule = (id: number, pattern: string, more: object = {}) => ({
  id,
  namespace_id: 1,
  namespace_name: namespace,
  ...immutableBody(pattern),
  ...more,
})

/** The same as it is sent. */
export const immutableBody = (pattern: string, more: object = {}) => ({
  priority: 0,
  disabled: false,
  action: 'immutable',
  template: 'immutable_template',
  tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern }],
  scope_selectors: { repository: [{ kind: 'doublestar', decoration: 'repoMatches', pattern: '**' }] },
  ...more,
})

/** Tags of a repository, each pushed a day after the one before. */
export const dailyTags = (count: number, prefix = 'v') =>
  Array.from({ length: count }, (_, at) => ({
    name: `${prefix}${at + 1}`,
    pushed: new Date(Date.UTC(2026, 0, 1 + at)).toISOString(),
  }))

/** A retention policy as an instance holds it. */
export const heldPolicy = (more: object = {}) => ({
  id: policyId,
  name: 'clean-up',
  namespace_id: 1,
  namespace_name: namespace,
  algorithm: 'or',
  enabled: false,
  rules: [retentionRule(2)],
  trigger: { type: 'manual' },
  ...more,
})
