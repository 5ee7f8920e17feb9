import type { StatusKind } from '@/components/ui/status'
import type { Decision } from '@/lib/contract/console/retention-vocabulary'

/** How each decision about an image is drawn. */
export const decisionKinds = {
  keep: 'ok',
  untouched: 'off',
  delete: 'bad',
  unsure: 'warn',
} as const satisfies Record<Decision, StatusKind>
