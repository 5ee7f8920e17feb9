import { nextId, type Raw } from './json-fields'
import { microTime } from './time'
import type { Instance, World } from './world'

/** Collects garbage at once: the bytes of what was deleted are free from then on. A dry run only says how many they are. */
export function collectGarbage(world: World, instance: Instance, dryRun: boolean): Raw {
  const now = microTime(world.clock())
  const row: Raw = {
    id: nextId(instance.garbageCollections, 0),
    job_name: 'GARBAGE_COLLECTION',
    job_kind: 'MANUAL',
    job_parameters: {
      delete_untagged: false,
      workers: 1,
      dry_run: dryRun,
      // How many there were is not kept: what was deleted has one layer and one manifest here.
      purged_blobs: instance.unfreedBytes > 0 ? 1 : 0,
      purged_manifests: instance.unfreedBytes > 0 ? 1 : 0,
      freed_space: instance.unfreedBytes,
    },
    job_status: 'Success',
    creation_time: now,
    update_time: now,
  }
  instance.garbageCollections.push(row)
  if (!dryRun) instance.unfreedBytes = 0
  return row
}
