import type { ApiInput } from '@/lib/query/operations'
import type { InstanceLocation } from '@/lib/routes'

/* Server and browser ask with equal words, or they do not meet in the cache. */

export const limitsInput = ({ connection, instance }: InstanceLocation): ApiInput<'retentionSettingsShow'> => ({
  params: { connection, instance_id: instance },
})

/** What other limits, or another ceiling, make old. */
export const staleLimits = ['retentionSettingsShow', 'retentionLockShow', 'basicRetentionDecide'] as const
