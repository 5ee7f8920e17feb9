import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { ensureChromium } from './chromium.mjs'
import { ensureInstalled } from './install.mjs'
import { ensurePostgres } from './postgres.mjs'
import { root, runNpm } from './run.mjs'

const vitest = (name) => ({
  name,
  args: ['--', '--reporter=default', '--reporter=json', `--outputFile.json=.data/${name}.json`],
  report: `.data/${name}.json`,
  count: ({ numPassedTests, numFailedTests, numPendingTests }) => [numPassedTests, numFailedTests, numPendingTests],
})
// Written by e2e/playwright.config.ts.
const browserReport = 'e2e/report/results.json'

const steps = [
  { name: 'lockfile' },
  { name: 'types' },
  { name: 'lint', args: process.stdout.isTTY ? [] : ['--', '--colors=off'] },
  { name: 'unused' },
  { name: 'architecture' },
  vitest('unit'),
  { name: 'build' },
  { name: 'sizes' },
  vitest('commands'),
  {
    name: 'e2e',
    report: browserReport,
    // Flaky ones passed at their second try; Playwright's own lines name them.
    count: ({ stats }) => [stats.expected + stats.flaky, stats.unexpected, stats.skipped],
  },
]

/** What a step's own report says; a step without one, or that broke before writing it, counts as one. */
function counted({ report, count }, ok) {
  const alone = ok ? [1, 0, 0] : [0, 1, 0]
  if (!report) return alone
  try {
    const [passed, failed, skipped] = count(JSON.parse(readFileSync(root + report, 'utf8')))
    return [passed, ok ? failed : Math.max(failed, 1), skipped]
  } catch {
    return [0, 1, 0]
  }
}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`

await ensureInstalled()
const env = {
  CHROMIUM_PATH: await ensureChromium(),
  POSTGRES_BIN: await ensurePostgres(),
  ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }),
}
mkdirSync(`${root}.data`, { recursive: true })

const total = [0, 0, 0]
const lines = []
const begin = Date.now()
let failed = false
for (const step of steps) {
  const since = Date.now()
  if (step.report) rmSync(root + step.report, { force: true })
  console.log(`\n== ${step.name}`)
  const code = await runNpm(['run', '--silent', step.name, ...(step.args ?? [])], env)
  const counts = counted(step, code === 0)
  // A runner that found no test at all has proven nothing, whatever it says.
  failed = code !== 0 || counts[1] > 0 || counts[0] === 0
  if (failed && counts[1] === 0) counts[1] = 1
  for (const [at, count] of counts.entries()) total[at] += count
  lines.push(`${failed ? 'failed' : 'passed'}  ${step.name}  ${seconds(since)}`)
  console.log(`== ${lines.at(-1)}`)
  if (failed) break
}

const [passed, bad, skipped] = total
console.log(`\n${lines.join('\n')}`)
if (failed && lines.length < steps.length) console.log(`not run  ${steps.slice(lines.length).map(({ name }) => name)}`)
console.log(`\nAll in ${seconds(begin)}. Tests, and one for each step without tests:`)
console.log(`${passed} passed, ${bad} failed${skipped ? `, ${skipped} skipped` : ''}`)
process.exit(failed ? 1 : 0)
