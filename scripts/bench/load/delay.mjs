import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolutionMs = 5
// A tick that comes in time is one resolution after the last.
const late = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolutionMs)

/** From now on, by how many milliseconds the event loop of this process is late. */
export function watchDelay() {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  return { read: () => ({ p99: late(delay.percentile(99)), max: late(delay.max) }), reset: () => delay.reset() }
}
