import 'server-only'
import { provisionedRole } from '../env/tokens'
import { registerActorRole } from '../jobs/actor-role'
import { registerJobKind } from '../jobs/runner'
import { registerChangeGuard, registerImmutableGuard, registerWriteGuard } from '../swr/writes/guard'
import { basicRequestKind } from './basic-retention/request'
import { partialRunKind } from './partial-runs/worker'
import { restoreKind } from './retention/archive/restore'
import { ceilingKind } from './retention/ceiling'
import { dryRunKind } from './retention/dry-run/worker'
import { guardImmutableRule } from './retention/immutable-guard'
import { watchKind } from './retention/real-run/watch'
import { realRunKind } from './retention/real-run/worker'
import { guardRetention, guardRetentionChange } from './retention/write-guard'
import { syncJobKind } from './sync/worker'

/** All kinds of durable background work, who says what those may who are no users, and who looks at writes before they are sent. */
export function registerJobKinds(): void {
  registerJobKind(partialRunKind)
  registerJobKind(syncJobKind)
  registerJobKind(dryRunKind)
  registerJobKind(realRunKind)
  registerJobKind(watchKind)
  registerJobKind(restoreKind)
  registerJobKind(ceilingKind)
  registerJobKind(basicRequestKind)
  registerWriteGuard('retention', guardRetention)
  registerChangeGuard('retention', guardRetentionChange)
  registerImmutableGuard(guardImmutableRule)
  registerActorRole('token', provisionedRole)
}
