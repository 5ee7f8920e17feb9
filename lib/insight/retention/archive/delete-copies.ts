import 'server-only'
import { and, eq, sql } from 'drizzle-orm'
import type { Actor } from '../../../contract/actor'
import { ProblemError, problemOf } from '../../../contract/problem'
import { jobs } from '../../../db/job-tables'
import { withLease } from '../../../db/lease'
import { changeImages, imagesOf, type RetentionImageRow } from '../../../db/retention-images'
import { retentionImages } from '../../../db/retention-tables'
import type { Db } from '../../../db/schema'
import { nextVersion, showJob, tellJob } from '../../../jobs/store'
import type { InstanceLocation } from '../../../routes'
import { requestSwr } from '../../../swr/client'
import { inUseOf } from '../../in-use/in-use'
import { type RunJob, runType } from '../job-types'
import { isCountedOn } from '../open-jobs'
import { isClaim } from './copy'
import { archiveLease, archiveSide, imagesAt, wasThere } from './side'

const refuse = (
  status: 404 | 409,
  code: 'job_unknown' | 'archive_unusable' | 'archive_not_ours' | 'busy_here' | 'retention_in_use',
) => new ProblemError({ status, code })

const leaseSeconds = 60

/** Copies that are deleted together, by press. Each must be in the table of copies, and hold nothing else. */
export class Deletion {
  constructor(
    private readonly db: Db,
    private readonly actor: Actor,
    private readonly place: InstanceLocation,
    private readonly reason: string | undefined,
  ) {}

  /** Throws `job_unknown` for what is no copy, `archive_unusable` where the archive cannot be reached from here. */
  async remove({ run, index }: { readonly run: number; readonly index: number }): Promise<void> {
    const job = await showJob(this.db, runType, run)
    const [copy] = await imagesOf(this.db, run, { indexes: [index], copy: ['seen'] })
    const isHere = job?.connection === this.place.connection && job.instance === this.place.instance
    if (!job || !isHere || !copy || copy.place === '' || copy.digest === '') throw refuse(404, 'job_unknown')
    const { archive, endpoint } = job.data
    const side = archive && (await archiveSide(this.actor, this.place, archive.registry))
    if (!archive || !side || endpoint === null) throw refuse(409, 'archive_unusable')
    // No run may begin to count on it meanwhile.
    await withLease(this.db, archiveLease(endpoint), leaseSeconds, () => this.removeAt(side, job, copy))
  }

  private async removeAt(side: InstanceLocation, job: RunJob, copy: RetentionImageRow): Promise<void> {
    const same = await this.sameCopies(job, copy)
    // It is just being brought back, or what it is a copy of has yet to be deleted.
    const isBusy = ({ counts, restore }: (typeof same)[number]) =>
      counts || restore === 'waiting' || restore === 'copying'
    if (same.some(isBusy)) throw refuse(409, 'busy_here')
    if (same.some(({ copyText }) => copyText === wasThere)) throw refuse(409, 'archive_not_ours')
    const found = (await imagesAt(this.actor, side, copy.place)).find(({ digest }) => digest === copy.digest)
    const ours = new Set(same.flatMap(({ tags }) => tags as string[]))
    // Somebody has given it another name: it is not the console's alone any more.
    if (found?.tags.some((tag) => !ours.has(tag))) throw refuse(409, 'archive_not_ours')
    const used = found && (await inUseOf(this.db, side.connection, [{ repository: copy.place, ...found }]))
    if (used?.byImage.some((clusters) => clusters.length > 0)) throw refuse(409, 'retention_in_use')
    if (found) await this.deleteImage(side, copy)
    for (const each of same) await this.forget(each)
  }

  private async deleteImage(side: InstanceLocation, { place, digest, job }: RetentionImageRow): Promise<void> {
    const slash = place.indexOf('/')
    await requestSwr(this.actor, side.connection, 'artifactDelete', {
      params: {
        instance_id: side.instance,
        namespace_name: place.slice(0, slash),
        repository_name: place.slice(slash + 1),
        reference: digest,
      },
      reason: this.reason ?? `Copy of retention run ${job}`,
    }).catch((error: unknown) => {
      if (problemOf(error).code !== 'swr_not_found') throw error
    })
  }

  /** All copies that are this one image: runs may have copied it more than once. */
  private async sameCopies({ data: { endpoint } }: RunJob, { place, digest }: RetentionImageRow) {
    const { job, index, tags, restore, copyText } = retentionImages
    return await this.db
      .select({ run: job, index, tags, restore, copyText, counts: isCountedOn })
      .from(retentionImages)
      .innerJoin(jobs, eq(jobs.id, job))
      .where(
        and(
          eq(jobs.kind, runType.kind),
          eq(retentionImages.place, place),
          eq(retentionImages.digest, digest),
          isClaim,
          sql`${jobs.data}->>'endpoint' = ${endpoint}`,
        ),
      )
  }

  private async forget({ run, index }: { readonly run: number; readonly index: number }): Promise<void> {
    await this.db.transaction(async (tx) =>
      changeImages(tx, run, await nextVersion(tx, run), [{ index, copy: 'removed' }]),
    )
    tellJob(run)
  }
}
