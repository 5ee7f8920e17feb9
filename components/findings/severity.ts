import type { Finding } from '@/lib/contract/console/checks'

/** `serious`: images are lost, wrong, or not copied at all. */
export const severities = ['serious', 'minor'] as const
export type Severity = (typeof severities)[number]

export const kinds = [
  'same_destination',
  'different_override',
  'event_circle',
  'too_often',
  'unhealthy_registry',
  'retention_deletes',
] as const satisfies readonly Finding['kind'][]

const byKind = {
  same_destination: 'serious',
  different_override: 'minor',
  event_circle: 'serious',
  too_often: 'minor',
  unhealthy_registry: 'serious',
  retention_deletes: 'serious',
} as const satisfies Record<Finding['kind'], Severity>

export const severityOf = (kind: Finding['kind']): Severity => byKind[kind]
