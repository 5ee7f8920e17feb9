import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { log } from '../net/log'
import { hasPostgres, newPostgres } from '../testing/database'
import { waitUntil } from '../testing/wait-until'
import { lockDirectory } from './directory-lock'
import { openDb } from './open'
import { leases } from './schema'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(`${tmpdir()}/console-lock-`)
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

describe('a data directory serves one process', () => {
  const held = (pid: number, host = hostname(), began = '') =>
    writeFileSync(`${directory}/lock`, [pid, host, began].join('\n'))
  const began = (pid: number) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19]
  const holder = () => readFileSync(`${directory}/lock`, 'utf8').split('\n')[0]

  test('a second console on it is refused with one sentence, and can have it afterwards', () => {
    const release = lockDirectory(directory)
    expect(() => lockDirectory(directory)).toThrow(/^The data directory .* is in use by process \d+ on .* DATABASE_URL/)
    release()
    expect(existsSync(`${directory}/lock`)).toBe(false)
    lockDirectory(directory)()
  })

  test('who lets go leaves alone what is not theirs any more', () => {
    const release = lockDirectory(directory)
    held(1, 'elsewhere')
    release()
    expect(holder()).toBe('1')
    rmSync(`${directory}/lock`)
    lockDirectory(directory)()
  })

  test('what another, living process holds is left alone', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await once(other, 'spawn')
    held(other.pid ?? 0, hostname(), began(other.pid ?? 0))
    expect(() => lockDirectory(directory)).toThrow(/in use by process/)
    expect(holder()).toBe(String(other.pid))
    other.kill('SIGKILL')
    await once(other, 'exit')
    lockDirectory(directory)()
  })

  test('a killed process that its parent has not noticed is gone', async () => {
    // The shell becomes a program that never asks how its child has ended.
    const parent = spawn('sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 30'])
    const [line] = await once(parent.stdout, 'data')
    const child = Number(String(line))
    held(child, hostname(), began(child))
    await waitUntil(() => expect(readFileSync(`/proc/${child}/stat`, 'utf8')).toContain(') Z '))
    lockDirectory(directory)()
    parent.kill('SIGKILL')
  })

  test('the lock of a process that is gone is taken over, also when its number is used again', () => {
    held(2 ** 22 + 1)
    lockDirectory(directory)()
    held(process.pid, hostname(), 'another start')
    lockDirectory(directory)()
  })

  test('a lock that cannot be read for a while ends nothing', () => {
    log.level = 'silent'
    vi.useFakeTimers()
    try {
      const release = lockDirectory(directory)
      rmSync(`${directory}/lock`)
      // Reading a directory fails, as reading a file does when too many are open.
      mkdirSync(`${directory}/lock`)
      expect(() => vi.advanceTimersByTime(20_000)).not.toThrow()
      expect(release).not.toThrow()
    } finally {
      vi.useRealTimers()
    }
  })

  test('another machine holds it as long as it touches the lock', () => {
    held(1, 'elsewhere')
    expect(() => lockDirectory(directory)).toThrow(/process 1 on elsewhere/)
    const longAgo = new Date(Date.now() - 60_000)
    utimesSync(`${directory}/lock`, longAgo, longAgo)
    lockDirectory(directory)()
  })
})

test('a directory keeps what was written, and is locked while open', async () => {
  const first = await openDb(`${directory}/data`)
  await first.db.execute(sql`insert into leases (key, holder, until) values ('k', 'h', now())`)
  await expect(openDb(`${directory}/data`)).rejects.toThrow(/in use/)
  await first.close()
  const second = await openDb(`${directory}/data`)
  expect(await second.db.select({ key: leases.key }).from(leases)).toEqual([{ key: 'k' }])
  await second.close()
}, 60_000)

describe.runIf(hasPostgres())('PostgreSQL', () => {
  test('consoles that start together migrate once', async () => {
    const url = await newPostgres()
    const opened = await Promise.all([openDb(url), openDb(url), openDb(url)])
    const counted = { n: sql<number>`count(*)::int` }
    const n = readdirSync('lib/db/migrations').filter((name) => name.endsWith('.sql')).length
    expect(await opened[0].db.select(counted).from(sql`drizzle.__drizzle_migrations`)).toEqual([{ n }])
    await Promise.all(opened.map(({ close }) => close()))
  })

  test('a server that does not answer is an error, not a wait', async () => {
    await expect(openDb('postgres://nobody@127.0.0.1:9/none')).rejects.toThrow()
  })
})
