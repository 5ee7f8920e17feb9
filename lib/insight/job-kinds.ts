import 'server-only'
import { registerJobKind } from '../jobs/runner'
import { partialRunKind } from './partial-runs/worker'

/** All kinds of durable background work; before the console takes any up. */
export function registerJobKinds(): void {
  registerJobKind(partialRunKind)
}
