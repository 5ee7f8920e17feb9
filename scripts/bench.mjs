import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { ensureInstalled } from './install.mjs'
import { fail, root } from './run.mjs'

/*
 * `sizes` measures only what does not swing, `large` only an account of 10,000 policies; `--write` writes docs/benchmark.md; `--views 200` opens the list page less often
 * before the memory is looked at.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean' }, views: { type: 'string' } },
})
const views = Number(values.views ?? 2_000)
const [only] = positionals
if (positionals.length > 1 || (only && !['sizes', 'large'].includes(only)))
  fail(`There is no such part: ${positionals.join(' ')}.`)
if (values.write && (only || values.views))
  fail('What is written is the whole benchmark: leave out `sizes`, `large` and `--views`.')
if (!(Number.isInteger(views) && views > 0)) fail('--views must be a number of page views.')

await ensureInstalled()
const executablePath = only === 'large' ? undefined : await ensureChromium()
await ensureBuilt()

// Interrupted, nothing that is under way is worth waiting for.
process.env.SHUTDOWN_SECONDS ||= '5'

// These need the packages that may only now be installed.
const { withBrowser } = await import('./bench/browser.mjs')
const { withConsole } = await import('./bench/console.mjs')
const { checkSizes } = await import('./bench/sizes.mjs')
const { measureAll } = await import('./bench/all.mjs')
const { judgeAll, markdown } = await import('./bench/report.mjs')

function end(misses) {
  if (misses.length) fail(`Missed:\n  ${misses.join('\n  ')}`)
  console.log('No budget is missed.')
  process.exit(0)
}

if (only === 'large') {
  const { withLargeConsole } = await import('./bench/large-console.mjs')
  const { measureLarge } = await import('./bench/large.mjs')
  const { largeBudgets } = await import('./bench/budgets.mjs')
  const { table, misses } = judgeAll(largeBudgets, await withLargeConsole(measureLarge))
  console.table(table)
  end(misses)
}

const { sizes, beside } = await withConsole((site) =>
  withBrowser(executablePath, async (browser) => ({
    sizes: await checkSizes(browser, site),
    beside: only ? undefined : await measureAll(browser, site, views),
  })),
)

console.table(sizes.table)
if (beside) console.table(beside.table)
if (values.write) {
  writeFileSync(`${root}docs/benchmark.md`, markdown({ beside: beside.table, sizes: sizes.table }))
}
console.log('Sizes are compressed transfer sizes until the page is idle.')
end([...sizes.misses, ...(beside?.misses ?? [])])
