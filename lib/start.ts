import 'server-only'
import { tellRefusal } from './api/v1/problem-details'
import { markInterrupted } from './audit/store'
import { createFirstAccounts } from './auth/bootstrap'
import { identity } from './auth/identity'
import { DirectoryInUse } from './db/directory-lock'
import { releaseLeases } from './db/lease'
import { UnsafeDirectory } from './db/private-directory'
import { ConfigError, config } from './env/config'
import { registerJobKinds } from './insight/job-kinds'
import { closeJobs, releaseJobs, startJobs } from './jobs/runner'
import { installEdge } from './net/edge'
import { log } from './net/log'

/** It stands before Next in the process, and not even the API would be safe without it. */
class NotPreloaded extends Error {
  override readonly name = 'NotPreloaded'
  override readonly message =
    'The console does not start: Next was started by itself. Use `npm start`, or `node --import ./scripts/preload.mjs`.'
}

async function start() {
  const given = config()
  // Whatever it makes from here on is for its own user only: hashes of passwords, sessions, what the log holds.
  process.umask(0o077)
  const known = await identity()
  // Only one process can have this database open, so what it left unfinished was interrupted. Others may still be at it.
  if (!given.database.startsWith('postgres'))
    await Promise.all([markInterrupted(known.db), releaseLeases(known.db), releaseJobs(known.db)])
  registerJobKinds()
  void startJobs(known)
  // At once: requests that still go on, which the server waits for, may take as long as jobs.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void closeJobs())
  const link = await createFirstAccounts(known, given)
  if (!installEdge({ ...given, tell: tellRefusal, redact: known.redact, letGo: closeJobs }) && given.production)
    throw new NotPreloaded()
  log.info({ url: given.url, host: given.host, port: given.port }, 'the console is ready')
  if (link)
    process.stdout.write(
      `\nThis console has no users yet. Create the first admin with this link (works once, within 24 hours):\n  ${link.url}\n\n`,
    )
}

/** The reason without what the database's address holds. */
function reasonOf(error: unknown): string {
  const told = [ConfigError, NotPreloaded, DirectoryInUse, UnsafeDirectory]
  if (error instanceof Error && told.some((kind) => error instanceof kind)) return error.message
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const message = cause instanceof AggregateError ? cause.errors.map(String).join('; ') : String(cause)
  return `The console can't start because its database is unavailable. ${message}`
}

/** A thrown error would leave Next running and answering 500 to everything. */
export async function startOrExit() {
  try {
    await start()
  } catch (error) {
    process.stderr.write(`${reasonOf(error)}\n`)
    process.exit(1)
  }
}
