import { inspect } from 'node:util'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databases, hasPostgres, newPostgres } from '../testing/database'
import { type Opened, openDb } from './open'
import { sessions, users } from './schema'

const secret = 'lBBP6l-a-token-of-a-session'
const everythingOf = (error: unknown) => inspect(error, { depth: 9, showHidden: true })
const failure = async (work: PromiseLike<unknown>): Promise<Error> =>
  await work.then(
    () => {
      throw new Error('it worked')
    },
    (error) => error,
  )

describe.each(databases())('errors of the database on $name', ({ open }) => {
  let opened: Opened
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened.close())

  const row = { id: '1', name: 'n', email: secret, createdAt: new Date(), updatedAt: new Date() }

  test('a parameter is in none of them, wherever one looks', async () => {
    await opened.db.insert(users).values(row)
    const taken = await failure(opened.db.insert(users).values({ ...row, id: '2' }))
    const nonsense = await failure(opened.db.execute(sql`select ${secret}::int`))
    const unknown = await failure(opened.db.execute(sql`select * from nowhere where a = ${secret}`))
    for (const error of [taken, nonsense, unknown]) {
      expect(everythingOf(error)).toContain('Failed query')
      expect(everythingOf(error)).not.toContain(secret)
    }
    // What callers and people look for is still there.
    expect(taken.cause).toMatchObject({ code: '23505', constraint: 'users_email_unique' })
    expect(nonsense.cause).toMatchObject({ code: '22P02', message: 'data exception 22P02' })
    expect(unknown.cause).toMatchObject({ code: '42P01', message: expect.stringContaining('nowhere') })
    expect(taken.stack).toMatch(/Failed query: insert into "users"[\s\S]*query-error\.test\.ts/)
    expect(unknown.stack).toContain('Cause: relation "nowhere" does not exist')
  })

  test('nor inside a transaction, nor when a trigger refuses', async () => {
    await opened.db.execute(
      sql`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$`,
    )
    await opened.db.execute(sql`create trigger refuse before update on users for each row execute function refuse()`)
    const error = await failure(
      opened.db.transaction((inside) => inside.update(users).set({ name: secret }).where(eq(users.id, '1'))),
    )
    expect(everythingOf(error)).toContain('refused')
    expect(everythingOf(error)).not.toContain(secret)
  })
})

test.runIf(hasPostgres())('nor when the database is gone', async () => {
  const url = await newPostgres()
  const opened = await openDb(url)
  const other = await openDb(await newPostgres())
  await other.db.execute(sql.raw(`drop database ${new URL(url).pathname.slice(1)} with (force)`))
  for (let attempt = 0; attempt < 3; attempt++) {
    const error = await failure(opened.db.select().from(sessions).where(eq(sessions.token, secret)))
    expect(everythingOf(error)).toContain('Failed query')
    expect(everythingOf(error)).not.toContain(secret)
  }
  await Promise.all([opened.close(), other.close()])
})
