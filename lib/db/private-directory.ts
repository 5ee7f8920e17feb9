import 'server-only'
import { chmodSync, lstatSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { log } from '../net/log'

const others = 0o077

export class UnsafeDirectory extends Error {
  constructor(directory: string) {
    super(
      `The data directory ${directory} is open to other users of this machine and its permissions cannot be changed. It ` +
        'holds hashes of passwords and sessions: let the user that runs the console own it (chown), or set another DATA_DIR.',
    )
    this.name = 'UnsafeDirectory'
  }
}

const isOpen = (path: string) => (statSync(path).mode & others) !== 0

/**
 * Takes what is in it away from others as well. Who cannot enter the directory reaches none of it, but copies keep the bits
 * of files, and PGlite makes its files without regard to the umask.
 */
export function closeToOthers(directory: string) {
  chmodSync(directory, 0o700)
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const path = `${directory}/${name}`
    const { mode } = lstatSync(path)
    if ((mode & others) !== 0) chmodSync(path, mode & 0o700)
  }
}

/** Makes a directory that only its owner can enter, or makes an existing one so and says it. Throws UnsafeDirectory. */
export function privateDirectory(directory: string) {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  // Windows has no such bits.
  if (process.platform === 'win32' || !isOpen(directory)) return
  try {
    closeToOthers(directory)
  } catch (error) {
    throw Object.assign(new UnsafeDirectory(directory), { cause: error })
  }
  log.warn({ directory }, 'other users of this machine could read the data directory; its permissions are now 0700')
}
