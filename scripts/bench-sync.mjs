import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { fail, root, runNode } from './run.mjs'

/* `--kills 20` is a short try; `--write` writes docs/benchmark-sync.md. */
const { values } = parseArgs({ options: { kills: { type: 'string' }, write: { type: 'boolean' } } })
const kills = Number(values.kills ?? 200)
if (!(Number.isInteger(kills) && kills > 0 && kills <= 2_000)) fail('--kills must be a number up to 2000.')
if (values.write && values.kills) fail('What is written is the whole measurement: leave out `--kills`.')

await ensureInstalled()
await ensureBuilt()

// Interrupted, nothing that is under way is worth waiting for.
process.env.SHUTDOWN_SECONDS ||= '5'

// These need the packages that may only now be installed.
const { syncBudgets } = await import('./bench/budgets.mjs')
const { judgeAll, syncMarkdown } = await import('./bench/report.mjs')
const { measureSync } = await import('./bench/sync.mjs')

console.log('Measuring a manual sync of 10,000 tags')
const measured = await measureSync()
console.log(`Killing a console at ${kills} moments while it sends (needs PostgreSQL)`)
process.env.SYNC_KILLS = String(kills)
const test = ['run', '--config', 'lib/vitest.config.ts', '--project=database', 'lib/insight/sync/kill.test.ts']
const code = await runNode(['node_modules/vitest/vitest.mjs', ...test])
const { table, misses } = judgeAll(syncBudgets, { ...measured, kills: { value: code === 0 ? kills : 0 } })
console.table(table)
if (values.write) writeFileSync(`${root}docs/benchmark-sync.md`, syncMarkdown({ budgets: table }))
if (misses.length) fail(`Missed:\n  ${misses.join('\n  ')}`)
console.log('No budget is missed.')
process.exit(0)
