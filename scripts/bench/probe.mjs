/*
 * Loaded into the console by `npm run bench -- large` (`node --import`): says on a port of its own, PROBE_PORT, for how long the
 * event loop was held at most since the last question, and what memory is in use.
 */
import { createServer } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolutionMs = 5
const delay = monitorEventLoopDelay({ resolution: resolutionMs })
delay.enable()

createServer((_request, response) => {
  const { heapUsed, rss } = process.memoryUsage()
  const stallMs = Math.max(0, delay.max / 1e6 - resolutionMs)
  delay.reset()
  response.end(JSON.stringify({ stallMs, heapUsed, rss }))
})
  .listen(Number(process.env.PROBE_PORT), '127.0.0.1')
  .unref()
