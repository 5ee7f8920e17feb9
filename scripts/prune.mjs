import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { pruneAudit } from '../lib/audit/prune.ts'
import { DirectoryInUse } from '../lib/db/directory-lock.ts'
import { openDb } from '../lib/db/open.ts'
import { databaseTarget } from '../lib/env/database.ts'
import { fail } from './run.mjs'

/*
 * npm run prune -- --before 2025-01-01 --export audit-2024.jsonl
 * Removes what is older from the audit log, after it was written to a new file. The built-in database serves one process:
 * there, the console has to be stopped first.
 */

const { values } = parseArgs({ options: { before: { type: 'string' }, export: { type: 'string' } } })
const before = new Date(values.before ?? '')
if (Number.isNaN(before.getTime()) || !values.export)
  fail('Say from when on entries stay, and where to write the others: npm run prune -- --before DATE --export FILE')
if (before > new Date()) fail('The date is in the future.')

const target = databaseTarget()
if (!target.includes('://') && !existsSync(target)) fail('There is no database in DATA_DIR.')

try {
  const { db, close } = await openDb(target)
  try {
    const file = await open(values.export, 'wx', 0o600)
    const write = (line) => file.write(line).then(() => {})
    const removed = await pruneAudit(db, before, { write, sync: () => file.sync() })
    await file.close()
    process.stdout.write(`${removed} entries from before ${before.toISOString()} were exported and removed.\n`)
  } finally {
    await close()
  }
} catch (error) {
  // Drivers repeat the address of the database in their messages, with its password.
  fail(error instanceof DirectoryInUse ? error.message : `Nothing more was removed: ${error.code ?? error.name}`)
}
