/*
 * Loaded into the console by `npm run bench:load` (`node --import`): whoever connects to the socket LOAD_GAUGE is told how its
 * event loop, memory and processor time stand. The first to ask begins the measurement.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { watchDelay } from './delay.mjs'

const socket = process.env.LOAD_GAUGE
let delays

/** For how long the main thread was ready and no processor was free: what the machine does to the console. Linux tells it. */
function waitedMs() {
  if (process.platform !== 'linux') return 0
  const [, nanoseconds] = readFileSync('/proc/self/schedstat', 'utf8').split(' ').map(Number)
  return nanoseconds / 1e6
}

function readGauge() {
  const { user, system } = process.cpuUsage()
  const { rss, heapTotal, heapUsed, external } = process.memoryUsage()
  delays ??= { whole: watchDelay(), lately: watchDelay() }
  const reading = { whole: delays.whole.read(), lately: delays.lately.read() }
  delays.lately.reset()
  return { ...reading, processorMs: (user + system) / 1000, waitedMs: waitedMs(), rss, heapTotal, heapUsed, external }
}

createServer((connection) => {
  connection.on('error', () => {})
  connection.end(JSON.stringify(readGauge()))
})
  .listen(socket)
  .unref()
