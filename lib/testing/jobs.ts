import 'server-only'
import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Role } from '../contract/roles'
import { jobs } from '../db/job-tables'
import { type Db, users } from '../db/schema'
import type { Job, JobContext, JobKind, WorkResult } from '../jobs/job'
import { insertJob, type NewJob } from '../jobs/store'

export interface TestData {
  steps: string[]
}
export type TestKind = JobKind<TestData>

/** Jobs of a kind that no other test has. */
export function testKind(work: (context: JobContext<TestData>) => Promise<WorkResult> = async () => 'ended') {
  const kind: TestKind = {
    kind: `test-${randomUUID()}`,
    data: z.object({ steps: z.array(z.string()) }),
    role: { role: 'operator' },
    work,
  }
  return kind
}

export async function testPerson(db: Db, role: Role = 'operator') {
  const id = randomUUID()
  const email = `${id}@example.com`
  await db.insert(users).values({ id, name: role, email, role, createdAt: new Date(), updatedAt: new Date() })
  return { actorId: id, actorName: email, role }
}

/** Held by who inserts it, as every job is at first. */
export async function testJob(
  db: Db,
  kind: JobKind<TestData>,
  more: Partial<NewJob<TestData>> = {},
): Promise<Job<TestData>> {
  const person = more.actorId === undefined ? await testPerson(db) : {}
  const whose = { actorId: '', actorName: '', role: 'operator' as const, ...person }
  return await insertJob(db, kind, { connection: 'c', size: 1, data: { steps: [] }, ...whose, ...more })
}

/** As if whoever held it had died so long ago that its lease is over. */
export async function abandonJob(db: Db, id: number, secondsAgo = 1): Promise<void> {
  await db
    .update(jobs)
    .set({ until: sql`now() - make_interval(secs => ${secondsAgo})` })
    .where(eq(jobs.id, id))
}

export const testStore = (db: Db) => ({ db, redact: <Value>(value: Value) => value })
