import { ensureBuilt } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { ensureInstalled } from './install.mjs'
import { fail } from './run.mjs'

await ensureInstalled()
const executablePath = await ensureChromium()
await ensureBuilt()

// Interrupted, nothing that is under way is worth waiting for.
process.env.SHUTDOWN_SECONDS ||= '5'

// These need the packages that may only now be installed.
const { retentionBudgets } = await import('./bench/budgets.mjs')
const { judgeAll } = await import('./bench/report.mjs')
const { measureRetention } = await import('./bench/retention.mjs')

console.log('Measuring the what-if of retention over 50,000 tags')
const { table, misses } = judgeAll(retentionBudgets, await measureRetention(executablePath))
console.table(table)
if (misses.length) fail(`Missed:\n  ${misses.join('\n  ')}`)
console.log('No budget is missed.')
process.exit(0)
