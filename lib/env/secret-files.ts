import 'server-only'
import { readFileSync, statSync } from 'node:fs'
import { globalSlot } from '../global-slot'
import { log } from '../net/log'
import { keySchema } from './connection-schema'
import type { Connection } from './connections'
import type { Credential } from './credential'

/** What a file held when it was last looked at, and by what its change is noticed. */
interface Known {
  readonly stamp: string
  readonly value: string
}

const known = globalSlot('secret-files', () => new Map<string, Known>())
const seen = globalSlot('secrets-seen', () => new Set<string>())

/** A file that was replaced has another inode; one that was written over, another time or size. */
export function stampOf(path: string): string | undefined {
  try {
    const { ino, size, mtimeMs } = statSync(path)
    return `${ino} ${size} ${mtimeMs}`
  } catch {
    return undefined
  }
}

/** What the file holds now. While it cannot be read, or holds no key, the one before stays in use. */
function contentOf(path: string, before: string): string {
  const last = known().get(path) ?? { stamp: '', value: before }
  const stamp = stampOf(path)
  if (stamp === undefined || stamp === last.stamp) return last.value
  const read = keySchema.safeParse(readFile(path)?.trim())
  // Neither path nor content: the one names the machine, the other may be a secret.
  if (!read.success) log.warn('a secret file has changed and holds no key; the one before stays in use')
  const value = read.data ?? last.value
  known().set(path, { stamp, value })
  return value
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** The credential of a connection as its files say it now: a key can be rotated without a restart. */
export function currentCredential({ credential, secretFiles = {} }: Connection): Credential {
  const part = (name: keyof Credential) => {
    const [path, before] = [secretFiles[name], credential[name]]
    return path === undefined || before === undefined ? before : contentOf(path, before)
  }
  const now = {
    access: part('access') ?? credential.access,
    secret: part('secret') ?? credential.secret,
    securityToken: part('securityToken'),
  }
  for (const secret of [...Object.values(credential), ...Object.values(now)]) if (secret) seen().add(secret)
  return now
}

/** Every secret that was ever in use: SWR may repeat one that has been replaced meanwhile. */
export const secretsSeen = (): readonly string[] => [...seen()]
