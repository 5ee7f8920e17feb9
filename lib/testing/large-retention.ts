import 'server-only'
import { eq } from 'drizzle-orm'
import { swrSchemas } from '../contract/swr/schemas'
import { jobs } from '../db/job-tables'
import { insertImages, type NewImage } from '../db/retention-images'
import type { Db } from '../db/schema'
import { dryRunType, runType } from '../insight/retention/job-types'
import { insertJob } from '../jobs/store'

/** A policy in an instance of the sandbox. */
interface Place {
  readonly instance: string
  readonly namespace: string
  readonly policy: number
}

const many: readonly NewImage[] = Array.from({ length: 20_000 }, (_, index) => ({
  index,
  repository: `team-1/service-${index % 50}`,
  digest: `sha256:${String(index).padStart(64, '0')}`,
  tags: [`release-${index}`],
  size: 1,
  pushed: new Date(index * 60_000),
  pulled: null,
  swr: index % 2 === 0 ? 'delete' : 'keep',
  ours: index % 2 === 0 ? 'delete' : 'keep',
  rule: index % 2 === 0 ? null : 0,
  because: null,
  immutable: null,
  differs: false,
  inUse: [],
}))

/** A finished dry run and a finished run of 20,000 images each, as they stand in the database; answers their ids. */
export async function largeRetentionJobs(db: Db, { instance, namespace, policy }: Place, images = many) {
  const made = {
    connection: 'default',
    instance,
    subject: String(policy),
    actorId: 'nobody',
    actorName: 'nobody@example.com',
    role: 'operator' as const,
    size: images.length,
  }
  const common = {
    namespace,
    name: 'keep',
    content: 'none',
    immutable: null,
    mark: null,
    execution: null,
    failure: null,
    text: '',
  }
  const dryRun = await insertJob(db, dryRunType, {
    ...made,
    data: {
      ...common,
      state: 'done',
      policy: swrSchemas.retentionShow.response.parse({ id: policy, rules: [] }),
      repositories: 50,
      seen: null,
      warnings: [],
    },
  })
  const run = await insertJob(db, runType, {
    ...made,
    data: {
      ...common,
      state: 'done',
      block: null,
      dryRun: dryRun.id,
      until: new Date(0).toISOString(),
      planned: { images: images.length, tags: images.length, bytes: images.length },
      aboveCeiling: false,
      confirmed: null,
      accepted: { images: [], old: [] },
      agreed: { uncopied: 0, differences: 0, inUse: { images: 0, examples: [], clusters: [], old: [] } },
      withoutCopy: true,
      archive: null,
      copying: [],
      endpoint: null,
    },
  })
  for (const job of [dryRun, run]) {
    await insertImages(db, job.id, job.version, images)
    await db.update(jobs).set({ endedAt: new Date() }).where(eq(jobs.id, job.id))
  }
  return { dry_run_id: String(dryRun.id), retention_run_id: String(run.id) }
}
