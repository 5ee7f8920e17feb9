/*
 * Loaded into the console by `npm run bench:load` (`node --import`): whoever connects to the socket LOAD_GAUGE is told how its
 * event loop, memory and processor time stand. The first to ask begins the measurement.
 */
import { createServer } from 'node:net'
import { watchDelay } from './delay.mjs'

const socket = process.env.LOAD_GAUGE
let delays

function readGauge() {
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed, external } = process.memoryUsage()
  delays ??= { whole: watchDelay(), lately: watchDelay() }
  const reading = { whole: delays.whole.read(), lately: delays.lately.read() }
  delays.lately.reset()
  return { ...reading, processorMs: (user + system) / 1000, rss, heapUsed, external }
}

createServer((connection) => {
  connection.on('error', () => {})
  connection.end(JSON.stringify(readGauge()))
})
  .listen(socket)
  .unref()
