import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { pruneAudit } from '../lib/audit/prune.ts'
import { DirectoryInUse } from '../lib/db/directory-lock.ts'
import { openDb } from '../lib/db/open.ts'
import { databaseTarget } from '../lib/env/database.ts'
import { pruneJobs } from '../lib/jobs/prune.ts'
import { fail } from './run.mjs'

/*
 * npm run prune -- --before 2025-01-01 --export audit-2024.jsonl
 * Removes what is older from the audit log, after it was written to a new file.
 *
 * npm run prune -- --jobs-before 2025-01-01
 * Removes background jobs that ended earlier. Both at once is fine. The built-in database serves one process: there, the
 * console has to be stopped first.
 */

const { values } = parseArgs({
  options: { before: { type: 'string' }, export: { type: 'string' }, 'jobs-before': { type: 'string' } },
})

/** Midnight of a day, or a moment; null when none is said. */
function past(text) {
  if (text === undefined) return null
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime())) fail(`${text} is no date.`)
  if (moment > new Date()) fail('The date is in the future.')
  return moment
}

const before = past(values.before)
const jobsBefore = past(values['jobs-before'])
if ((before === null) !== !values.export || (before === null && jobsBefore === null))
  fail(
    'Say from when on entries of the audit log stay and where to write the others, or from when on ended jobs stay:\n' +
      'npm run prune -- --before DATE --export FILE\nnpm run prune -- --jobs-before DATE',
  )

const target = databaseTarget()
if (!target.includes('://') && !existsSync(target)) fail('There is no database in DATA_DIR.')

async function pruneEntries(db) {
  const file = await open(values.export, 'wx', 0o600)
  const write = (line) => file.write(line).then(() => {})
  const removed = await pruneAudit(db, before, { write, sync: () => file.sync() })
  await file.close()
  process.stdout.write(`${removed} entries from before ${before.toISOString()} were exported and removed.\n`)
}

async function pruneEndedJobs(db) {
  const removed = await pruneJobs(db, jobsBefore)
  process.stdout.write(`${removed} jobs that ended before ${jobsBefore.toISOString()} were removed.\n`)
}

try {
  const { db, close } = await openDb(target)
  try {
    if (before) await pruneEntries(db)
    if (jobsBefore) await pruneEndedJobs(db)
  } finally {
    await close()
  }
} catch (error) {
  // Drivers repeat the address of the database in their messages, with its password.
  fail(error instanceof DirectoryInUse ? error.message : `Nothing more was removed: ${error.code ?? error.name}`)
}
