import 'server-only'
import { registerJobKind } from '../jobs/runner'
import { partialRunKind } from './partial-runs/worker'
import { syncJobKind } from './sync/worker'

/** All kinds of durable background work; before the console takes any up. */
export function registerJobKinds(): void {
  registerJobKind(partialRunKind)
  registerJobKind(syncJobKind)
}
