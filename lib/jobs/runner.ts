import 'server-only'
import { and, isNull, ne, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { AuditStore } from '../audit/audit-store'
import { jobs } from '../db/job-tables'
import type { Db } from '../db/schema'
import { globalSlot } from '../global-slot'
import { log } from '../net/log'
import { carryOut } from './carry-out'
import { claimJob, letGoOfJob } from './claim'
import { closing, due, jobEvents, nextEvent } from './events'
import { noteFailure } from './failures'
import { Hold, nameOf } from './hold'
import type { Job, JobKind, JobType } from './job'
import { toJob } from './store'

/*
 * Finds jobs that are due and has them carried out. Pages, route handlers and the start of the console are bundled apart, so
 * a kind brings along what carries it out: all of one job is of the bundle that has registered its kind.
 */

interface Running {
  readonly done: Promise<void>
  readonly hold: { readonly shorten: (seconds: number) => Promise<void> }
}

type Begin = (store: AuditStore, job: Job<unknown>, idleSeconds: number) => Running

const runner = globalSlot('job-runner', () => ({
  kinds: new Map<string, Begin>(),
  running: new Set<Running>(),
  isClosing: false,
}))

/** Jobs of other consoles that are due, and those that fell due here, are looked for so often; `wake` looks at once. */
const pollMs = 5_000

/** Once, before `startJobs`. */
export function registerJobKind<Data>(kind: JobKind<Data>): void {
  runner().kinds.set(kind.kind, (store, job, idleSeconds) => {
    const hold = new Hold(store.db, kind, { ...job, data: kind.data.parse(job.data) })
    const done = carryOut(store, kind, hold, { idleSeconds, isClosing: () => runner().isClosing })
    return { done, hold }
  })
}

function begin(store: AuditStore, job: Job<unknown>, idleSeconds: number): void {
  const { kinds, running } = runner()
  const known = kinds.get(job.kind)
  if (!known) throw new Error(`nobody has registered jobs of the kind ${job.kind}`)
  const one = known(store, job, idleSeconds)
  running.add(one)
  void one.done.finally(() => running.delete(one))
}

/** Begins to carry out a job that this process holds: one that was just inserted. Nobody waits for it. */
export const startJob = (store: AuditStore, job: Job<unknown>): void => begin(store, job, 0)

/** Says that a job may have fallen due, so that it is taken up at once. */
export const wake = (): void => void jobEvents().emit(due)

/** As it is stored: its kind reads what it holds. */
const anyType: JobType<unknown> = { kind: '', data: z.unknown() }

/** Takes up all that is due: what a console that died, or let go for now, has left unfinished. */
export async function takeUpJobs(store: AuditStore): Promise<void> {
  const { kinds } = runner()
  while (!runner().isClosing) {
    const taken = await claimJob(store.db, [...kinds.keys()])
    if (!taken) return
    const { row, idleSeconds } = taken
    try {
      begin(store, toJob(anyType, row), idleSeconds)
    } catch (error) {
      // A newer version may have entered it: whoever is first when it is due again tries.
      const seconds = noteFailure(row.id)
      log.error({ job: row.id, kind: row.kind, error: nameOf(error), seconds }, 'a job could not be read')
      await letGoOfJob(store.db, row, seconds)
    }
  }
}

/** From the start of the console until it is told to stop. */
export async function startJobs(store: AuditStore): Promise<void> {
  while (!runner().isClosing) {
    // Before it looks: what falls due in between must not be missed.
    const next = nextEvent([due, closing], pollMs)
    await takeUpJobs(store).catch((error: unknown) => {
      log.error({ error: nameOf(error) }, 'jobs could not be looked for')
    })
    await next
  }
}

/** How long others wait for a job of a console that was told to stop and has ended before it could let go. */
const secondsWhenClosing = 10

/** Takes no further step of any job and lets go of them as soon as what is under way has ended; resolves then. */
export async function closeJobs(): Promise<void> {
  const { running } = runner()
  runner().isClosing = true
  jobEvents().emit(closing)
  for (const { hold } of running) void hold.shorten(secondsWhenClosing)
  await Promise.all([...running].map(({ done }) => done))
}

/** For a database that one process owns: at its start nobody carries out anything. */
export async function releaseJobs(db: Db): Promise<void> {
  await db
    .update(jobs)
    .set({ holder: '', until: sql`least(${jobs.until}, now())` })
    .where(and(isNull(jobs.endedAt), ne(jobs.holder, '')))
}
