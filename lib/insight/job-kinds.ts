import 'server-only'
import { provisionedRole } from '../env/tokens'
import { registerActorRole } from '../jobs/actor-role'
import { registerJobKind } from '../jobs/runner'
import { partialRunKind } from './partial-runs/worker'
import { syncJobKind } from './sync/worker'

/** All kinds of durable background work, and who says what those may who are no users; before the console takes any up. */
export function registerJobKinds(): void {
  registerJobKind(partialRunKind)
  registerJobKind(syncJobKind)
  registerActorRole('token', provisionedRole)
}
