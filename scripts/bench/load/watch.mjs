import { mkdtempSync, rmSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { median } from '../rounds.mjs'

const everySeconds = 10

/** What `serve` has to be told so that the console can be asked how it stands, and how to ask it. */
export function makeGauge() {
  const folder = mkdtempSync(join(tmpdir(), 'swr-console-load-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'socket')
  return {
    options: { imports: ['./scripts/bench/load/gauge.mjs'], env: { LOAD_GAUGE: path } },
    read: () => json(createConnection(path)),
  }
}

/** Takes a reading now and every ten seconds until `signal` ends it; `tell` gets each one. */
export async function watch(read, signal, tell) {
  const samples = [await read()]
  while (!signal.aborted) {
    await setTimeout(everySeconds * 1000, undefined, { signal }).catch(() => {})
    samples.push(await read())
    tell(samples.at(-1))
  }
  return samples
}

/**
 * By how many percent the resident memory of the last fifth of the samples is above that of the second: the first fifth is
 * still filling caches.
 */
export function growthOf(samples) {
  const fifth = Math.max(1, Math.floor(samples.length / 5))
  const medianOf = (part) => median(part.map(({ rss }) => rss))
  return (medianOf(samples.slice(-fifth)) / medianOf(samples.slice(fifth, 2 * fifth)) - 1) * 100
}
