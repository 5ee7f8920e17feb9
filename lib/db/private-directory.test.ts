import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { log } from '../net/log'
import { openDb } from './open'
import { privateDirectory } from './private-directory'

const open = (directory: string) =>
  execFileSync('find', [directory, '-perm', '/077'], { encoding: 'utf8' }).split('\n').filter(Boolean)

describe.runIf(process.platform === 'linux')('the data directory', () => {
  let place: string
  let before: number
  const { level } = log
  beforeEach(() => {
    log.level = 'silent'
    place = join(mkdtempSync(join(tmpdir(), 'private-')), 'data')
    before = process.umask(0)
    return () => {
      process.umask(before)
      log.level = level
      rmSync(place, { recursive: true, force: true })
    }
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  test('is made for its owner only, whatever the umask', () => {
    privateDirectory(place)
    expect(open(place)).toEqual([])
  })

  test('is closed when others could read it, and that is said', () => {
    const warn = vi.spyOn(log, 'warn')
    mkdirSync(join(place, 'database'), { recursive: true })
    writeFileSync(join(place, 'database', 'wal'), 'hash')
    chmodSync(place, 0o755)
    expect(open(place)).toHaveLength(3)
    privateDirectory(place)
    expect(open(place)).toEqual([])
    expect(warn).toHaveBeenCalledExactlyOnceWith({ directory: place }, expect.stringContaining('0700'))
  })

  test('a database leaves nothing in it that others may read', async () => {
    // As the console starts.
    process.umask(0o077)
    const opened = await openDb(place)
    expect(open(place)).toEqual([])
    await opened.close()
  }, 60_000)
})
