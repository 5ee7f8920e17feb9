import 'server-only'
import { linkSync, readFileSync, renameSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { log } from '../net/log'

const heartbeatMs = 5000
const staleMs = 30_000

interface Holder {
  readonly pid: number
  readonly host: string
  /** When the process began, where the system tells: numbers of processes are used again, also for the first in a container. */
  readonly began: string
}

export class DirectoryInUse extends Error {
  constructor(directory: string, { pid, host }: Holder) {
    super(
      `The data directory ${directory} is in use by process ${pid} on ${host}. Its database serves one process only: ` +
        'stop that one, set another DATA_DIR, or set DATABASE_URL to a PostgreSQL that several consoles can share.',
    )
    this.name = 'DirectoryInUse'
  }
}

/** Empty where the system does not tell, or there is no such process. */
function began(pid: number): string {
  try {
    // The fields of proc(5) after the name, which may itself hold blanks and brackets: state first, start as the 20th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    // Killed, but its parent has not looked yet.
    return fields[0] === 'Z' || fields[0] === 'X' ? 'over' : (fields[19] ?? '')
  } catch {
    return ''
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const has = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code

function read(path: string): Holder | null {
  try {
    const [pid = '', host = '', began = ''] = readFileSync(path, 'utf8').split('\n')
    return { pid: Number(pid), host, began }
  } catch (error) {
    if (has(error, 'ENOENT')) return null
    throw error
  }
}

const isSame = (one: Holder, other: Holder) =>
  one.pid === other.pid && one.host === other.host && one.began === other.began

function isHeld(path: string, holder: Holder): boolean {
  // Another machine's processes cannot be seen from here; its console touches the file as long as it lives.
  if (holder.host !== hostname()) return Date.now() - statSync(path).mtimeMs < staleMs
  return runs(holder.pid) && holder.began === began(holder.pid)
}

/** Takes over what a dead process has left, unless somebody else was faster. */
function removeStale(path: string, stale: Holder, directory: string) {
  const aside = `${path}.${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (has(error, 'ENOENT')) return
    throw error
  }
  const moved = read(aside)
  if (moved && !isSame(moved, stale)) {
    linkSync(aside, path)
    unlinkSync(aside)
    throw new DirectoryInUse(directory, moved)
  }
  unlinkSync(aside)
}

/** PGlite itself lets a second process open the same files, and both then destroy them. Answers how to let go. */
export function lockDirectory(directory: string): () => void {
  const path = `${directory}/lock`
  const own: Holder = { pid: process.pid, host: hostname(), began: began(process.pid) }
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, [own.pid, own.host, own.began].join('\n'), { flag: 'wx' })
      break
    } catch (error) {
      if (!has(error, 'EEXIST') || attempt > 3) throw error
    }
    const holder = read(path)
    if (!holder) continue
    if (isHeld(path, holder)) throw new DirectoryInUse(directory, holder)
    removeStale(path, holder, directory)
  }
  // Somebody may have removed the file, or the whole directory: no reason to end.
  const isOurs = () => {
    const holder = read(path)
    return holder !== null && isSame(holder, own)
  }
  const touch = () => {
    try {
      if (isOurs()) utimesSync(path, new Date(), new Date())
    } catch (error) {
      // Too many open files, a disk that fails: nobody takes the directory over before half a minute of this.
      log.warn({ directory, error: String(error) }, 'the lock could not be renewed')
    }
  }
  const alive = setInterval(touch, heartbeatMs)
  alive.unref()
  const release = () => {
    clearInterval(alive)
    process.off('exit', release)
    try {
      if (isOurs()) unlinkSync(path)
    } catch {
      // What is left is taken over: its process is gone.
    }
  }
  // Ends with the process however it is told to end, other than by force.
  process.on('exit', release)
  return release
}
