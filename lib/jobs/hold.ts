import 'server-only'
import { oneByOne } from '../concurrency'
import type { Db } from '../db/schema'
import { log } from '../net/log'
import { endJob, heldRow, letGoOfJob, renewJob, saveJob } from './claim'
import { Interrupted, type Job, type JobType } from './job'
import { leaseSeconds, toJob } from './store'
import { tellWatchers } from './watch'

export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error)

/** Holds a job as long as this process works at it, however long a step takes, and writes what becomes of it. */
export class Hold<Data> {
  private isLost = false
  /** Somebody has changed the job since the work began. */
  private isBehind = false
  private renewedAt = performance.now()
  private readonly beat: NodeJS.Timeout
  private readonly inTurn = oneByOne()

  constructor(
    private readonly db: Db,
    private readonly type: JobType<Data>,
    readonly job: Job<Data>,
    /** For how long others leave the job alone when this process dies. */
    private seconds = leaseSeconds,
  ) {
    this.beat = setInterval(() => void this.renew(), (seconds * 1000) / 3)
    this.beat.unref()
  }

  /** A database that cannot be asked now may answer before the time is over. */
  private renew(): Promise<void> {
    return this.inTurn(async () => {
      const askedAt = performance.now()
      if (await renewJob(this.db, this.job, this.seconds)) this.renewedAt = askedAt
      else this.isLost = true
    }).catch(() => undefined)
  }

  check(): void {
    if (performance.now() - this.renewedAt > this.seconds * 1000) this.isLost = true
    if (this.isLost) throw new Interrupted()
  }

  /** What cannot be written is not known to others either: then this process goes no further. */
  private async write<Result>(work: () => Promise<Result | null>): Promise<Result> {
    const done = await this.inTurn(async () => (this.isLost ? null : await work())).catch((error: unknown) => {
      log.error({ job: this.job.id, error: nameOf(error) }, 'the database could not be asked about a job')
      return null
    })
    if (done !== null) return done
    this.isLost = true
    throw new Interrupted()
  }

  /** What stands in the job when its turn comes is saved: an older state never overtakes a newer one. */
  async save<Result>(more: (tx: Db, version: number) => Promise<Result>): Promise<Result> {
    const { result } = await this.write(() =>
      this.db.transaction(async (tx) => {
        const askedAt = performance.now()
        const version = await saveJob(tx, this.job, this.seconds)
        if (version === null) return null
        if (version !== this.job.version + 1) this.isBehind = true
        const result = await more(tx, version)
        this.job.version = version
        this.renewedAt = askedAt
        return { result }
      }),
    )
    tellWatchers(this.job.id)
    return result
  }

  /** Asks the database; inside of a transaction nobody can take the job over until that ends. */
  async holds(tx: Db = this.db): Promise<boolean> {
    return (await heldRow(tx, this.job)) !== null
  }

  /** Reads what others may have changed; what this worker has not saved yet stays. */
  async look(): Promise<Job<Data>> {
    const row = await this.write(() => heldRow(this.db, this.job))
    const { data: _, version: _known, ...rest } = toJob(this.type, row)
    return Object.assign(this.job, rest)
  }

  /** Begins anew with the job as it is stored. */
  async refresh(): Promise<void> {
    const row = await this.write(() => heldRow(this.db, this.job))
    this.isBehind = false
    Object.assign(this.job, toJob(this.type, row))
  }

  /** True when it has ended; false when somebody has changed it, so that there may be more to do. */
  async end(): Promise<boolean> {
    if (this.isBehind || !(await this.write(() => endJob(this.db, this.job)))) return false
    tellWatchers(this.job.id)
    return true
  }

  /** Leaves the job to whoever is first when it is due again. */
  async letGo(seconds: number): Promise<void> {
    await this.write(() => letGoOfJob(this.db, this.job, this.isBehind ? 0 : seconds))
  }

  /** The process is about to end: others shall not wait for it for long. */
  async shorten(seconds: number): Promise<void> {
    this.seconds = seconds
    await this.renew()
  }

  /** Writes nothing any more. */
  release(): void {
    clearInterval(this.beat)
    this.isLost = true
  }
}
