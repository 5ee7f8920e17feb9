import { writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { fail, root } from './run.mjs'

/* `--people 20 --minutes 1` is a short try; `--write` writes docs/benchmark-load.md. */
const { values } = parseArgs({
  options: { people: { type: 'string' }, minutes: { type: 'string' }, write: { type: 'boolean' } },
})
const count = Number(values.people ?? 200)
const minutes = Number(values.minutes ?? 10)
if (!(Number.isInteger(count) && count > 0 && count <= 2_000)) fail('--people must be a number of people up to 2000.')
if (!(minutes > 0)) fail('--minutes must be a number of minutes.')
if (values.write && (values.people || values.minutes))
  fail('What is written is the whole measurement: leave out `--people` and `--minutes`.')

await ensureInstalled()
await ensureBuilt()

// Interrupted, nothing that is under way is worth waiting for.
process.env.SHUTDOWN_SECONDS ||= '5'

// These need the packages that may only now be installed.
const { withConsole } = await import('./bench/console.mjs')
const { loadBudgets } = await import('./bench/budgets.mjs')
const { judgeAll, loadMarkdown } = await import('./bench/report.mjs')
const { makeRecord } = await import('./bench/load/record.mjs')
const { invitePeople } = await import('./bench/load/people.mjs')
const { findVisits, live } = await import('./bench/load/visits.mjs')
const { growthOf, makeGauge, watch } = await import('./bench/load/watch.mjs')
const { watchDelay } = await import('./bench/load/delay.mjs')

const answerMs = 50
const megabytes = (bytes) => bytes / 1e6
const gauge = makeGauge()
const record = makeRecord()

async function slowDown({ sandbox }) {
  const body = JSON.stringify({ milliseconds: answerMs })
  const answer = await fetch(`http://127.0.0.1:${sandbox.control}/delay`, { method: 'PUT', body })
  if (!answer.ok) throw new Error(`The sandbox cannot be slowed down: ${answer.status}.`)
}

function tell({ rss, heapTotal, heapUsed, external, lately }) {
  const [all, heap, used, outside] = [rss, heapTotal, heapUsed, external].map((bytes) => megabytes(bytes).toFixed(0))
  const delays = [lately.p99, lately.max].map((ms) => ms.toFixed(0)).join(' to ')
  const memory = `${all} MB (heap ${heap}, ${used} of it in use, outside of it ${outside})`
  console.log(
    `${record.requests()} requests, ${record.errors()} errors, ${memory}, event loop p99 to longest ${delays} ms`,
  )
}

const { samples, own } = await withConsole(async (site) => {
  console.log(`Letting ${count} people sign in`)
  const visits = await findVisits(site)
  const people = await invitePeople(site, record, count)
  await slowDown(site)
  console.log(`Measuring ${count} people for ${minutes} minutes`)
  const over = new AbortController()
  const delay = watchDelay()
  const watched = watch(gauge.read, over.signal, tell)
  const lives = Promise.all(people.map((person) => live({ ...person, isOver: () => over.signal.aborted }, visits)))
  await Promise.race([setTimeout(minutes * 60_000), lives, watched])
  over.abort()
  const samples = await watched
  await lives
  await Promise.all(people.map(({ close }) => close()))
  return { samples, own: delay.read() }
}, gauge.options)

const [first, last] = [samples[0], samples.at(-1)]
const processorSeconds = (last.processorMs - first.processorMs) / 1000
const { table, misses } = judgeAll(loadBudgets, {
  requests: { value: record.requests() / (minutes * 60) },
  errors: { value: record.errors() },
  loopP99: { value: last.whole.p99 },
  loopMax: { value: last.whole.max },
  waited: { value: ((last.waitedMs - first.waitedMs) / (minutes * 60_000)) * 100 },
  ownP99: { value: own.p99 },
  growth: { value: growthOf(samples) },
  memory: { value: Math.max(...samples.map(({ rss }) => megabytes(rss))) },
  processor: { value: processorSeconds / (minutes * 60) },
  perRequest: { value: (processorSeconds * 1000) / record.requests() },
})
const byKind = record.table()
console.table(byKind)
console.table(table)
if (values.write) writeFileSync(`${root}docs/benchmark-load.md`, loadMarkdown({ budgets: table, requests: byKind }))
for (const example of record.examples()) console.error(example)
if (misses.length) fail(`Missed:\n  ${misses.join('\n  ')}`)
console.log('No budget is missed.')
process.exit(0)
