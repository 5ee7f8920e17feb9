import type { Raw } from '../json-fields'
import type { Instance } from '../world'
import type { Clock } from './clock'

const day = 24 * 60

/** The tenant is one of those that may collect garbage: somebody did, a while ago, and tried it before. */
export function addGarbageCollections(instance: Instance, clock: Clock) {
  const run = (id: number, days: number, dryRun: boolean, status = 'Success'): Raw => ({
    id,
    job_name: 'GARBAGE_COLLECTION',
    job_kind: 'MANUAL',
    job_parameters: {
      delete_untagged: false,
      workers: 1,
      dry_run: dryRun,
      purged_blobs: status === 'Success' ? 210 : 0,
      purged_manifests: status === 'Success' ? 34 : 0,
      freed_space: status === 'Success' ? 1_931_284_480 : 0,
    },
    job_status: status,
    creation_time: clock.ago(days * day),
    update_time: clock.ago(days * day - 9),
  })
  instance.gates = { ...instance.gates, enableArtifactGc: true }
  instance.garbageCollections = [run(1, 62, true), run(2, 62, false, 'Error'), run(3, 61, false)]
}
