import type { Finding } from '@/lib/contract/console/checks'

/** `serious`: images are lost, wrong, or not copied at all. */
export const severities = ['serious', 'minor'] as const
export type Severity = (typeof severities)[number]

const byKind = {
  same_destination: 'serious',
  different_override: 'minor',
  event_circle: 'serious',
  too_often: 'minor',
  unhealthy_registry: 'serious',
  pull_everything: 'serious',
  retention_deletes: 'serious',
  retention_copied_back: 'minor',
  retention_most: 'serious',
  keeps_nothing: 'serious',
  never_runs: 'serious',
  never_matches: 'serious',
  hanging_run: 'serious',
} as const satisfies Record<Finding['kind'], Severity>

export const severityOf = (kind: Finding['kind']): Severity => byKind[kind]
